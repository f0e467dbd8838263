"""Suggestions while one types: titles of works and sections, people and keywords that hold the words typed so far."""

from __future__ import annotations

from search import database
from search.models import IndexedUnit, IndexedWork
from search.results import Suggestion
from search.words import words

Kind = IndexedUnit.Kind
KINDS = {Kind.WORK: "work", Kind.PERSON: "person", Kind.TAG: "tag", Kind.TEXT: "section"}
"""Those that are suggested, in the order in which they are shown."""
LOOKED_AT = 120


def suggest(prefix: str, limit: int = 8) -> list[Suggestion]:
    """Three queries of the database; none where nothing was typed."""
    typed = words(prefix[:100])
    if not typed:
        return []
    *whole, last = typed[-6:]
    rows = database.candidates(database.beginning(whole, last), None, list(KINDS), "", most=LOOKED_AT)
    units = IndexedUnit.objects.defer("text_terms").in_bulk([row.unit for row in rows])
    works = IndexedWork.objects.in_bulk({row.work for row in rows})
    order = list(KINDS)
    start = " ".join(typed)
    ranked = sorted(
        (units[row.unit] for row in rows),
        key=lambda unit: (
            not unit.title_terms.startswith(start),
            order.index(Kind(unit.kind)),
            len(unit.title),
            unit.pk,
        ),
    )
    found: dict[str, Suggestion] = {}
    for unit in ranked:
        anchor = unit.passages[0][0] if unit.kind == Kind.TEXT and unit.passages else ""
        href = f"{unit.path}#{anchor}" if anchor else unit.path
        work = works[unit.work_id]
        detail = {Kind.WORK: work.kind_label, Kind.TEXT: work.title}.get(Kind(unit.kind), "")
        found.setdefault(href, Suggestion(KINDS[Kind(unit.kind)], unit.title, detail, href))
        if len(found) == limit:
            break
    return list(found.values())
