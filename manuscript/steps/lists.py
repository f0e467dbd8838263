"""Mend lists: bullets of every shape, numbers behind bullets, items split by page breaks, nesting by indentation.

"- 1. Un début**", "- 2. Une suite"   ->  "1. Un début", "2. Une suite"
"— un ;", "— deux."                   ->  "- un ;", "- deux."
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece

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
