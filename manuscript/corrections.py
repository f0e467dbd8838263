"""What somebody who looked at a reading decided about lines of its source.

A correction names its line by number and by wording. A source that was corrected since, or a newer reader, finds the
line again by its wording; where it cannot be found, the reading says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from manuscript.model import SectionKind

LONGEST = 300
"""Characters by which a line is known again."""
DEEPEST = 6
"""Levels that a heading may be given."""


class Ruling(StrEnum):
    HEADING = "heading"
    """The line is a heading; with a depth and a kind where those were decided."""
    TEXT = "text"
    """The line is neither heading nor caption."""
    CAPTION = "caption"
    JOIN = "join"
    """The paragraph that holds the line goes on in the next one."""
    SEPARATE = "separate"
    """A paragraph begins at the line."""


@dataclass(frozen=True, slots=True)
class Correction:
    line: int
    """1-based."""
    text: str
    """The line as `wording_of` gives it."""
    ruling: Ruling
    depth: int | None = None
    kind: SectionKind | None = None
    nth: int = 1
    """Which of the lines of this wording it was."""

    @property
    def slot(self) -> tuple[int, str]:
        """Two corrections of one slot contradict each other: the later one holds."""
        about = self.ruling.value if self.ruling in (Ruling.JOIN, Ruling.SEPARATE) else "nature"
        return self.line, about


def wording_of(line: str) -> str:
    return " ".join(line.split())[:LONGEST]


def correction(lines: Sequence[str], line: int, ruling: Ruling, **more: object) -> Correction | None:
    """A correction of that line of the source, or None where there is no word on it."""
    if not 1 <= line <= len(lines) or not (text := wording_of(lines[line - 1])):
        return None
    nth = sum(wording_of(other) == text for other in lines[:line])
    return Correction(line, text, ruling, nth=nth, **more)  # type: ignore[arg-type]


def settled(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """One correction a slot, the later one, in the order of the lines. What it says twice it says once."""
    rows: dict[tuple[int, str], Correction] = {}
    for row in corrections:
        before = rows.get(row.slot)
        if before is not None and before.ruling is row.ruling is Ruling.HEADING:
            row = replace(row, depth=row.depth or before.depth, kind=row.kind or before.kind)
        rows[row.slot] = row
    return tuple(sorted(rows.values(), key=lambda row: (row.line, row.ruling)))


def anchored(
    corrections: Iterable[Correction], lines: Sequence[str]
) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
    """The corrections at their lines of this source, and those whose line it does not have."""
    rows = settled(corrections)
    if not rows:
        return (), ()
    wanted = {row.text for row in rows}
    places: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines, start=1):
        if line and (text := wording_of(line)) in wanted:
            places[text].append(number)
    found, lost = [], []
    for row in rows:
        here = places.get(row.text)
        if not here:
            lost.append(row)
        elif row.line in here:
            found.append(replace(row, nth=here.index(row.line) + 1))
        else:
            nth = min(max(row.nth, 1), len(here))
            found.append(replace(row, line=here[nth - 1], nth=nth))
    return settled(found), tuple(lost)
