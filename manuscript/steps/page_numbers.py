"""Set aside the few page numbers and running heads that a converter let through, once the contents say where pages are.

    contents: 1.1 on page 18, 1.2 on page 19; text of 1.1: "…une phrase", "18", "Le titre du livre", "qui continue"
    ->  "18" and « Le titre du livre » set aside

A line of digits alone is a page number where the printed contents put such a page there; a line that says the title of
the work beside it is its running head.
"""

from __future__ import annotations

from manuscript.draft import Draft, Piece
from manuscript.steps.furniture import page_value
from manuscript.wording import fold, plain


def page_numbers(draft: Draft) -> None:
    pieces = draft.pieces
    first, last = _ranges(pieces)
    title = fold(str(draft.metadata.get("title") or ""))
    gone: dict[int, str] = {}
    for index, piece in enumerate(pieces):
        text = piece.text.strip() if piece.kind == "paragraph" and len(piece.text) <= 6 else ""
        if text.isdigit() and first[index] and first[index] <= int(text) <= last[index]:
            gone[index] = "page-number"
            for other in (index - 1, index + 1):
                near = pieces[other] if 0 <= other < len(pieces) else None
                if near is not None and near.kind == "paragraph" and title and fold(plain(near.text)) == title:
                    gone[other] = "running-head"
    if not gone:
        return
    for index in sorted(gone):
        piece = pieces[index]
        reason = gone[index]
        draft.discard(piece, reason)
        if index + 1 < len(pieces):
            pieces[index + 1].facts["break"] = True
    draft.find(
        "page-numbers-set-aside",
        pieces[min(gone)].line,
        f"{len(gone)} numéros de page et titres courants, que la table des matières situe, ont été mis de côté.",
    )
    draft.keep_if(piece for index, piece in enumerate(pieces) if index not in gone)


def _ranges(pieces: list[Piece]) -> tuple[list[int], list[int]]:
    """For each piece, the printed pages on which its section begins and the next one begins; 0 where nobody says."""
    first: list[int] = []
    here = 0
    for piece in pieces:
        if piece.kind == "heading" and piece.page and piece.page.isdigit():
            here = page_value(piece.page)
        first.append(here)
    last = [0] * len(pieces)
    after = 0
    for index in range(len(pieces) - 1, -1, -1):
        last[index] = after
        piece = pieces[index]
        if piece.kind == "heading" and piece.page and piece.page.isdigit():
            after = page_value(piece.page)
    return first, last
