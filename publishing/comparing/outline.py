"""Two outlines of a work: which sections came, went, were retitled, set on another level, or moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from publishing.comparing.passages import rising

Item = dict[str, Any]
"""A heading as editions keep it: `anchor`, `title`, `number` and `depth`."""


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    name: str
    depth: int
    parent: str
    """Anchor of the heading above it; empty at the top."""


@dataclass(slots=True)
class OutlineChange:
    """One heading, and what became of it. What stands under it and shares its fate is only counted."""

    old: Heading | None
    new: Heading | None
    retitled: bool = False
    levels: tuple[int, int] | None = None
    """Depth before and after."""
    under: tuple[str, str] | None = None
    """Names of the headings above it, before and after, where it went under another."""
    reordered: bool = False
    with_it: int = 0


@dataclass(slots=True)
class Tree:
    """Headings by anchor, in reading order."""

    headings: dict[str, Heading] = field(default_factory=dict)

    def name(self, anchor: str) -> str:
        return self.headings[anchor].name if anchor in self.headings else ""

    def path(self, anchor: str) -> tuple[str, ...]:
        """Names from the top down to this heading."""
        names: list[str] = []
        while anchor in self.headings:
            names.append(self.headings[anchor].name)
            anchor = self.headings[anchor].parent
        return tuple(reversed(names))


def tree_of(outline: Sequence[Item]) -> Tree:
    tree = Tree()
    above: list[Heading] = []
    for item in outline:
        depth = int(item["depth"])
        while above and above[-1].depth >= depth:
            above.pop()
        name = f"{item.get('number', '')} {item['title']}".strip()
        heading = Heading(str(item["anchor"]), name, depth, above[-1].anchor if above else "")
        above.append(heading)
        tree.headings[heading.anchor] = heading
    return tree


def compare_outlines(old: Tree, new: Tree, twins: Mapping[str, str]) -> list[OutlineChange]:
    """`twins` says which section before is which after, as `section_twins` does; in the order of the new outline."""
    back = {twins.get(anchor, anchor): anchor for anchor in old.headings if twins.get(anchor, anchor) in new.headings}
    reordered = _reordered(old, new, back)
    changes: list[OutlineChange] = []
    came: dict[str, OutlineChange] = {}
    for anchor, heading in new.headings.items():
        if anchor not in back:
            _whole(came, changes, OutlineChange(None, heading), heading)
            continue
        change = _change(old.headings[back[anchor]], heading, old, new, back)
        change.reordered = anchor in reordered
        if change.retitled or change.levels or change.under or change.reordered:
            changes.append(change)
    kept = set(back.values())
    went: dict[str, OutlineChange] = {}
    for anchor, heading in old.headings.items():
        if anchor not in kept:
            _whole(went, changes, OutlineChange(heading, None), heading)
    return changes


def _whole(known: dict[str, OutlineChange], changes: list[OutlineChange], change: OutlineChange, it: Heading) -> None:
    """Note a heading that came or went; under another one that did so too, it is only counted."""
    above = known.get(it.parent)
    if above is None:
        changes.append(change)
    else:
        above.with_it += 1
    known[it.anchor] = above or change


def _change(before: Heading, heading: Heading, old: Tree, new: Tree, back: Mapping[str, str]) -> OutlineChange:
    change = OutlineChange(before, heading, retitled=before.name != heading.name)
    above = back.get(heading.parent, "")
    if before.parent != above or bool(heading.parent) != bool(before.parent):
        change.under = (old.name(before.parent), new.name(heading.parent))
    shift = heading.depth - before.depth
    # What stands under a heading goes with it.
    if above and not change.under:
        shift -= new.headings[heading.parent].depth - old.headings[above].depth
    if shift:
        change.levels = (before.depth, heading.depth)
    return change


def _reordered(old: Tree, new: Tree, back: Mapping[str, str]) -> set[str]:
    """Headings that changed places among those under the same heading."""
    order = {anchor: position for position, anchor in enumerate(old.headings)}
    groups: dict[str, list[str]] = defaultdict(list)
    for anchor, heading in new.headings.items():
        if anchor in back and old.headings[back[anchor]].parent == back.get(heading.parent, ""):
            groups[heading.parent].append(anchor)
    moved: set[str] = set()
    for anchors in groups.values():
        kept = rising([order[back[anchor]] for anchor in anchors])
        moved.update(anchor for position, anchor in enumerate(anchors) if position not in kept)
    return moved
