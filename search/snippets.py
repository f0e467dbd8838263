"""The passage of a unit to which a hit leads, and the piece of its text that is shown, with what was found marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.terms import Term
from search.words import APOSTROPHES, HYPHENS, joined, plain, tokens

BEFORE = 90
LONGEST = 260
"""Characters before the first mark, and of the whole piece."""

_WITHIN_WORDS = dict.fromkeys(map(ord, APOSTROPHES + HYPHENS + "."))

Snippet = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Place:
    anchor: str
    kind: str
    snippet: Snippet


def place(passages: Sequence[Sequence[str]], terms: Sequence[Term]) -> Place:
    """The passage that holds the most of what is looked for, text before a heading; its words with the marks."""
    if not passages:
        return Place("", "text", ())
    # Folding a text is cheap, and taking it apart is not: the promising ones are taken apart, the best first.
    promised = [(_promise(plain(text), terms), kind != "heading" and bool(text)) for _, kind, text in passages]
    order = sorted(range(len(passages)), key=lambda index: (-promised[index][0], not promised[index][1], index))
    best, worth, spans = order[0], (-1, False), list[tuple[int, int]]()
    for index in order:
        if promised[index] <= worth:
            break
        found, held = marked(passages[index][2], terms)
        if (held, promised[index][1]) > worth:
            best, worth, spans = index, (held, promised[index][1]), found
    anchor, kind, text = passages[best]
    return Place(anchor, kind, cut(text, spans))


def _promise(folded: str, terms: Sequence[Term]) -> int:
    """How many of the terms may stand in a text: never too few. A word may hold apostrophes, hyphens and points."""
    apart = folded.translate(_WITHIN_WORDS)
    if apart != folded:
        folded = f"{folded} {apart}"
    return sum(
        any(form in folded for form in term.forms)
        or any(all(word in folded for word in words) for words in term.sequences)
        for term in terms
    )


def marked(text: str, terms: Sequence[Term]) -> tuple[list[tuple[int, int]], int]:
    """The spans of the text that are looked for, in order and apart; and how many terms are among them.

    `static/js/hits.js` does the same in a page that was opened from a hit.
    """
    found = list(tokens(text))
    row = [token.word for token in found]
    single = [*found, *joined(text, found)]
    spans: set[tuple[int, int]] = set()
    held = 0
    for term in terms:
        hits = [(token.start, token.end) for token in single if token.word in term.forms]
        for words in term.sequences:
            size = len(words)
            hits += [
                (found[i].start, found[i + size - 1].end)
                for i in range(len(row) - size + 1)
                if row[i] == words[0] and tuple(row[i : i + size]) == words
            ]
        spans.update(hits)
        held += bool(hits)
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart, held


def cut(text: str, spans: Sequence[tuple[int, int]]) -> Snippet:
    """About `LONGEST` characters around the spans that stand closest together, cut between words."""
    if not text:
        return ()
    start = _window(spans)
    start = 0 if start <= BEFORE else text.find(" ", start - BEFORE) + 1
    end = len(text) if len(text) - start <= LONGEST + 40 else max(text.rfind(" ", start, start + LONGEST), start + 60)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for first, last in spans:
        if first < at or last > end:
            continue
        if first > at:
            pieces.append((text[at:first], False))
        pieces.append((text[first:last], True))
        at = last
    if at < end:
        pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append((" …", False))
    return tuple(pieces)


def _window(spans: Sequence[tuple[int, int]]) -> int:
    """Where the piece begins that holds the most spans."""
    if not spans:
        return 0
    most, best, last = 0, spans[0][0], 0
    for first in range(len(spans)):
        while last < len(spans) and spans[last][1] <= spans[first][0] + LONGEST - BEFORE:
            last += 1
        if last - first > most:
            most, best = last - first, spans[first][0]
    return best
