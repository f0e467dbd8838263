"""Find the headings of a text that has no marks at all.

    "…fin du paragraphe.\\nOù va l'argent ?\\n\\nParmi ces dépenses…"   ->  « Où va l'argent ? » is a heading

A short line that stands alone between paragraphs, begins with a capital and does not end like a sentence is a
heading. A
text with Markdown headings has no need of this.
"""

from __future__ import annotations

import re
from collections import Counter

from manuscript.draft import Draft, Piece
from manuscript.kinds import kind_of
from manuscript.languages import HANGING
from manuscript.steps.captions import CREDIT_LINE
from manuscript.steps.headings import BOLD_LINE, describe, make_heading
from manuscript.wording import plain

LONGEST = 110
LONGEST_QUESTION = 320
PROSE = 150
"""Characters from which a paragraph is prose for sure."""
REPEATS = 3
"""A line that comes back so often introduces something; it is no heading."""
LONG_LINE = 200
"""A line so long was not broken by an editor: each line is a paragraph."""

_START = re.compile(r"[A-ZÀ-ÝŒÆ0-9«“\"‘]")
_LEAD_IN = re.compile(
    r"\b(?:suit|suivante?s?|voici|ci-dessous|ci-apr[èe]s|sont|est|ont|peuvent|peut|permet|permettent|faut|"
    r"faudra|avons|follow\w*|are|is)\b|\b[àa] :$",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"https?://|www\.|@\w|\+?\d[\d .]{8,}\d$")


def standing_lines(draft: Draft) -> None:
    """Split lines that are paragraphs, then make headings of those that stand alone."""
    if draft.marked or draft.house:
        return
    _split(draft)
    pieces = draft.pieces
    found: list[Piece] = []
    repeated = Counter(piece.text for piece in pieces if piece.kind == "paragraph" and len(piece.text) <= LONGEST)
    for index, piece in enumerate(pieces):
        if piece.kind == "item" and not _alone(pieces, index):
            continue
        if piece.kind not in ("paragraph", "item") or not _stands(piece):
            continue
        named = kind_of(describe(piece).title) is not None
        if repeated[piece.text] < REPEATS and _before_text(pieces, index) and (named or _behind_text(pieces, index)):
            found.append(piece)
    if not found:
        return
    for piece in found:
        if BOLD_LINE.match(piece.text):
            piece.text = piece.text.strip().strip("*")
        make_heading(piece, "Une ligne courte, seule entre des paragraphes.")
        draft.find(
            "heading-found",
            piece.line,
            f"« {plain(piece.text)[:80]} » est un titre : une ligne courte entre des paragraphes.",
        )


def _split(draft: Draft) -> None:
    kept: list[Piece] = []
    for piece in draft.pieces:
        rows = piece.lines
        if (
            piece.kind != "paragraph"
            or len(rows) < 2
            or len(rows) != len(piece.parts)
            or max(map(len, rows)) < LONG_LINE
        ):
            kept.append(piece)
            continue
        for number, (row, part) in enumerate(zip(rows, piece.parts, strict=True)):
            text = row.rstrip("\\ ")
            kept.append(Piece("paragraph", text, [part], lines=[text], gap=piece.gap if not number else 0))
    draft.keep_if(kept)


def _stands(piece: Piece) -> bool:
    if piece.opaque or "\n" in piece.text or piece.facts.get("entry") is not None:
        return False
    text = plain(piece.text)
    if not text or not _START.match(text) or _CONTACT.search(text) or CREDIT_LINE.match(text):
        return False
    if re.search(r"[.!?…»”][ \xa0]?\d{1,3}$", text):
        # A sentence with its note call is a sentence.
        return False
    if text.endswith("?"):
        return len(text) <= LONGEST_QUESTION
    if len(text) > LONGEST or len(text.split()) > 16 or not re.search(r"[^\W\d_]{2}", text):
        return False
    if text.split()[-1].lower() in HANGING:
        return False
    if piece.text.startswith(("*«", "«", "“", '"')) and text.endswith(("»", "”", '"')):
        return False
    if text.endswith(":"):
        return len(text) <= 60 and not _LEAD_IN.search(text)
    return not text.endswith((".", ",", ";", "…"))


def _alone(pieces: list[Piece], index: int) -> bool:
    """« 1. Un titre » between paragraphs, with no other item beside it, is no list."""
    piece = pieces[index]
    near = pieces[max(0, index - 1) : index] + pieces[index + 1 : index + 2]
    return (
        piece.marker[:1].isdigit()
        and piece.gap > 0
        and not piece.level
        and all(p.kind != "item" or (p.marker[:1] in "-*•" and p.gap > 0) for p in near)
    )


def _prose(piece: Piece) -> bool:
    return piece.kind in ("item", "table", "quote", "code") or (
        piece.kind == "paragraph" and (len(piece.text) >= PROSE or piece.text.rstrip().endswith((".", ":", "»", "…")))
    )


def _before_text(pieces: list[Piece], index: int) -> bool:
    """Text follows, at once or below further headings or a picture."""
    seen = False
    for piece in pieces[index + 1 : index + 6]:
        if piece.kind == "heading":
            return True
        if piece.kind in ("caption", "image"):
            seen = True
            continue
        if piece.kind in ("note", "rule") or piece.text.startswith(("<sup>", "[^")):
            continue
        if piece.kind == "paragraph" and piece.text[:1].islower():
            # The line was cut by a page break and goes on here.
            return False
        if _prose(piece):
            return True
        if not (piece.kind == "paragraph" and _stands(piece)):
            return False
    return seen


def _behind_text(pieces: list[Piece], index: int) -> bool:
    """What stands above is a whole paragraph, another heading, or nothing."""
    for piece in reversed(pieces[max(0, index - 4) : index]):
        if piece.kind in ("note", "rule", "caption", "image"):
            continue
        if piece.kind == "heading" or describe(piece).label in ("part", "chapter"):
            return True
        if piece.kind == "paragraph" and _stands(piece):
            return True
        return (
            piece.kind != "paragraph"
            or len(piece.text) >= PROSE
            or piece.text.rstrip().endswith((".", "»", "!", "?", "…", ":"))
        )
    return True
