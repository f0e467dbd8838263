"""Mark what is in another language than the work: whole sections, displayed quotations, paragraphs.

    "Could you tell me more?" in a French work   ->  the section has language `en`
    a paragraph in English                       ->  "::: {lang=en}" … ":::"

So that screen readers pronounce it, hyphenation and search treat it as what it is.
"""

from __future__ import annotations

from manuscript.draft import Draft, Piece
from manuscript.languages import language_of
from manuscript.steps.headings import describe
from manuscript.wording import plain

LEAST_WORDS = 10


def passages(draft: Draft) -> None:
    main = _language(draft)
    draft.metadata.setdefault("language", main)
    heading: Piece | None = None
    rows: list[Piece] = []
    for piece in [*draft.pieces, None]:
        if piece is not None and piece.kind != "heading":
            if piece.kind in ("paragraph", "quote", "item") and not piece.opaque:
                rows.append(piece)
            continue
        _mark(heading, rows, main)
        heading, rows = piece, []


def _language(draft: Draft) -> str:
    known = str(draft.metadata.get("language") or "").lower()[:2]
    if known:
        return known
    long = [p.text for p in draft.pieces if p.kind in ("paragraph", "item") and len(p.text) > 80 and not p.opaque]
    step = max(1, len(long) // 40)
    sample = " ".join(text[:200] for text in long[::step])
    return language_of(sample) or "fr"


def _mark(heading: Piece | None, rows: list[Piece], main: str) -> None:
    tongues = [(_tongue(row), row) for row in rows]
    strange = [(tongue, row) for tongue, row in tongues if tongue and tongue != main]
    if not strange:
        if heading is not None and not rows:
            tongue = language_of(describe(heading).title, least=2)
            if tongue and tongue != main and len(describe(heading).title.split()) > 6:
                heading.facts["language"] = tongue
        return
    words = sum(len(row.text.split()) for _, row in tongues) or 1
    inside = sum(len(row.text.split()) for _, row in strange)
    if heading is not None and inside >= 0.8 * words and len({tongue for tongue, _ in strange}) == 1:
        heading.facts["language"] = strange[0][0]
        return
    for tongue, row in strange:
        if row.kind != "item":
            row.facts["lang"] = tongue


def _tongue(piece: Piece) -> str:
    text = plain(piece.text[:700])
    if len(text.split()) < LEAST_WORDS:
        return ""
    return language_of(text)
