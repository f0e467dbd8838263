"""Decisions about lines of a source, carried to a corrected one in which those lines have another wording."""

from __future__ import annotations

from collections.abc import Sequence

from imports.merging.passages import align
from manuscript.corrections import Correction, anchored, correction


def followed(corrections: Sequence[Correction], before: Sequence[str], now: Sequence[str]) -> tuple[Correction, ...]:
    """The corrections for the lines of `now`: by wording where it is there still, else by the line's place among
    its neighbours. What is in neither stays as it is, so that the reading says that it is lost."""
    kept, lost = anchored(corrections, now)
    if not lost:
        return kept
    olds = [number for number, line in enumerate(before, start=1) if line.strip()]
    news = [number for number, line in enumerate(now, start=1) if line.strip()]
    pairs = align([before[number - 1] for number in olds], [now[number - 1] for number in news])
    places = {olds[old]: news[new] for old, new in pairs.items()}
    here, _gone = anchored(lost, before)
    out = list(kept)
    found = set()
    for row in here:
        line = places.get(row.line)
        fresh = correction(now, line, row.ruling, depth=row.depth, kind=row.kind) if line else None
        if fresh is not None:
            out.append(fresh)
            found.add((row.text, row.ruling))
    return (*out, *(row for row in lost if (row.text, row.ruling) not in found))
