"""The text of an article as it is shown: one page, whose title the template writes."""

from __future__ import annotations

from publishing.pictures import sizes_in
from publishing.rendering import Piece, Rendered, Targets, render


def render_body(body: str, language: str) -> Rendered:
    return render([Piece(body=body)], targets=Targets(pictures=sizes_in(body)), language=language)


def outline_of(rendered: Rendered) -> list[dict[str, object]]:
    """The headings for `ArticleEdition.outline`."""
    return [{"anchor": row.anchor, "title": row.title, "depth": row.depth} for row in rendered.outline]
