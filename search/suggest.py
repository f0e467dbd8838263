"""Suggestions while one types: titles of works and sections, people and keywords that hold the words typed so far."""

from __future__ import annotations

from search import database
from search.models import IndexedUnit
from search.results import Suggestion
from search.words import words

Kind = IndexedUnit.Kind
KINDS = {Kind.WORK: "work", Kind.PERSON: "person", Kind.TAG: "tag", Kind.TEXT: "section"}
"""Those that are suggested, in the order in which they are shown."""


def suggest(prefix: str, limit: int = 8) -> list[Suggestion]:
    """Three queries of the database; none where nothing was typed."""
    typed = words(prefix[:100])
    if not typed:
        return []
    *whole, last = typed[-6:]
    start = " ".join([*whole, last])
    named = sorted(database.named(whole, last), key=lambda row: (*_order(row.kind, row.title_terms, start), row.unit))
    found = [*(row.unit for row in named[:limit]), *database.sections_titled(whole, last, most=limit)]
    units = IndexedUnit.objects.filter(pk__in=found).select_related("work").defer("text_terms")
    ranked = sorted(units, key=lambda unit: (*_order(unit.kind, unit.title_terms, start), unit.pk))
    return [_suggestion(unit) for unit in ranked[:limit]]


def _order(kind: str, title: str, start: str) -> tuple[bool, int, int]:
    return not title.startswith(start), list(KINDS).index(Kind(kind)), len(title)


def _suggestion(unit: IndexedUnit) -> Suggestion:
    anchor = unit.passages[0][0] if unit.kind == Kind.TEXT and unit.passages else ""
    href = f"{unit.path}#{anchor}" if anchor else unit.path
    detail = {Kind.WORK: unit.work.kind, Kind.TEXT: unit.work.title}.get(Kind(unit.kind), "")
    return Suggestion(KINDS[Kind(unit.kind)], unit.title, detail, href)
