"""The entries of a bibliography, as citations look for them: by name and year, by title, by address.

before: (12, {"author": [{"family": "Roux"}], "issued": ..., "URL": "https://www.exemple.org/un-essai?x=1"})
after:  names["roux"] -> 12; addresses["exemple.org/un-essai"] -> 12; titles by their first words -> 12
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from manuscript.references.markup import strip_emphasis, tidy
from manuscript.references.sites import host_of
from manuscript.references.vocabulary import fold

_STOP_TEXT = """
le la les l un une des du de d et est en dans pour par sur au aux a avec qui que qu ce ces sa son ses ou the of
and in to for on with by from at is are an how what its as s t il elle se plus
"""
_STOP = frozenset(_STOP_TEXT.split())
_GENERIC_LABELS_TEXT = """
www blog blogs news com org net fr en uk co info gouv edu ac web start digital research resources docs
about io ai app youtube linkedin youtu medium amazon twitter facebook m
"""
_GENERIC_LABELS = frozenset(_GENERIC_LABELS_TEXT.split())


_LETTERS = re.compile(r"\s[(\[]\s?([A-ZÀ-Þ][\w.&-]{1,11})\s?[)\]]\s*$")
_WORD = re.compile(r"[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """The folded words of a text, small words left out."""
    return [w for w in _WORD.findall(fold(text)) if w not in _STOP]


def placed_words(text: str) -> list[tuple[str, int, int]]:
    """The words of ``words_of`` with their places."""
    folded = fold(text)
    if len(folded) != len(text):
        # Decomposed accents: the places are those of the words as they stand.
        return [(w, m.start(), m.end()) for m in re.finditer(r"[^\W_]+", text) for w in words_of(m[0])]
    return [(m[0], m.start(), m.end()) for m in _WORD.finditer(folded) if m[0] not in _STOP]


def name_key(text: str) -> str:
    """A name folded to letters and single spaces."""
    return " ".join(_WORD.findall(fold(text)))


def address_keys(url: str) -> list[str]:
    """What an address is known by: host and path without query, slash and scheme; for a video, its identifier."""
    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
        query = parse_qs(parts.query)
    except ValueError:
        return []
    host = host_of(url)
    path = re.sub(r"[^a-z0-9/]", "", fold(parts.path)).strip("/")
    if "v" in query and host.endswith("youtube.com"):
        return [f"video:{query['v'][0]}"]
    if host == "youtu.be" or (
        host.endswith("youtube.com") and parts.path.startswith(("/live/", "/embed/", "/shorts/"))
    ):
        return [f"video:{parts.path.rstrip('/').rpartition('/')[2]}"]
    if not path:
        return []
    return [f"{host}/{path}"]


def site_labels(url: str) -> list[str]:
    """The words of a host that can name its owner."""
    return [label for label in host_of(url).split(".")[:-1] if label not in _GENERIC_LABELS and len(label) > 2]


@dataclass
class Work:
    """An entry as citations see it."""

    number: int
    year: int | None
    suffix: str
    date: tuple[int, ...]
    people: list[str]
    title: list[str]
    main: list[str]
    """The words of the title before its colon."""
    weak: set[str]
    """Names of its container, publisher and site: they name the work only together with its year."""
    slug: list[str]
    has_url: bool


@dataclass
class Index:
    """The works, and the ways to them."""

    works: dict[int, Work] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)
    weak: dict[str, list[int]] = field(default_factory=dict)
    addresses: dict[str, list[int]] = field(default_factory=dict)
    openings: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    postings: dict[str, list[int]] = field(default_factory=dict)
    prefixes: dict[str, dict[str, None]] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    """The key that an unknown name was found to mean, or an empty string: worked out once for each."""


def _people(csl: dict[str, Any]) -> list[str]:
    out = []
    for role in ("author", "editor"):
        for person in csl.get(role) or []:
            if not isinstance(person, dict):
                continue
            family = person.get("family") or person.get("literal") or ""
            particle = person.get("non-dropping-particle", "")
            # "Institut de la mer (IM)": cited by its name or by its letters.
            short = _LETTERS.search(family)
            forms = [family, f"{particle} {family}".strip()]
            if short:
                forms += [family[: short.start()], short[1]]
            for form in forms:
                key = name_key(form)
                if key and key not in out:
                    out.append(key)
        if out:
            break
    return out


def _weak_names(csl: dict[str, Any]) -> set[str]:
    names = set()
    for key in ("container-title", "publisher"):
        value = csl.get(key)
        if isinstance(value, str) and value:
            names.add(name_key(value))
            for part in re.split(r"\s[|–-]\s|\sby\s|\spar\s", value):
                names.add(name_key(part))
    url = csl.get("URL")
    if isinstance(url, str):
        names.update(name_key(label) for label in site_labels(url))
        names.update(re.sub(r"[^a-z0-9]", "", label) for label in site_labels(url))
    squeezed = {n.replace(" ", "") for n in names}
    return {n for n in names | squeezed if len(n) > 2}


def _year_and_date(csl: dict[str, Any]) -> tuple[int | None, tuple[int, ...]]:
    parts = (csl.get("issued") or {}).get("date-parts") if isinstance(csl.get("issued"), dict) else None
    try:
        date = tuple(int(x) for x in parts[0]) if parts else ()
    except (TypeError, ValueError, IndexError):
        date = ()
    return (date[0] if date else None), date


def build_index(entries: Iterable[tuple[int, dict[str, Any]]]) -> Index:
    """Index the entries. Linear in their text."""
    index = Index()
    for number, csl in entries:
        year, date = _year_and_date(csl)
        title = csl.get("title") if isinstance(csl.get("title"), str) else ""
        title = strip_emphasis(tidy(title or ""))
        url = csl.get("URL") if isinstance(csl.get("URL"), str) else ""
        work = Work(
            number,
            year,
            str(csl.get("year-suffix") or ""),
            date,
            _people(csl),
            words_of(title),
            words_of(re.split(r"\s?[:?!]\s", title)[0]),
            _weak_names(csl),
            words_of(re.sub(r"[-_/]", " ", urlsplit_path(url or ""))),
            bool(url),
        )
        index.works[number] = work
        for key in work.people:
            _append(index.names, key, number)
            index.prefixes.setdefault(key[:3], {})[key] = None
        for key in work.weak:
            _append(index.weak, key, number)
        for key in address_keys(url or ""):
            _append(index.addresses, key, number)
        if len(work.title) >= 3:
            opening = tuple(work.title[:3])
            index.openings.setdefault(opening, []).append(number)
        for word in set(work.title) | set(work.slug):
            _append(index.postings, word, number)
    return index


def urlsplit_path(url: str) -> str:
    """The path of an address, or an empty string."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _append(table: dict[str, list[int]], key: str, number: int) -> None:
    row = table.setdefault(key, [])
    if number not in row[-1:]:
        row.append(number)


def contains(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether a run of words stands inside another."""
    size = len(part)
    return size > 0 and any(list(words[i : i + size]) == list(part) for i in range(len(words) - size + 1))
