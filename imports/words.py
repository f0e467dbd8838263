"""The differences between two texts, by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
LONGEST = 3000
"""Words and signs of a text that is compared; a longer one is shown as it is."""


@dataclass(frozen=True, slots=True)
class Span:
    kind: str
    """`same`, `added` or `removed`."""
    text: str


def differences(before: str, after: str) -> list[Span]:
    """`after` with what it lacks of `before` in its place."""
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(one) > LONGEST or len(other) > LONGEST:
        return [Span("same", after)] if before == after else [Span("added", after)]
    spans: list[Span] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(Span("same", "".join(other[j1:j2])))
            continue
        if i1 < i2:
            spans.append(Span("removed", "".join(one[i1:i2])))
        if j1 < j2:
            spans.append(Span("added", "".join(other[j1:j2])))
    return spans
