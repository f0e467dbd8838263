"""Mend lists: bullets of every shape, numbers behind bullets, items split by page breaks, nesting by indentation.

"- 1. Un début**", "- 2. Une suite"   ->  "1. Un début", "2. Une suite"
"— un ;", "— deux."                   ->  "- un ;", "- deux."
"""

from __future__ import annotations

import re
from itertools import pairwise

from manuscript.draft import Draft, Piece
from manuscript.steps.described import BOLD_LINE

MOST = 4
"""Paragraphs that may explain one item."""

_INNER_NUMBER = re.compile(r"((?:\*\*)?)\s*(\d{1,3})[.)]\s+(?=\S)")
_DASH = re.compile(r"(\[?)[—–‒]\s+(?=\S)")
_LONE_DASH = re.compile(r"[—–-]$")


def lists(draft: Draft) -> None:
    """Set the indentation and the marker of each item."""
    _dashes(draft)
    run: list[Piece] = []
    for piece in draft.pieces:
        if piece.kind == "item":
            _inner_number(piece)
            _balance(piece)
            run.append(piece)
        elif piece.kind not in ("note",):
            _nest(run)
            run = []
    _nest(run)
    _explained(draft)


def _explained(draft: Draft) -> None:
    """« - **Un** », text, « - **Deux** », text: items that a paragraph explains are one list.

    Only items that stand alone and that are bold from end to end, or numbered one after the other, are joined so; the
    last item takes one paragraph where each of the others had one.
    """
    pieces = [piece for piece in draft.pieces if piece.kind != "note"]
    index = 0
    while index < len(pieces):
        chain = _chain(pieces, index)
        if len(chain) < 2:
            index += 1
            continue
        for at, after in pairwise(chain):
            for piece in pieces[at + 1 : after]:
                piece.facts["within"] = len(pieces[at].marker) + 1
        last = chain[-1]
        below = pieces[last + 1] if last + 1 < len(pieces) else None
        if below is not None and below.kind == "paragraph" and all(b - a == 2 for a, b in pairwise(chain)):
            below.facts["within"] = len(pieces[last].marker) + 1
        index = last + 1


def _chain(pieces: list[Piece], start: int) -> list[int]:
    """Places of the items of such a list, from its first one."""
    if not _lead(pieces, start):
        return []
    chain = [start]
    at = start + 1
    while at < len(pieces):
        stop = at
        while stop < len(pieces) and stop - at < MOST and pieces[stop].kind in ("paragraph", "caption", "quote"):
            stop += 1
        if (
            stop == at
            or stop >= len(pieces)
            or not _lead(pieces, stop)
            or not _same_list(pieces[chain[-1]], pieces[stop])
        ):
            break
        chain.append(stop)
        at = stop + 1
    return chain


def _lead(pieces: list[Piece], at: int) -> bool:
    piece = pieces[at]
    if piece.kind != "item" or piece.facts.get("indent") or len(piece.text) > 300:
        return False
    alone = (at == 0 or pieces[at - 1].kind != "item") and (at + 1 >= len(pieces) or pieces[at + 1].kind != "item")
    return alone and (piece.marker[:1].isdigit() or BOLD_LINE.match(piece.text) is not None)


def _same_list(first: Piece, second: Piece) -> bool:
    if first.marker[:1].isdigit() and second.marker[:1].isdigit():
        return int(second.marker[:-1]) == int(first.marker[:-1]) + 1
    return first.marker == second.marker == "-"


def _dashes(draft: Draft) -> None:
    """Two paragraphs or more that open with a dash are a list; one alone may be a line of dialogue or a signature."""
    pieces = draft.pieces
    for index, piece in enumerate(pieces):
        if piece.kind != "paragraph" or piece.opaque:
            continue
        match = _DASH.match(piece.text)
        if not match:
            continue
        near = [p for p in pieces[max(0, index - 1) : index] + pieces[index + 1 : index + 2] if p is not piece]
        alike = any(
            p.facts.get("dash") or (p.kind == "paragraph" and _DASH.match(p.text)) or p.kind == "item" for p in near
        )
        if alike or (index and pieces[index - 1].text.rstrip().endswith(":")):
            piece.facts["dash"] = True
            piece.text = match[1] + piece.text[match.end() :]
            piece.kind, piece.marker, piece.level = "item", "-", 0


def _inner_number(piece: Piece) -> None:
    if piece.marker[:1].isalnum() or piece.marker.startswith("("):
        return
    match = _INNER_NUMBER.match(piece.text)
    if match:
        piece.marker = f"{match[2]}."
        piece.text = match[1] + piece.text[match.end() :]


def _balance(piece: Piece) -> None:
    """Strong marks that open or close nothing."""
    if piece.text.count("**") % 2:
        if piece.text.endswith("**"):
            piece.text = piece.text[:-2]
        elif piece.text.startswith("**"):
            piece.text = piece.text[2:]


def _nest(run: list[Piece]) -> None:
    """Depth of each item of one list, as indentation that CommonMark understands."""
    stack: list[tuple[int, int, int]] = []
    for piece in run:
        level = piece.level
        while stack and level <= stack[-1][0] and not (level > stack[-1][0]):
            stack.pop()
        # One space more or less is the converter's, not the author's.
        if stack and level - stack[-1][0] < 2:
            base = stack.pop()
            level = base[0]
        indent = stack[-1][1] + stack[-1][2] if stack else 0
        marker = piece.marker
        if re.fullmatch(r"\(?\d{1,3}[.)]", marker):
            piece.marker = re.sub(r"\D", "", marker) + "."
        elif re.fullmatch(r"\(?[a-zA-Z][.)]", marker):
            piece.text = f"{marker} {piece.text}"
            piece.marker = "-"
        else:
            piece.marker = "-"
        piece.facts["indent"] = indent
        stack.append((level, indent, len(piece.marker) + 1))
