"""The text of a section as passages: cut, put together again, aligned with those of another version.

A passage is what stands between two empty lines: a paragraph, a list, a quotation, a table; a fence or a `:::`
container stays whole. Each definition of a note is a passage of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:")
_WORD = re.compile(r"\w+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
ALIKE = 0.4
"""Share of words in common from which two passages are versions of one."""
LARGEST = 4000
"""Pairs of passages of one stretch that are compared; in a larger one only equal passages are tied."""


def split(body: str) -> tuple[str, ...]:
    out: list[str] = []
    rows: list[str] = []
    fence, containers = "", 0

    def close() -> None:
        if rows:
            out.append("\n".join(rows))
            rows.clear()

    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        elif line.startswith(":::"):
            containers = containers + 1 if line.strip(": \t") else max(containers - 1, 0)
        if not fence and not containers and not line.strip():
            close()
        else:
            if not fence and not containers and NOTE.match(line):
                close()
            rows.append(line)
    close()
    return tuple(passage for passage in out if passage.strip())


def join(passages: Sequence[str]) -> str:
    out = ""
    for before, passage in zip(("", *passages), passages, strict=False):
        tight = NOTE.match(before) and NOTE.match(passage)
        out += ("\n" if tight else "\n\n" if out else "") + passage
    return out


def likeness(one: str, other: str) -> float:
    """Share of words in common, from 0 to 1."""
    if one == other:
        return 1.0
    own, others = Counter(_WORD.findall(one.casefold())), Counter(_WORD.findall(other.casefold()))
    total = own.total() + others.total()
    return 2 * (own & others).total() / total if total else 0.0


def align(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Index of a passage before to that of its version after; in the order of both."""
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs.update(zip(range(i1, i2), range(j1, j2), strict=True))
        elif tag == "replace":
            pairs.update(_alike(before, after, (i1, i2), (j1, j2)))
    return pairs


def _alike(
    before: Sequence[str], after: Sequence[str], rows: tuple[int, int], columns: tuple[int, int]
) -> dict[int, int]:
    """The best pairs of similar passages that keep the order; what is left on both sides alike is tied in turn."""
    (i1, i2), (j1, j2) = rows, columns
    height, width = i2 - i1, j2 - j1
    if height * width > LARGEST:
        return {}
    scores = [[likeness(before[i], after[j]) for j in range(j1, j2)] for i in range(i1, i2)]
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            tied = scores[i][j] + best[i + 1][j + 1] if scores[i][j] >= ALIKE else 0.0
            best[i][j] = max(tied, best[i + 1][j], best[i][j + 1])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < height and j < width:
        if scores[i][j] >= ALIKE and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs[i1 + i] = j1 + j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    bounds = [(i1 - 1, j1 - 1), *sorted(pairs.items()), (i2, j2)]
    for (above, left), (below, right) in pairwise(bounds):
        if below - above == right - left:
            pairs.update(zip(range(above + 1, below), range(left + 1, right), strict=True))
    return pairs
