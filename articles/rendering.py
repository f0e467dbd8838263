"""The text of an article as it is shown: one page, whose title the template writes."""

from __future__ import annotations

from publishing.pictures import sizes_in
from publishing.rendering import Piece, Rendered, Targets, render
from publishing.renditions import sources_of


def render_body(body: str, language: str) -> Rendered:
    pictures = sizes_in(body)
    targets = Targets(pictures=pictures, sources=sources_of(pictures))
    return render([Piece(body=body)], targets=targets, language=language)


def outline_of(rendered: Rendered) -> list[dict[str, object]]:
    """The headings for `ArticleEdition.outline`."""
    return [{"anchor": row.anchor, "title": row.title, "depth": row.depth} for row in rendered.outline]
