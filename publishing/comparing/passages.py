"""Two states of a text, passage by passage: what stayed, changed, moved, came and went.

Passages are tied by `publishing.same_passages`, as the anchors of successive editions are: those of one text first,
then those of one anchor, then the similar. Linear in the texts, save for sorting.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from publishing.rendering import PassageText
from publishing.same_passages import Earlier, matches

HEADING = "heading"
TEXT = "text"
FOLLOWING = {HEADING, "note", "reference"}
"""Kinds whose order follows from that of something else: the outline, the calls in the text, the names of authors."""


class Fate(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    """Moved and changed."""
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage before and after; one of both is None where it came or went."""

    fate: Fate
    old: PassageText | None
    new: PassageText | None


def section_twins(old: Sequence[PassageText], new: Sequence[PassageText]) -> dict[str, str]:
    """Sections by anchor, before to after: of one anchor, else of one title, else those that share most of their text.

    Headings of articles take their anchor from their words, so that a new title makes a new anchor.
    """
    known_new = dict.fromkeys(row.section for row in new)
    known_old = dict.fromkeys(row.section for row in old)
    twins = {section: section for section in known_old if section in known_new}
    left_old = [section for section in known_old if section not in twins]
    left_new = {section for section in known_new if section not in known_old}
    titles = {row.text: row.section for row in new if row.kind == HEADING and row.section in left_new}
    for row in old:
        twin = titles.get(row.text) if row.kind == HEADING and row.section not in twins else None
        if twin in left_new:
            twins[row.section] = str(twin)
            left_new.discard(str(twin))
    # Among so few sections a short text says enough.
    places = {row.text: row.section for row in new if row.section in left_new and row.kind != HEADING}
    waiting = {section for section in left_old if section not in twins}
    votes = Counter((row.section, places[row.text]) for row in old if row.section in waiting and row.text in places)
    for (section, twin), _count in votes.most_common():
        if section not in twins and twin in left_new:
            twins[section] = twin
            left_new.discard(twin)
    return twins


def align(old: Sequence[PassageText], new: Sequence[PassageText], twins: Mapping[str, str] | None = None) -> list[Pair]:
    """All passages of both in the order of the new text; what went stands where it stood."""
    twins = section_twins(old, new) if twins is None else twins
    partner = _partners(old, new, twins)
    moved = _moved(old, new, partner, twins)
    pairs: list[Pair] = []
    gone = _gone(old, partner, moved)
    pairs += [Pair(Fate.REMOVED, old[lost], None) for lost in gone.get(-1, ())]
    for index, row in enumerate(new):
        match = partner.get(index)
        if match is None:
            pairs.append(Pair(Fate.ADDED, None, row))
        else:
            pairs.append(Pair(_fate(old[match], row, index in moved), old[match], row))
        pairs += [Pair(Fate.REMOVED, old[lost], None) for lost in gone.get(index, ())]
    return pairs


def _fate(old: PassageText, new: PassageText, moved: bool) -> Fate:
    if old.text == new.text:
        return Fate.MOVED if moved else Fate.SAME
    return Fate.REWRITTEN if moved else Fate.CHANGED


def _partners(old: Sequence[PassageText], new: Sequence[PassageText], twins: Mapping[str, str]) -> dict[int, int]:
    """Index of a new passage to that of the old one that it was; passages of one kind alone are compared."""
    found: dict[int, int] = {}
    old_of, new_of = _by_kind(old), _by_kind(new)
    for kind, indices in new_of.items():
        earlier = old_of.get(kind, [])
        rows = [Earlier(new[index].anchor, new[index].section, new[index].text) for index in indices]
        before = [_as_new(old[index], twins) for index in earlier]
        found.update({indices[one]: earlier[two] for one, two in matches(rows, before).items()})
    # A paragraph that moved in one edition and was written again in another still has its anchor.
    used = set(found.values())
    waiting = {old[index].anchor: index for index in old_of.get(TEXT, []) if index not in used}
    for index in new_of.get(TEXT, []):
        if index not in found and new[index].anchor in waiting:
            found[index] = waiting.pop(new[index].anchor)
    return found


def _by_kind(rows: Sequence[PassageText]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        found[row.kind].append(index)
    return found


def _as_new(row: PassageText, twins: Mapping[str, str]) -> Earlier:
    """The old passage as if its section had the new anchor, which is that of the heading, too."""
    section = twins.get(row.section, f"\0{row.section}")
    return Earlier(section if row.anchor == row.section else row.anchor, section, row.text)


def _moved(
    old: Sequence[PassageText], new: Sequence[PassageText], partner: Mapping[int, int], twins: Mapping[str, str]
) -> set[int]:
    """New passages that stand in another section than before, or out of their order within it."""
    moved: set[int] = set()
    staying: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, match in partner.items():
        if new[index].kind in FOLLOWING:
            continue
        if twins.get(old[match].section) != new[index].section:
            moved.add(index)
        else:
            staying[new[index].section].append((index, match))
    for rows in staying.values():
        rows.sort()
        kept = rising([match for _, match in rows])
        moved.update(index for position, (index, _) in enumerate(rows) if position not in kept)
    return moved


def rising(values: Sequence[int]) -> set[int]:
    """Positions of a longest rising run of values: what stayed in order, so that the fewest others moved."""
    ends: list[int] = []
    at: list[int] = []
    came_from: list[int] = []
    for position, value in enumerate(values):
        length = bisect_left(ends, value)
        ends[length : length + 1] = [value]
        at[length : length + 1] = [position]
        came_from.append(at[length - 1] if length else -1)
    kept: set[int] = set()
    position = at[-1] if at else -1
    while position >= 0:
        kept.add(position)
        position = came_from[position]
    return kept


def _gone(old: Sequence[PassageText], partner: Mapping[int, int], moved: set[int]) -> dict[int, list[int]]:
    """Old passages without a new one, under the new passage after which each stood; -1 is the beginning."""
    after = {match: index for index, match in partner.items()}
    gone: dict[int, list[int]] = defaultdict(list)
    place = -1
    for index in range(len(old)):
        match = after.get(index)
        if match is None:
            gone[place].append(index)
        elif match not in moved:
            place = match
    return gone
