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


AROUND = 120
"""Characters of unchanged text that are left beside a difference."""


def gist(spans: list[Span]) -> list[Span]:
    """The differences with some words around them: what is the same for long is cut out."""
    out = []
    for index, span in enumerate(spans):
        text = span.text
        first, last = index == 0, index == len(spans) - 1
        if span.kind == "same" and len(text) > 2 * AROUND + 20 and len(spans) > 1:
            head = "" if first else text[:AROUND].rsplit(" ", 1)[0]
            tail = "" if last else text[-AROUND:].split(" ", 1)[-1]
            text = f"{head} […] {tail}"
        out.append(Span(span.kind, text))
    return out


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
