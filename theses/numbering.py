"""The numbers that an outline proposes: parts in Roman numerals, chapters through the whole work, sections under them.

What stands apart from the argument has no number: front matter, introduction, conclusion, bibliography, annexes,
interviews, and all that stands under them.
"""

from __future__ import annotations

from collections.abc import Sequence

from theses.models import Section
from theses.plan import Row

COUNTED = {Section.Kind.PART, Section.Kind.CHAPTER, Section.Kind.SECTION}
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def proposed_numbers(rows: Sequence[Row]) -> list[tuple[Row, str]]:
    """Each row with its number, empty where it has none."""
    found: list[tuple[Row, str]] = []
    parts = tops = 0
    open_rows: list[tuple[int, str, bool, list[int]]] = []
    """Of each row above: depth, number, whether it is a part, and how many under it are counted."""
    for row in rows:
        while open_rows and open_rows[-1][0] >= row.depth:
            open_rows.pop()
        above = open_rows[-1] if open_rows else None
        number = ""
        if row.kind == Section.Kind.PART and above is None:
            parts += 1
            number = f"Partie {roman(parts)}"
        elif row.kind in COUNTED and (above is None or above[2]):
            # Chapters count on through the parts.
            tops += 1
            number = str(tops)
        elif row.kind in COUNTED and above is not None and above[1]:
            above[3][0] += 1
            number = f"{above[1]}.{above[3][0]}"
        found.append((row, number[:50]))
        open_rows.append((row.depth, number, row.kind == Section.Kind.PART and bool(number), [0]))
    return found
