"""Finding: a query in, results by work out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from search import database
from search.models import IndexedUnit, IndexedWork
from search.ranking import score
from search.results import Facets, Hit, Query, Results, WorkHits
from search.snippets import place
from search.spelling import proposal
from search.terms import Term, terms_of

Kind = IndexedUnit.Kind
FOUND = (Kind.TEXT, Kind.WORK, Kind.NOTE, Kind.CAPTION, Kind.REFERENCE, Kind.PERSON)
"""Kinds that are found; keywords are only suggested."""
WORKS_A_PAGE = 10
HITS_A_PAGE = 20
"""Shared by the works of a page."""
FEWEST, MOST = 3, 10
"""Hits of one work among others."""
IN_A_WORK = 20
"""Hits of a page where one work alone is searched."""


def find(query: Query, page: int = 1) -> Results:
    """What holds all that the query asks for, the best first. At most six queries of the database."""
    if query.is_empty:
        return Results(query)
    terms, excluded = terms_of(query)
    if not terms or not all(term.is_known for term in terms):
        return _nothing(query, terms)
    works = {work.pk: work for work in IndexedWork.objects.all()}
    allowed = _allowed(query, works.values())
    kinds = [kind for kind in FOUND if not query.kind or kind == query.kind]
    if not kinds or (allowed is not None and not allowed):
        return Results(query)
    found, counted = _found(database.Asked(terms, excluded, allowed, kinds, query.language))
    total = sum(count.units for count in counted)
    if not total:
        return _nothing(query, terms)
    units = _size()
    ranked = sorted(((score(row, terms, units), row) for row in found), key=lambda pair: (-pair[0], pair[1].unit))
    held = Counter[int]()
    for count in counted:
        held[count.work] += count.units
    shown, pages = _page(ranked, page, alone=bool(query.work))
    return Results(
        query=query,
        works=_works(shown, works, held, terms),
        total=total,
        page=min(max(page, 1), pages),
        pages=pages,
        facets=_facets(counted, works),
    )


def _nothing(query: Query, terms: Sequence[Term]) -> Results:
    alone = tuple(term.typed for term in terms if term.units) if len(terms) > 1 else ()
    return Results(query, proposal=proposal(query.text, terms), alone=alone)


def _found(asked: database.Asked) -> tuple[list[database.Candidate], list[database.Count]]:
    """The units to rank, and how many there are of all; where all are ranked, the database need not count them."""
    at_most = min((term.at_most for term in asked.terms if term.at_most), default=0)
    found = database.candidates(asked, are_many=at_most > database.RANKED)
    if len(found) == database.CANDIDATES:
        return found, database.counts(asked)
    counted = Counter((row.work, row.kind, row.language) for row in found)
    return found, [database.Count(*key, units) for key, units in counted.items()]


def _size() -> int:
    """About how many units there are; rarity needs no more than the order of size.

    Two queries, each of which reads one end of an index: SQLite would read all of it for both ends at once.
    """
    last = IndexedUnit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    first = IndexedUnit.objects.order_by("pk").values_list("pk", flat=True).first() or 0
    return max(last - first + 1, 1)


def _allowed(query: Query, works: Iterable[IndexedWork]) -> list[int] | None:
    """The keys of the works that the filters leave; None where they leave all."""
    if not (query.work or query.tag or query.author or query.year_from or query.year_to):
        return None
    return [
        work.pk
        for work in works
        if (not query.work or work.slug == query.work)
        and (not query.tag or any(slug == query.tag for slug, _ in work.tags))
        and (not query.author or any(slug == query.author for slug, _ in work.people))
        and (not query.year_from or (work.year is not None and work.year >= query.year_from))
        and (not query.year_to or (work.year is not None and work.year <= query.year_to))
    ]


Ranked = Sequence[tuple[float, database.Candidate]]


def _page(ranked: Ranked, page: int, *, alone: bool) -> tuple[dict[int, Ranked], int]:
    """The hits of a page by work, the best work first; and how many pages there are."""
    by_work: dict[int, list[tuple[float, database.Candidate]]] = defaultdict(list)
    for pair in ranked:
        by_work[pair[1].work].append(pair)
    if alone and len(by_work) == 1:
        pages = max(1, math.ceil(len(ranked) / IN_A_WORK))
        start = (min(max(page, 1), pages) - 1) * IN_A_WORK
        return {next(iter(by_work)): ranked[start : start + IN_A_WORK]}, pages
    pages = max(1, math.ceil(len(by_work) / WORKS_A_PAGE))
    start = (min(max(page, 1), pages) - 1) * WORKS_A_PAGE
    here = list(by_work)[start : start + WORKS_A_PAGE]
    share = min(MOST, max(FEWEST, HITS_A_PAGE // max(len(here), 1)))
    return {work: by_work[work][:share] for work in here}, pages


def _works(
    shown: Mapping[int, Ranked], works: Mapping[int, IndexedWork], held: Mapping[int, int], terms: Sequence[Term]
) -> tuple[WorkHits, ...]:
    wanted: Collection[int] = [row.unit for rows in shown.values() for _, row in rows]
    units = IndexedUnit.objects.defer("title_terms", "text_terms").in_bulk(wanted)
    found = []
    for key, rows in shown.items():
        work = works[key]
        hits = tuple(_hit(units[row.unit], worth, terms) for worth, row in rows)
        found.append(
            WorkHits(
                work=work.slug,
                kind=work.kind,
                kind_label=work.kind_label,
                title=work.title,
                authors=tuple(work.authors),
                date=work.date,
                href=work.href,
                hits=hits,
                more=max(0, held[key] - len(hits)),
                language=work.language,
            )
        )
    return tuple(found)


def _hit(unit: IndexedUnit, worth: float, terms: Sequence[Term]) -> Hit:
    at = place(unit.passages, terms)
    return Hit(
        kind=at.kind if unit.kind == Kind.TEXT else unit.kind,
        anchor=at.anchor,
        path=unit.path,
        href=f"{unit.path}#{at.anchor}" if at.anchor else unit.path,
        heading_path=tuple(unit.heading_path),
        snippet=at.snippet,
        language=unit.language,
        score=round(worth, 4),
    )


def _facets(counted: Sequence[database.Count], works: Mapping[int, IndexedWork]) -> Facets:
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    sums: dict[str, Counter[str]] = defaultdict(Counter)

    def add(name: str, value: str, label: str, units: int) -> None:
        labels[name][value] = label
        sums[name][value] += units

    for count in counted:
        work = works[count.work]
        add("kind", count.kind, str(Kind(count.kind).label), count.units)
        add("work", work.slug, work.title, count.units)
        if count.language:
            add("language", count.language, count.language, count.units)
        for slug, name in work.people:
            add("author", slug, name, count.units)
        for slug, name in work.tags:
            add("tag", slug, name, count.units)
        if work.year:
            add("year", str(work.year), str(work.year), count.units)
    return {
        name: tuple((value, labels[name][value], units) for value, units in sums[name].most_common()) for name in sums
    }
