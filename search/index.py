"""Writing the index: what a work gives it, in the transaction in which readers are given the work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from search.models import IndexedUnit, IndexedWork, Word
from search.words import clean, indexed, stems, tokens

BATCH = 500
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    anchor: str
    kind: str
    """heading, text, table, note, caption or reference."""
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is found as one. `kind` is a value of `IndexedUnit.Kind`."""

    kind: str
    path: str
    """Of its page, without the prefix of a language."""
    passages: Sequence[Passage]
    title: str = ""
    heading_path: Sequence[str] = ()
    """The titles above it, with its own."""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    key: str
    """Of all works, such as `theses:a-slug`."""
    slug: str
    kind: str
    kind_label: str
    title: str
    href: str
    authors: Sequence[str] = ()
    people: Sequence[tuple[str, str]] = ()
    """Slug and name of each contributor."""
    tags: Sequence[tuple[str, str]] = ()
    language: str = ""
    date: str = ""
    """In ISO 8601, as precise as it is known."""
    year: int | None = None


def replace(work: Work, entries: Iterable[Entry]) -> None:
    """The work is found by these entries, and by no earlier ones."""
    with transaction.atomic():
        remove(work.key)
        row = IndexedWork.objects.create(
            key=work.key,
            slug=work.slug,
            kind=work.kind,
            kind_label=work.kind_label,
            title=work.title[:500],
            href=work.href,
            authors=list(work.authors),
            people=[list(person) for person in work.people],
            tags=[list(tag) for tag in work.tags],
            language=work.language,
            date=work.date,
            year=work.year,
        )
        units = [_unit(row, position, entry) for position, entry in enumerate(entries, start=1)]
        IndexedUnit.objects.bulk_create(units, batch_size=BATCH)
        _count(_terms(units), _spellings(units))


def remove(key: str) -> None:
    """Nothing of the work is found any more. The database deletes nothing where nothing is."""
    with transaction.atomic():
        row = IndexedWork.objects.filter(key=key).first()
        if row is None:
            return
        _count(_terms(row.units.only("title_terms", "text_terms")), {}, sign=-1)
        row.delete()


def _unit(row: IndexedWork, position: int, entry: Entry) -> IndexedUnit:
    title = _SPACES.sub(" ", clean(entry.title)).strip()
    passages = [[passage.anchor, passage.kind, clean(passage.text)] for passage in entry.passages]
    return IndexedUnit(
        work=row,
        position=position,
        kind=entry.kind,
        title=title[:1100],
        path=entry.path,
        heading_path=list(entry.heading_path),
        language=entry.language,
        passages=passages,
        title_terms=indexed(title),
        text_terms=indexed("\n".join(text for _, kind, text in passages if kind != "heading")),
    )


def _terms(units: Iterable[IndexedUnit]) -> Counter[str]:
    """How many units hold each word."""
    counted: Counter[str] = Counter()
    for unit in units:
        counted.update({*unit.title_terms.split(), *unit.text_terms.split()})
    return counted


def _spellings(units: Iterable[IndexedUnit]) -> dict[str, str]:
    """Folded word to the way in which the texts write it most."""
    written: dict[str, Counter[str]] = {}
    for unit in units:
        for text in (unit.title, *(text for _, _, text in unit.passages)):
            for token in tokens(text):
                written.setdefault(token.word, Counter())[text[token.start : token.end].lower()] += 1
    return {word: max(forms, key=lambda form: (forms[form], form)) for word, forms in written.items()}


def _count(counted: Counter[str], spellings: dict[str, str], sign: int = 1) -> None:
    """Add to the vocabulary, or take from it; in one order, so that two publications never wait in a circle."""
    if sign < 0:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_word SET units = CASE WHEN units > %s THEN units - %s ELSE 0 END WHERE folded = %s",
                [(count, count, word) for word, count in sorted(counted.items())],
            )
        Word.objects.filter(units=0).delete()
        return
    rows: list[tuple[str | int, ...]] = [
        (word[:100], spellings.get(word, word)[:100], *(stem[:100] for stem in stems(word)), count)
        for word, count in sorted(counted.items())
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_word (folded, shown, french, english, units) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (folded) DO UPDATE SET units = search_word.units + excluded.units",
            rows,
        )


def keys() -> set[str]:
    return set(IndexedWork.objects.values_list("key", flat=True))
