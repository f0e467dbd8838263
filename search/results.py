"""What is asked of the search, and what it answers: the interface behind which another engine could stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.words import words as words_of

LONGEST = 300
"""Characters of a query that are read."""
MOST_WORDS = 12
"""Words and phrases of a query that are looked for."""

_PART = re.compile(r'(?P<no>(?<!\S)-)?(?:"(?P<a>[^"]*)"|«(?P<b>[^»]*)»|“(?P<c>[^”]*)”|(?P<word>[^\s"«»“”]+))')

Facets = Mapping[str, tuple[tuple[str, str, int], ...]]


@dataclass(frozen=True, slots=True)
class Query:
    """`words` and `excluded` as typed, `phrases` without their quotation marks. Filters are empty where not set."""

    text: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    work: str = ""
    """The slug of a work."""
    kind: str = ""
    """Of the passages: a value of `search.models.IndexedUnit.Kind`."""
    tag: str = ""
    author: str = ""
    language: str = ""
    year_from: int | None = None
    year_to: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.phrases


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    """Of the passage: text, heading, note, caption, table, reference, person or work."""
    anchor: str
    path: str
    """Of the page, without the prefix of a language."""
    href: str
    """The path with the anchor."""
    heading_path: tuple[str, ...]
    """The titles above the passage, the nearest one last."""
    snippet: tuple[tuple[str, bool], ...]
    """Pieces of text, each with whether it is what was looked for."""
    language: str
    score: float


@dataclass(frozen=True, slots=True)
class WorkHits:
    work: str
    """Its slug."""
    kind: str
    kind_label: str
    title: str
    authors: tuple[str, ...]
    date: str
    href: str
    hits: tuple[Hit, ...]
    more: int
    """Hits of this work that are not shown."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    query: Query
    works: tuple[WorkHits, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    proposal: str = ""
    """The query with misspelt words replaced by words of the site."""
    alone: tuple[str, ...] = ()
    """Where nothing holds all of several words: those that some text holds, as typed."""
    facets: Facets = field(default_factory=dict)
    """Filter to rows of value, label and count, the most frequent first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    kind: str
    """work, section, person or tag."""
    label: str
    detail: str
    """Of a section, the title of its work; of a work, the code of its kind."""
    href: str


def parse(
    text: str,
    *,
    work: str = "",
    kind: str = "",
    tag: str = "",
    author: str = "",
    language: str = "",
    year_from: int | None = None,
    year_to: int | None = None,
) -> Query:
    """The query that a text asks. Whatever the text, it never raises: what cannot be read is no word."""
    found: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for part in _PART.finditer(text[:LONGEST].replace("\x00", " ")):
        phrase = part["a"] or part["b"] or part["c"] or ""
        plain = part["word"] or ""
        if not words_of(phrase or plain):
            continue
        if part["no"]:
            excluded.append(phrase or plain)
        elif phrase:
            phrases.append(phrase)
        elif plain.startswith("-") and len(found) + len(phrases):
            excluded.append(plain.lstrip("-"))
        else:
            found.append(plain)
    phrases = phrases[:MOST_WORDS]
    return Query(
        text=text[:LONGEST],
        words=tuple(found[: MOST_WORDS - len(phrases)]),
        phrases=tuple(phrases),
        excluded=tuple(excluded[:MOST_WORDS]),
        work=work,
        kind=kind,
        tag=tag,
        author=author,
        language=language,
        year_from=year_from,
        year_to=year_to,
    )
