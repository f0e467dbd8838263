"""Bibliographies without list marks: how their lines are laid out, and which of them begin an entry.

The mess: one paragraph an entry, or one line an entry, or lines cut at a width with or without a hanging indentation; a
page break in the middle of any of them.

    before: Roux, A. (2020). Un titre assez long pour     after: the second line goes on with the first,
            passer à la ligne. Paris : Le Phare.                 the third begins an entry
        Petit, B. (2021). Un autre titre. Brest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from manuscript.references import names
from manuscript.references.vocabulary import is_institution

NARROWEST, WIDEST = 55, 160
"""Characters: shorter and longer lines were not cut at the width of a page."""
_COMPLETE = re.compile(r"(?:[.!?»”\"’')\]>]|https?://\S+|\d)\s*$")
_CLOSED = re.compile(r"(?:[.!?»”\"’')\]>]|https?://\S+)\s*$")
_OPEN = re.compile(
    r"(?:[,;:(&–—-]|\b(?:et|and|in|dans|de|du|des|of|the|la|le|les|par|by|pour|for|à|p|pp|vol|n°|no)\.?)\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?!d[eu’'] ?[A-ZÀ-Þ]|v[ao]n )[a-zà-ÿß(]|[,;:.)\]»]|\d{1,4}(?!\d{0,4}\s?[:.]\s)\b(?!\s[a-z])")
_YEAR = re.compile(r"\b(?:1[4-9]\d\d|20\d\d)[a-z]?\b|\bs\.\s?d\b|\bno date\b|\bn\.\s?d\b", re.IGNORECASE)
_TITLE_FIRST = re.compile(r"^(?:[-–—_]{2,}|[—–][,.]|[«“\"'‘])")


class Layout(Enum):
    """How the entries of an unmarked list are told apart."""

    LINE = "each line is an entry"
    PARAGRAPH = "each paragraph is an entry"
    HANGING = "each line without indentation begins an entry"
    WRAPPED = "lines are cut at a width and nothing marks an entry"


def layout_of(lines: Sequence[tuple[str, bool]]) -> Layout:
    """The layout of a list: each line with whether it stands after a blank or a break."""
    if not lines:
        return Layout.LINE
    indented = sum(text[:1] in " \t" for text, _ in lines)
    if 0.15 * len(lines) <= indented <= 0.9 * len(lines):
        return Layout.HANGING
    inner = [len(text) for (text, _), (_, after) in pairwise(lines) if not after]
    if not inner:
        return Layout.PARAGRAPH
    seconds = [text.strip() for (_, _), (text, after) in pairwise(lines[:300]) if not after]
    if sum(starts_with_people(text) for text in seconds) >= 0.8 * len(seconds):
        return Layout.LINE
    width = sorted(len(text) for text, _ in lines)[min(len(lines) - 1, int(0.95 * len(lines)))]
    full = sum(length >= 0.75 * width for length in inner)
    if not NARROWEST <= width <= WIDEST or full < 0.55 * len(inner):
        return Layout.LINE
    runs = sum(after for _, after in lines)
    return Layout.PARAGRAPH if runs >= 3 and len(lines) <= 6 * runs else Layout.WRAPPED


def begins_entry(line: str, previous: str, layout: Layout, after_blank: bool, after_break: bool) -> bool:
    """Whether a line of an unmarked list begins an entry; ``previous`` is the line before it."""
    text = line.strip()
    goes_on = _GOES_ON.match(text) is not None or (_OPEN.search(previous) is not None and not starts_with_people(text))
    if after_break:
        # The break may stand inside an entry: what is complete above it, or a name below it, says that it does not.
        return not goes_on and (_COMPLETE.search(previous) is not None or starts_with_people(text))
    if layout is Layout.HANGING:
        return line[:1] not in " \t"
    if layout is Layout.PARAGRAPH:
        return after_blank and not goes_on
    if layout is Layout.LINE:
        return not goes_on
    # A line cut short of the width ends its entry; else only a full stop before a name says so.
    short = len(previous) < NARROWEST and _CLOSED.search(previous) is not None
    return not goes_on and (short or (_COMPLETE.search(previous) is not None and starts_with_people(text)))


def starts_with_people(text: str) -> bool:
    """Whether names, an institution with its year, or a title in quotation marks stand at the head of a text."""
    found = names.read_names(text[:300])
    if found.people and found.sure:
        return True
    if _TITLE_FIRST.match(text):
        return True
    head = re.split(r"[(.,]", text[:120])[0]
    return is_institution(head) and bool(_YEAR.search(text[:200]))
