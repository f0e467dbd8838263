"""Names of people as title pages and front matter write them."""

from __future__ import annotations

import re

from manuscript.model import Person

_PARTICLES = frozenset({"de", "du", "des", "d", "la", "le", "von", "van", "der", "den", "el", "al", "di", "da", "ben"})
_ORGANISATION = re.compile(
    r"\b(?:groupe?|agence|soci[ée]t[ée]|universit[ée]|university|[ée]cole|institut|institute|laboratoire|cabinet|"
    r"association|fondation|foundation|minist[èe]re|r[ée]daction|[ée]quipe|team|studio|conseil|comit[ée]|company|inc|"
    r"sarl|sas|gmbh|ltd|collectif|commission|centre|center)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:[ \xa0\u202f][^\W\d_][\w'’.-]*){0,4}$")


def split_name(name: str) -> Person:
    """« Marie de La Tour » to given and family name; what is no person's name stays whole."""
    name = re.sub(r"\s+", " ", name).strip(" ,;.*")
    words = name.split(" ")
    if (
        not name[:1].isupper()
        or len(words) < 2
        or len(words) > 5
        or not _NAME.match(name)
        or _ORGANISATION.search(name)
    ):
        return Person(literal=name)
    capitals = [w for w in words if len(w) > 1 and w.isupper() and "." not in w]
    if capitals and len(capitals) < len(words):
        family = " ".join(w for w in words if w in capitals or w.casefold() in _PARTICLES)
        given = " ".join(w for w in words if w not in capitals and w.casefold() not in _PARTICLES)
        return Person(family=family.title() if family.isupper() else family, given=given)
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    # A lone name of capitals or of initials is no family name that can be told apart.
    return Person(family=" ".join(words[start:]), given=" ".join(words[:start]))


def read_people(text: str) -> list[Person]:
    """« LM, Ingénieure IA » is one person with a role; « Jean Petit, Anne Roux » are two persons."""
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        return []
    people: list[Person] = []
    for group in re.split(r"\s*(?:;|\s&\s|\bet\b|\band\b|\n)\s*", text):
        bits = [bit.strip() for bit in group.split(",") if bit.strip()]
        if not bits:
            continue
        if len(bits) > 1 and all(_looks_like_person(bit) for bit in bits):
            people += [split_name(bit) for bit in bits]
            continue
        person = split_name(bits[0])
        role = bits[1] if len(bits) > 1 else ""
        organisation = ", ".join(bits[2:])
        people.append(Person(person.family, person.given, person.literal, role=role, organisation=organisation))
    return people


def _looks_like_person(text: str) -> bool:
    """Two or three capitalised words; « Ingénieure IA » has a word of capitals only behind a common one."""
    words = text.split(" ")
    if not 2 <= len(words) <= 4 or _ORGANISATION.search(text):
        return False
    return all(w[:1].isupper() or w.casefold() in _PARTICLES for w in words) and not any(
        len(w) <= 3 and w.isupper() and "." not in w for w in words
    )
