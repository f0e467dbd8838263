"""Which paragraph of one text is which of another: the unchanged, then those that begin alike, then the similar."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publishing.rendering import fold

MOVED = 30
"""Characters from which an unchanged text is known again in another section: « Oui. » says too little."""
ALIKE = 0.5
"""Share of pairs of words in common from which two texts of one section are versions of one."""
ALIKE_ELSEWHERE = 0.7
COMMON = 12
"""A pair of words that so many texts share tells none of them apart; the bound keeps the work linear."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A paragraph of a text: its anchor, the anchor of its section, its words."""

    anchor: str
    section: str
    text: str
    gone: bool = False
    """No longer in the last edition, and known again only by its very words in its section."""


def matches(new: Sequence[Earlier], earlier: Sequence[Earlier]) -> dict[int, int]:
    """Index of a new paragraph to the index of the earlier one that it was. Linear in the texts, save for sorting."""
    found: dict[int, int] = {}
    open_new = list(range(len(new)))
    open_earlier = list(range(len(earlier)))

    def match(new_keys: dict[int, object], earlier_keys: dict[int, object]) -> None:
        """Pair those of equal keys, in reading order."""
        nonlocal open_new, open_earlier
        waiting: dict[object, list[int]] = defaultdict(list)
        for index in reversed(open_earlier):
            if index in earlier_keys:
                waiting[earlier_keys[index]].append(index)
        for index in open_new:
            if index in new_keys and waiting.get(new_keys[index]):
                found[index] = waiting[new_keys[index]].pop()
        used = set(found.values())
        open_new = [index for index in open_new if index not in found]
        open_earlier = [index for index in open_earlier if index not in used]

    texts = [row.text for row in new]
    sections = [row.section for row in new]
    match(
        {i: (sections[i], texts[i]) for i in open_new},
        {i: (earlier[i].section, earlier[i].text) for i in open_earlier},
    )
    open_earlier = [index for index in open_earlier if not earlier[index].gone]
    match(
        {i: texts[i] for i in open_new if len(texts[i]) >= MOVED},
        {i: earlier[i].text for i in open_earlier},
    )
    match(
        {i: (sections[i], new[i].anchor) for i in open_new},
        {i: (earlier[i].section, earlier[i].anchor) for i in open_earlier},
    )
    scored = _similar(
        {i: (sections[i], texts[i]) for i in open_new}, {i: (earlier[i].section, earlier[i].text) for i in open_earlier}
    )
    used = set(found.values())
    for _, index, other in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if index not in found and other not in used:
            found[index] = other
            used.add(other)
    return found


def _similar(
    new: Mapping[int, tuple[str, str]], earlier: Mapping[int, tuple[str, str]]
) -> list[tuple[float, int, int]]:
    """Pairs that are alike enough, with how much: the share of pairs of words that both have."""
    pairs_of = {index: _pairs(text) for index, (_, text) in earlier.items()}
    having: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, pairs in pairs_of.items():
        for pair in pairs:
            having[pair].append(index)
    scored = []
    for index, (section, text) in new.items():
        own = _pairs(text)
        shared: Counter[int] = Counter()
        for pair in own:
            if len(having.get(pair, ())) <= COMMON:
                shared.update(having.get(pair, ()))
        for other, count in shared.items():
            score = 2 * count / (len(own) + len(pairs_of[other]))
            if score >= (ALIKE if earlier[other][0] == section else ALIKE_ELSEWHERE):
                scored.append((score, index, other))
    return scored


def _pairs(text: str) -> set[tuple[str, str]]:
    words = ["", *_WORD.findall(fold(text)), ""]
    return set(pairwise(words))
