"""Know sections, figures and entries again in another version: by address, title, number, and what they say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from imports.merging.model import Part, Row
from imports.merging.passages import ALIKE, likeness
from manuscript.wording import fold

LONG = 30
"""Characters from which an unchanged passage is known again elsewhere: « Oui. » says too little."""
CANDIDATES = 20
"""Things of one address, title or passage that are compared with each other."""
LEAST = 1.5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Seen:
    slug: str
    title: str
    number: str
    words: Counter[str]
    long: frozenset[str]


def match_parts(before: Sequence[Part], after: Sequence[Part]) -> dict[int, int]:
    """Index of a section before to that of the same section after. Each is given once; moved ones are found too."""
    olds, news = [_seen(part) for part in before], [_seen(part) for part in after]
    pairs = _best(olds, news)
    # What stands alone between two neighbours that are known again is their third.
    used = set(pairs.values())
    for rows, columns in _gaps(pairs, len(before), len(after)):
        old = [index for index in rows if index not in pairs]
        new = [index for index in columns if index not in used]
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                same = before[one].facts.get("depth") == after[other].facts.get("depth")
                if same and (_shared(olds[one], news[other]) >= ALIKE or not (olds[one].words and news[other].words)):
                    pairs[one] = other
                    used.add(other)
    return pairs


def match_rows(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """The same of figures, entries and abstracts: by key where they say nearly the same, by what they say, by key."""
    said = [_said(row) for row in before], [_said(row) for row in after]
    keys = {row.key: index for index, row in enumerate(after)}
    texts: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(said[1]):
        texts[text].append(index)
    pairs: dict[int, int] = {}
    used: set[int] = set()

    def tie(index: int, other: int | None) -> None:
        if other is not None and other not in used and index not in pairs:
            pairs[index] = other
            used.add(other)

    for index, row in enumerate(before):
        other = keys.get(row.key)
        if other is not None and said[0][index] == said[1][other]:
            tie(index, other)
    for index, text in enumerate(said[0]):
        if text:
            tie(index, next((other for other in texts[text] if other not in used), None))
    for least in (ALIKE, 0.0):
        for index, row in enumerate(before):
            other = keys.get(row.key)
            if other is not None and likeness(said[0][index], said[1][other]) >= least:
                tie(index, other)
    for rows, columns in _gaps(pairs, len(before), len(after)):
        left = [index for index in rows if index not in pairs]
        right = [other for other in columns if other not in used]
        if len(left) == len(right):
            for one, another in zip(left, right, strict=True):
                if likeness(said[0][one], said[1][another]) >= ALIKE:
                    tie(one, another)
    return pairs


def _said(row: Row) -> str:
    return " ".join(str(row.facts.get(name) or "") for name in ("raw", "caption", "text")).strip()


def _seen(part: Part) -> _Seen:
    text = "\n".join(part.passages)
    return _Seen(
        slug=part.slug,
        title=fold(str(part.facts.get("title") or "")),
        number=str(part.facts.get("number") or ""),
        words=Counter(_WORD.findall(text.casefold())),
        long=frozenset(passage for passage in part.passages if len(passage) >= LONG),
    )


def _shared(one: _Seen, other: _Seen) -> float:
    total = one.words.total() + other.words.total()
    return 2 * (one.words & other.words).total() / total if total else 0.0


def _best(olds: Sequence[_Seen], news: Sequence[_Seen]) -> dict[int, int]:
    having: dict[Hashable, list[int]] = defaultdict(list)
    for index, seen in enumerate(news):
        for mark in _marks(seen):
            having[mark].append(index)
    scored: list[tuple[float, int, int, int]] = []
    for index, seen in enumerate(olds):
        near: set[int] = set()
        for mark in _marks(seen):
            near.update(sorted(having.get(mark, ()), key=lambda other: abs(other - index))[:CANDIDATES])
        for other in near:
            score = _score(seen, news[other])
            if score >= LEAST:
                scored.append((-score, abs(index - other), index, other))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _unlike, _far, index, other in sorted(scored):
        if index not in pairs and other not in used:
            pairs[index] = other
            used.add(other)
    return pairs


def _marks(seen: _Seen) -> Iterable[Hashable]:
    yield "slug", seen.slug
    if seen.title:
        yield "title", seen.title
    yield from seen.long


def _score(old: _Seen, new: _Seen) -> float:
    score = 2.0 * (old.slug == new.slug) + 1.5 * bool(old.title and old.title == new.title)
    score += 0.5 * bool(old.number and old.number == new.number)
    return score + 3 * _shared(old, new)


def _gaps(pairs: dict[int, int], height: int, width: int) -> list[tuple[range, range]]:
    """The stretches between neighbours that keep their order."""
    chain = [(-1, -1), *sorted(pairs.items()), (height, width)]
    return [(range(above + 1, below), range(left + 1, right)) for (above, left), (below, right) in pairwise(chain)]
