"""What a line says of itself as a heading: its number, its title, whether it is bold from end to end."""

from __future__ import annotations

import re

from manuscript.draft import Piece
from manuscript.numbering import Numbered, split_number
from manuscript.steps.contents import glue
from manuscript.wording import plain

BOLD_LINE = re.compile(r"(?:\*\*[^*\n]{1,700}?\*\*(?:[ \t]*|[ \t]+[—–:-][ \t]+)|\*\*\*[^*\n]{1,700}?\*\*\*[ \t]*)+$")
_CALLS = re.compile(r"\[\^[^\]\s]{1,60}\]|<sup>[^<]{0,20}</sup>")


def describe(piece: Piece) -> Numbered:
    """Number and title of a heading or of a line that may be one."""
    known: Numbered | None = piece.facts.get("numbered")
    if known is None:
        text = f"{piece.marker} {piece.text}" if piece.kind == "item" and piece.marker[:1].isalnum() else piece.text
        known = split_number(plain(glue(_CALLS.sub("", text))))
        piece.facts["numbered"] = known
    return known
