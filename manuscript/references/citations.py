"""The citations of a text, tied to the entries of its bibliography where only one can be meant.

before: "... (Roux, 2024a ; Petit et al., 2023). Selon Martin (2022) ...", "<sup>3</sup> Source : Un titre. <https://...>"
after:  Citation(line, start, end, "Roux, 2024a", reference=12, candidates=(12,), kind="parenthetical"), ...

What links: a name with a year; an address; a title, whole or quoted; a date and an author; a name beside a note call
whose note repeats an entry. A name alone never does, except one that a note of the same text has tied to an entry.
Where several entries fit, the one whose title shares its rare words with the passage is taken, if it stands out.
"""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections.abc import Sequence
from typing import Any, NamedTuple

from manuscript.references.author_year import AuthorYear
from manuscript.references.finds import Found
from manuscript.references.index import Index, build_index, words_of
from manuscript.references.known_names import KnownNames
from manuscript.references.repeats import Repeats

_NOTE = re.compile(r"^\s*(?:>\s*)?(?:<sup>\s*(\d{1,4})\s*</sup>|\[\^([\w-]{1,40})\]:?|\[(\d{1,4})\]:?(?=\s))\s*")
_CLOSING = re.compile(r"[\s.,]{0,3}»")

LONGEST = 50_000
"""Characters of a passage that are searched: what is longer is no paragraph."""
BESIDE = 60
"""Characters between two finds of one entry that are still one citation: "« Un titre » de Roux (2024)"."""
_CONTEXT_LENGTH = 6000
"""Characters of a passage whose words may decide between entries: longer ones say nothing more."""


class Citation(NamedTuple):
    """A citation: its source line, its place in the passage's text, what is printed, and the entry meant.

    ``reference`` is None where no entry, or more than one of ``candidates``, can be meant.
    """

    line: int
    start: int
    end: int
    text: str
    reference: int | None
    candidates: tuple[int, ...]
    kind: str


def link_citations(
    passages: Sequence[tuple[int, str]], entries: Sequence[tuple[int, dict[str, Any]]]
) -> list[Citation]:
    """Find the citations of the passages (source line, text) and link them to the entries (number, CSL item).

    The text is best given as printed, with its note calls (``<sup>3</sup>``, ``[^3]``); a passage that opens with such
    a mark is a note, one that opens with ``#`` a heading. Linear in the text for a bibliography of a given size.
    """
    return _Linker(build_index(entries), [(line, text[:LONGEST]) for line, text in passages]).run()


class _Linker:
    """One run over the passages: the notes first, since they say what names in the text mean."""

    def __init__(self, index: Index, passages: Sequence[tuple[int, str]]) -> None:
        self.index = index
        self.passages = passages
        self.known = KnownNames(index)
        self.words = [set(words_of(text[:_CONTEXT_LENGTH])) for _, text in passages]

    def run(self) -> list[Citation]:
        notes = {
            position: self._read_note(position, match)
            for position, (_, text) in enumerate(self.passages)
            if (match := _NOTE.match(text))
        }
        out: list[Citation] = []
        for position, (_, text) in enumerate(self.passages):
            if position in notes:
                out.extend(notes[position])
            elif not text.startswith("#"):
                # A heading is context for what follows; it cites nothing itself.
                out.extend(self._read_body(position))
        return out

    def _around(self, position: int) -> set[str]:
        """The words of a passage and of the three before it, a heading among them."""
        return set().union(*self.words[max(0, position - 3) : position + 1])

    def _read_note(self, position: int, match: re.Match[str]) -> list[Citation]:
        line, text = self.passages[position]
        around = self._around(position)
        repeats = Repeats(self.index, around)
        found = repeats.addresses(text, "note") or repeats.titles(text, match.end(), "note")
        if not found:
            found = AuthorYear(self.index, around).find(text, "note")
            if "http" in text:
                # The note gives an address that no entry has: another work of the same people.
                found = [find._replace(doubtful=True) for find in found]
        citations = [_citation(line, text, find) for find in _distinct([found])]
        linked = list(dict.fromkeys(c.reference for c in citations if c.reference is not None))
        self.known.learn(match[1] or match[2] or match[3], line, text[match.end() :], linked)
        return citations

    def _read_body(self, position: int) -> list[Citation]:
        line, text = self.passages[position]
        around = self._around(position)
        repeats = Repeats(self.index, around)
        groups = [
            AuthorYear(self.index, around).find(text, ""),
            repeats.addresses(text, "narrative"),
            repeats.titles(text, 0, "narrative"),
            *self.known.find(line, text),
        ]
        return [_citation(line, text, find) for find in _distinct(groups)]


def _citation(line: int, text: str, found: Found) -> Citation:
    sure = len(found.candidates) == 1 and not found.doubtful
    reference = found.candidates[0] if sure else None
    start, end = _with_both_marks(text, found.start, found.end)
    return Citation(line, start, end, text[start:end], reference, found.candidates, found.kind)


def _with_both_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """A place that holds one mark of a quotation holds the other, where it stands close by.

    before: "selon « Le [titre » de Roux (2024)]", "dans [« Un titre] », paru"
    after:  "selon [« Le titre » de Roux (2024)]", "dans [« Un titre »], paru"
    """
    inside = text[start:end]
    first_opening, first_closing = inside.find("«"), inside.find("»")
    if first_closing >= 0 and not 0 <= first_opening < first_closing:
        opening = text.rfind("«", max(0, start - BESIDE), start)
        if opening >= 0 and "»" not in text[opening:start]:
            start = opening
    if inside.rfind("«") > inside.rfind("»"):
        closing = _CLOSING.match(text, end)
        end = closing.end() if closing else end
    return start, end


def _distinct(groups: Sequence[Sequence[Found]]) -> list[Found]:
    """One find for each place and entry. Groups stand surest first: a name with its year before a title, before a call.

    A find of the same entry that overlaps a surer one, or stands beside it, is the same citation.
    """
    out: list[Found] = []
    kept: dict[int, list[tuple[int, int]]] = {}
    for group in groups:
        for find in group:
            if len(find.candidates) != 1:
                continue
            places = kept.setdefault(find.candidates[0], [])
            at = bisect(places, (find.start, find.end))
            if all(_apart(place, find) for place in places[max(0, at - 1) : at + 1]):
                insort(places, (find.start, find.end))
                out.append(find)
    taken = sorted((find.start, find.end) for find in out)
    furthest = -1
    for find in sorted(
        (f for group in groups for f in group if len(f.candidates) != 1), key=lambda f: (f.start, f.end)
    ):
        at = bisect(taken, (find.start, find.end))
        covered = any(start < find.end and find.start < end for start, end in taken[max(0, at - 2) : at + 1])
        if find.start >= furthest and not covered and not kept.keys() & find.candidates:
            furthest = find.end
            out.append(find)
    return sorted(out, key=lambda f: (f.start, f.end))


def _apart(place: tuple[int, int], find: Found) -> bool:
    return find.start > place[1] + BESIDE or find.end + BESIDE < place[0]
