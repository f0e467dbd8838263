"""The order of sections: which of them moved, and where a new one belongs."""

from __future__ import annotations

from imports.merging.model import Part
from manuscript.matching import increasing_pairs


def moved(pairs: list[tuple[int, int]]) -> set[int]:
    """First numbers of the pairs that do not belong to the longest chain in which both grow."""
    stayed = increasing_pairs(pairs, [1] * len(pairs))
    return {one for one, _ in pairs} - {one for one, _ in stayed}


def placed(parts: list[tuple[Part, int | None]], part: Part, new: int) -> None:
    """Put a section of the source behind the one that it follows there.

    What the editors added in between stays with what it belongs to: it goes before.
    """
    before = [other for _, other in parts if other is not None and other < new]
    at = -1
    if before:
        nearest = max(before)
        at = next(position for position, (_, other) in enumerate(parts) if other == nearest)
    depth = int(part.facts.get("depth") or 1)
    at += 1
    while at < len(parts) and at and parts[at][1] is None and int(parts[at][0].facts.get("depth") or 1) >= depth:
        at += 1
    parts.insert(at, (part, new))
