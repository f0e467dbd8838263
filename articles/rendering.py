"""The text of an article as it is shown: one page, whose title the template writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publishing.kept_anchors import kept_anchors
from publishing.pictures import sizes_in
from publishing.rendering import Piece, Rendered, Targets, render
from publishing.renditions import sources_of
from publishing.same_passages import Earlier

PAGE = ""
"""The one page of an article, where anchors are asked for by page."""


def render_body(body: str, language: str, earlier: Sequence[Earlier] = ()) -> Rendered:
    """`earlier` are the paragraphs of the edition before, whose anchors stay."""
    rendered = _render(body, language, {})
    if not earlier:
        return rendered
    changes = kept_anchors({PAGE: rendered.passages}, list(earlier)).get(PAGE)
    return _render(body, language, changes) if changes else rendered


def _render(body: str, language: str, anchors: Mapping[str, str]) -> Rendered:
    pictures = sizes_in(body)
    targets = Targets(pictures=pictures, sources=sources_of(pictures), anchors=anchors)
    return render([Piece(body=body)], targets=targets, language=language)


def outline_of(rendered: Rendered) -> list[dict[str, object]]:
    """The headings for `ArticleEdition.outline`."""
    return [{"anchor": row.anchor, "title": row.title, "depth": row.depth} for row in rendered.outline]
