"""Show quotations as quotations, with the name of whom they quote.

"*« On apprend en marchant. »*", "*Anne Petit, guide*"   ->  "> « On apprend en marchant. »", "> — Anne Petit, guide"
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.wording import plain

_WHOLE_ITALIC = re.compile(r"(\*|_)(?![*_\s])((?:(?!\1)[^\n]|\n){2,6000}?)\1((?:\[\^[^\]\s]{1,60}\])*)$")
_QUOTED = re.compile(r"[«“\"‘].{8,}[»”\"’][.!?]?(?:\[\^[^\]\s]{1,60}\])*$", re.DOTALL)
_NAME = re.compile(
    r"(?:[—–-]\s*)?[A-ZÀ-Ý][\w’'.-]+(?:\s+(?:d[eu’']|van|von|le|la|El)?\s?[A-ZÀ-Ý][\w’'.-]*){1,3}(?:\s*[,(–—-]\s*\S.*)?$",
    re.DOTALL,
)


def quotes(draft: Draft) -> None:
    """Make `quote` pieces of displayed quotations; the line that names the speaker closes them."""
    pieces = draft.pieces
    kept: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        kept.append(piece)
        index += 1
        if piece.opaque:
            continue
        if piece.kind == "quote":
            _tail(piece)
            continue
        if piece.kind != "paragraph":
            continue
        text = piece.text.strip()
        italic = _WHOLE_ITALIC.match(text)
        inner = italic[2] + italic[3] if italic else ""
        if not italic or not _QUOTED.match(inner.strip()) or "*" in italic[2]:
            continue
        piece.kind = "quote"
        piece.text = inner.strip()
        following = pieces[index] if index < len(pieces) else None
        if following is not None and _names(following):
            who = plain(following.text).lstrip("—–- ")
            piece.text += f"\n\n— {who}"
            piece.parts = piece.parts + following.parts
            index += 1
    draft.keep_if(kept)


def _names(piece: Piece) -> bool:
    text = plain(piece.text)
    return (
        piece.kind == "paragraph"
        and len(text) <= 140
        and not text.endswith((".", ":", ";", "?", "!"))
        and _NAME.match(text) is not None
    )


def _tail(piece: Piece) -> None:
    """« — Name » behind a quotation is its attribution; a dash inside the last line too."""
    rows = piece.text.rstrip().split("\n")
    last = rows[-1].strip()
    own = re.match(r"(?:[—–]|-{1,2})\s*(?=[A-ZÀ-Ý])(.{2,140})$", last)
    if own and len(rows) > 1:
        rows[-1] = f"— {own[1]}"
        if rows[-2].strip():
            rows.insert(-1, "")
        piece.text = "\n".join(rows)
        return
    inside = re.match(r"(.*[»”\"])\s*(?:[—–]|-)\s*([A-ZÀ-Ý].{1,120})$", piece.text, re.DOTALL)
    if inside and "\n\n" not in piece.text:
        piece.text = f"{inside[1]}\n\n— {inside[2].strip()}"
