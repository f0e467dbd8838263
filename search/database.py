"""The two databases, asked the same: which units hold what is looked for, the best ones first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection

from search.terms import Term

CANDIDATES = 300
"""Units that are ranked by `search.ranking`; where more hold the words, the database's own rank chooses them."""
RANKED = 4000
"""Units of which PostgreSQL computes that rank: it has to read each, where the index of SQLite holds what is needed."""
LOOKED_AT = 4000
"""Titles that are compared while one types."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What must be found and what must not, and where. `works` are keys; None for all. `language` may be empty."""

    terms: Sequence[Term]
    excluded: Sequence[Term]
    works: Collection[int] | None
    kinds: Collection[str]
    language: str


@dataclass(frozen=True, slots=True)
class Candidate:
    unit: int
    work: int
    kind: str
    language: str
    title_terms: str
    text_terms: str


@dataclass(frozen=True, slots=True)
class Count:
    work: int
    kind: str
    language: str
    units: int


@dataclass(frozen=True, slots=True)
class Name:
    kind: str
    title_terms: str
    unit: int


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


def _fts5(term: Term) -> list[str]:
    return [f'"{form}"' for form in sorted(term.forms)] + [f'"{" ".join(words)}"' for words in term.sequences]


def _tsquery(term: Term) -> list[str]:
    rows = [f"'{form}'" for form in sorted(term.forms)]
    return rows + ["(" + " <-> ".join(f"'{word}'" for word in words) + ")" for words in term.sequences]


def candidates(asked: Asked, *, are_many: bool = False) -> list[Candidate]:
    """The best by the rank of the database, which PostgreSQL gives to the `RANKED` that were written last.

    Where there are many, units with the words in their titles are ranked, and others only where these do not suffice.
    """
    if connection.vendor == "sqlite":
        source, where, values = _found(asked)
        return _candidates(
            f"SELECT {_COLUMNS} FROM {source} WHERE {where}"  # noqa: S608
            f" ORDER BY bm25(search_words, 4.0, 1.0), u.id LIMIT {CANDIDATES:d}",
            values,
        )
    if not are_many:
        return _ranked(asked)
    titled = _ranked(asked, " AND to_tsvector('simple', u.title_terms) @@ to_tsquery('simple', %s)")
    if len(titled) == CANDIDATES:
        return titled
    known = {row.unit for row in titled}
    return [*titled, *(row for row in _ranked(asked) if row.unit not in known)][:CANDIDATES]


def _ranked(asked: Asked, in_titles: str = "") -> list[Candidate]:
    """Of at most `RANKED` units the best by PostgreSQL.

    They are chosen by the index before any is read. Without MATERIALIZED, PostgreSQL would like to go through the units
    from the last one, and read each to see whether it holds the words.
    """
    source, where, values = _found(asked)
    if in_titles:
        values.append(expression(asked.terms))
    return _candidates(
        f"WITH found AS MATERIALIZED (SELECT u.id, u.words, query FROM {source} WHERE {where}{in_titles}),"  # noqa: S608
        f" read AS (SELECT * FROM found ORDER BY id DESC LIMIT {RANKED:d}),"
        f" best AS (SELECT id, ts_rank(words, query, 1) AS rank FROM read ORDER BY rank DESC, id LIMIT {CANDIDATES:d})"
        f" SELECT {_COLUMNS} FROM best JOIN search_indexedunit u USING (id) ORDER BY best.rank DESC, u.id",
        values,
    )


_COLUMNS = "u.id, u.work_id, u.kind, u.language, u.title_terms, u.text_terms"


def _candidates(statement: str, values: Sequence[str | int]) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Candidate(*row) for row in cursor.fetchall()]


def counts(asked: Asked) -> list[Count]:
    """How many units match, for each work, kind and language."""
    source, where, values = _found(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT u.work_id, u.kind, u.language, COUNT(*) FROM {source} WHERE {where}"  # noqa: S608
            " GROUP BY u.work_id, u.kind, u.language",
            values,
        )
        return [Count(*row) for row in cursor.fetchall()]


def _found(asked: Asked) -> tuple[str, str, list[str | int]]:
    """FROM, WHERE and the values of both. Only names of our own stand in the text of the query."""
    if connection.vendor == "sqlite":
        source, where = "search_words JOIN search_indexedunit u ON u.id = search_words.rowid", "search_words MATCH %s"
    else:
        source, where = "search_indexedunit u, to_tsquery('simple', %s) query", "u.words @@ query"
    values: list[str | int] = [expression(asked.terms, asked.excluded)]
    where += f" AND u.kind IN ({_marks(asked.kinds)})"
    values += asked.kinds
    if asked.works is not None:
        where += f" AND u.work_id IN ({_marks(asked.works)})"
        values += asked.works
    if asked.language:
        where += " AND u.language = %s"
        values.append(asked.language)
    return source, where, values


def named(words: Sequence[str], last: str) -> list[Name]:
    """Works, people and keywords whose names hold these words and one that begins like the last; one unit for each,
    since a name stands in every work that has it.

    They are few beside the sections: their index is read through. The kinds are written out because SQLite takes a
    partial index for no others.
    """
    like = [*(f"% {word} %" for word in words), f"% {last}%"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, MIN(title_terms), MIN(id) FROM search_indexedunit WHERE kind IN ('work', 'person', 'tag')"  # noqa: S608
            + " AND ' ' || title_terms || ' ' LIKE %s" * len(like)
            + f" GROUP BY kind, path LIMIT {LOOKED_AT:d}",
            like,
        )
        return [Name(*row) for row in cursor.fetchall()]


def sections_titled(words: Sequence[str], last: str, most: int) -> list[int]:
    """Sections whose titles hold these words and one that begins like the last: those that begin so first, then short
    ones. Of very many, those that were written last are looked at."""
    if connection.vendor == "sqlite":
        source = _SECTIONS_SQLITE
        matching = "title_terms : (" + " AND ".join([*(f'"{word}"' for word in words), f'"{last}"*']) + ")"
    else:
        source = _SECTIONS_POSTGRESQL
        matching = " & ".join([*(f"'{word}'" for word in words), f"'{last}':*"])
    start = " ".join([*words, last])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({source}) AS looked_at"  # noqa: S608
            f" ORDER BY substr(title_terms, 1, {len(start):d}) <> %s, length(title_terms), id LIMIT {most:d}",
            [matching, LOOKED_AT, start],
        )
        return [row[0] for row in cursor.fetchall()]


_SECTIONS_SQLITE = """
    SELECT u.id, u.title_terms FROM (
        SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT %s
    ) AS found JOIN search_indexedunit u ON u.id = found.rowid WHERE u.kind = 'text'
"""
_SECTIONS_POSTGRESQL = """
    WITH found AS MATERIALIZED (
        SELECT u.id, u.title_terms FROM search_indexedunit u
        WHERE to_tsvector('simple', u.title_terms) @@ to_tsquery('simple', %s) AND u.kind = 'text'
    ) SELECT * FROM found ORDER BY id DESC LIMIT %s
"""


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"
