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

CLOSE = 0.88
"""Share of two titles that must be the same: above it, a subtitle or an article is all that differs."""
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
    left, right = (fold(str(csl.get("title", "")))[:300] for csl in (one, other))
    if min(len(left), len(right)) < 8:
        return False
    return left == right or SequenceMatcher(None, left, right).ratio() >= CLOSE


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
