"""Tie every call of a note to its note."""

from __future__ import annotations

import re

from manuscript.draft import Draft
from manuscript.model import Footnote

_SUP_NOTE = re.compile(r"<sup>\s*(\d{1,4})\s*</sup>\s*")
_CALL = re.compile(r"\[\^([^\]\s]{1,60})\]")


def notes(draft: Draft) -> None:
    known: dict[str, tuple[int, str]] = {}
    for piece in draft.pieces:
        if piece.kind == "paragraph" and not piece.opaque and (match := _SUP_NOTE.match(piece.text)):
            piece.kind, piece.marker = "note", match[1]
            piece.text = piece.text[match.end() :].replace("\n", " ")
        if piece.kind == "note" and piece.marker not in known:
            known[piece.marker] = (piece.line, piece.text)
    calls: dict[str, int] = {}
    for piece in draft.pieces:
        if piece.kind == "note" or piece.opaque:
            continue
        if "<sup>" in piece.text:
            piece.text = _SUP_NOTE.sub(lambda m: f"[^{m[1]}]" if m[1] in known else m[1], piece.text)
        for row_line, row in zip((p[0] for p in piece.parts), piece.text.split("\n"), strict=False):
            for key in _CALL.findall(row):
                calls.setdefault(key, row_line)
    for key, (line, text) in known.items():
        number = int(key) if key.isdigit() else key
        draft.footnotes.append(Footnote(key, number, calls.get(key), line, text))
