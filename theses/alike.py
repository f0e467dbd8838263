"""Entries of a bibliography that seem to be one and the same work.

Two are where they have one DOI or one address, or where a name and the year are the same and the titles nearly so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from publishing.rendering import fold
from publishing.short_citation import year_of
from theses.models import BibliographyEntry

CLOSE = 0.75
"""How alike two spellings of one word are; two months, or two years, are less."""
_WORD = re.compile(r"\w+")
MOST_OF_A_NAME = 60
"""Entries of one name and one year that are compared two by two."""


def duplicates(entries: Sequence[BibliographyEntry]) -> list[list[BibliographyEntry]]:
    """Groups of two entries or more, in the order of the bibliography."""
    leader = {entry.pk: entry.pk for entry in entries}

    def first(key: int) -> int:
        while leader[key] != key:
            key = leader[key]
        return key

    def tie(group: Iterable[BibliographyEntry]) -> None:
        keys = sorted(first(entry.pk) for entry in group)
        for key in keys[1:]:
            leader[key] = keys[0]

    for same in _by(entries, identifiers):
        tie(same)
    for near in _by(entries, lambda csl: [who] if (who := _name_and_year(csl)) else []):
        for index, one in enumerate(near[:MOST_OF_A_NAME]):
            tie([one, *(other for other in near[index + 1 : MOST_OF_A_NAME] if same_title(one.csl, other.csl))])
    groups: dict[int, list[BibliographyEntry]] = defaultdict(list)
    for entry in entries:
        groups[first(entry.pk)].append(entry)
    return [group for group in groups.values() if len(group) > 1]


def find_alike(csl: Mapping[str, Any], entries: Iterable[BibliographyEntry]) -> BibliographyEntry | None:
    """The entry that is the work of these fields, where there is one."""
    own = set(identifiers(csl))
    who = _name_and_year(csl)
    for entry in entries:
        if own & set(identifiers(entry.csl)):
            return entry
        if who and who == _name_and_year(entry.csl) and same_title(csl, entry.csl):
            return entry
    return None


def identifiers(csl: Mapping[str, Any]) -> list[str]:
    found = []
    if doi := str(csl.get("DOI", "")).strip().lower():
        found.append("doi:" + re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi))
    if address := str(csl.get("URL", "")).strip():
        found.append("url:" + re.sub(r"^https?://(?:www\.)?", "", address).partition("#")[0].rstrip("/"))
    return found


def same_title(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two titles are one: a word may be spelt otherwise, a small one may be missing, a subtitle too."""
    left, right = (_WORD.findall(fold(str(csl.get("title", "")))[:400]) for csl in (one, other))
    shorter, longer = sorted((left, right), key=len)
    if sum(map(len, shorter)) < 8:
        return False
    if len(shorter) >= 3 and longer[: len(shorter)] == shorter:
        return True
    changes = [code for code in SequenceMatcher(None, left, right, autojunk=False).get_opcodes() if code[0] != "equal"]
    return len(changes) <= 2 and all(_slight(" ".join(left[a:b]), " ".join(right[c:d])) for _, a, b, c, d in changes)


def _slight(one: str, other: str) -> bool:
    if any(character.isdigit() for character in one + other):
        return False
    if not one or not other:
        return len(one + other) <= 3
    return SequenceMatcher(None, one, other).ratio() >= CLOSE


def _name_and_year(csl: Mapping[str, Any]) -> str:
    people = csl.get("author") or csl.get("editor") or [{}]
    person = people[0] if isinstance(people, list) and isinstance(people[0], Mapping) else {}
    name = fold(str(person.get("family") or person.get("literal") or ""))
    return f"{name} {year_of(csl)}" if name else ""


def _by(entries: Iterable[BibliographyEntry], keys: Any) -> list[list[BibliographyEntry]]:
    groups: dict[str, list[BibliographyEntry]] = defaultdict(list)
    for entry in entries:
        for key in keys(entry.csl):
            groups[key].append(entry)
    return [group for group in groups.values() if len(group) > 1]
