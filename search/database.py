"""The two databases, asked the same: which units hold what is looked for, the best ones first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from search.terms import Term

CANDIDATES = 300
"""Units that are ranked by `search.ranking`; where more hold the words, the database's own rank chooses them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    unit: int
    work: int
    kind: str
    title_terms: str
    text_terms: str


@dataclass(frozen=True, slots=True)
class Count:
    work: int
    kind: str
    language: str
    units: int


def expression(terms: Sequence[Term], excluded: Sequence[Term] = ()) -> str:
    """The terms in the language of this database. They are letters and digits alone, and are quoted all the same."""
    if connection.vendor == "sqlite":
        both, either, but, parts_of = " AND ", " OR ", " NOT ", _fts5
    else:
        both, either, but, parts_of = " & ", " | ", " & !", _tsquery
    wanted = both.join(f"({either.join(parts_of(term))})" for term in terms)
    if not excluded:
        return wanted
    return f"({wanted}){but}({either.join(part for term in excluded for part in parts_of(term))})"


def beginning(words: Sequence[str], last: str) -> str:
    """Titles that hold these words, and one that begins like the last."""
    if connection.vendor == "sqlite":
        parts = [*(f'"{word}"' for word in words), f'"{last}"*']
        return f"title_terms : ({' AND '.join(parts)})"
    return " & ".join([*(f"'{word}':A" for word in words), f"'{last}':*A"])


def _fts5(term: Term) -> list[str]:
    return [f'"{form}"' for form in sorted(term.forms)] + [f'"{" ".join(words)}"' for words in term.sequences]


def _tsquery(term: Term) -> list[str]:
    rows = [f"'{form}'" for form in sorted(term.forms)]
    return rows + ["(" + " <-> ".join(f"'{word}'" for word in words) + ")" for words in term.sequences]


def candidates(
    matching: str, works: Collection[int] | None, kinds: Collection[str], language: str, most: int = CANDIDATES
) -> list[Candidate]:
    """`works` are the keys of those that may be found; None for all."""
    source, where, values = _found(matching, works, kinds, language)
    rank = "bm25(search_words, 4.0, 1.0)" if connection.vendor == "sqlite" else "-ts_rank(u.words, query, 1)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT u.id, u.work_id, u.kind, u.title_terms, u.text_terms FROM {source} WHERE {where}"  # noqa: S608
            f" ORDER BY {rank}, u.id LIMIT {most:d}",
            values,
        )
        return [Candidate(*row) for row in cursor.fetchall()]


def counts(matching: str, works: Collection[int] | None, kinds: Collection[str], language: str) -> list[Count]:
    """How many units match, for each work, kind and language."""
    source, where, values = _found(matching, works, kinds, language)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT u.work_id, u.kind, u.language, COUNT(*) FROM {source} WHERE {where}"  # noqa: S608
            " GROUP BY u.work_id, u.kind, u.language",
            values,
        )
        return [Count(*row) for row in cursor.fetchall()]


def _found(
    matching: str, works: Collection[int] | None, kinds: Collection[str], language: str
) -> tuple[str, str, list[str | int]]:
    """FROM, WHERE and the values of both. Only names of our own stand in the text of the query."""
    if connection.vendor == "sqlite":
        source, where = "search_words JOIN search_indexedunit u ON u.id = search_words.rowid", "search_words MATCH %s"
    else:
        source, where = "search_indexedunit u, to_tsquery('simple', %s) query", "u.words @@ query"
    values: list[str | int] = [matching]
    where += f" AND u.kind IN ({_marks(kinds)})"
    values += kinds
    if works is not None:
        where += f" AND u.work_id IN ({_marks(works)})"
        values += works
    if language:
        where += " AND u.language = %s"
        values.append(language)
    return source, where, values


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"
