"""What a search for citations finds, and the passage it searches: shared by the ways of looking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from manuscript.references.index import Index

SENTENCE = re.compile(r"(?<=[^A-Z\s][.!?…])(?:<sup>\d+</sup>|\[\^[\w-]{1,40}\]|\s?»)?\s+(?=[«“\"A-ZÀ-Þ(])")
NAME_RUN = re.compile(r"[^\W\d_][\w’'.&-]*")


MOST_CANDIDATES = 12
"""Entries between which the words around a citation may decide; of more, none would stand out."""


class Found(NamedTuple):
    """A place of a passage, the entries it may mean, and the kind of citation."""

    start: int
    end: int
    candidates: tuple[int, ...]
    kind: str
    doubtful: bool = False


def choose(index: Index, numbers: Sequence[int], around: set[str]) -> tuple[int, ...]:
    """One of several entries, where the words around say which; else all of them."""
    if not 2 <= len(numbers) <= MOST_CANDIDATES:
        return tuple(numbers)
    scores = []
    for number in numbers:
        work = index.works[number]
        others = {w for n in numbers if n != number for w in index.works[n].title}
        rare = {w for w in work.title if w not in others and len(w) > 3 and not w.isdigit()}
        weight = sum(1.0 for w in rare if w in around and len(index.postings.get(w, ())) <= 4)
        scores.append((weight, number))
    scores.sort(reverse=True)
    if scores[0][0] >= 2 and scores[0][0] >= 2.5 * max(scores[1][0], 0.7):
        return (scores[0][1],)
    return tuple(numbers)


def sentence_around(text: str, position: int) -> tuple[int, int]:
    """The sentence of a place, within 400 characters on either side."""
    low, high = max(0, position - 400), min(len(text), position + 400)
    start = low
    for match in SENTENCE.finditer(text, low, position):
        start = match.end()
    after = SENTENCE.search(text, position, high)
    return start, after.start() if after else high
