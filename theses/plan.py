"""The outline of a draft to work on: all headings, no text; the database counts the words.

The functions here say what an operation does to order and depths, as plain lists; `theses.actions` writes it. None of
them makes a heading skip a level that did not skip one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Value
from django.db.models.functions import Length, Replace
from django.utils.translation import gettext as _

from theses.models import Document, Section

DEEPEST = 12
STEP = 1000
"""Between two positions that are given anew: so much room is left, so that a row that comes between moves no other."""


@dataclass(slots=True)
class Row:
    pk: int
    position: int
    depth: int
    title: str = ""
    number: str = ""
    kind: str = Section.Kind.SECTION
    starts_page: bool | None = None
    slug: str = ""
    words: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    rows: list[Row]

    @property
    def version(self) -> str:
        """What changes whenever somebody changes the outline, and stays where only a text was written."""
        facts = [(row.pk, row.depth, row.title, row.number, row.kind, row.starts_page) for row in self.rows]
        return sha256(repr(facts).encode()).hexdigest()[:20]

    @property
    def words(self) -> int:
        return sum(row.words for row in self.rows)

    def index(self, pk: int) -> int:
        """Raises ValidationError for a section that is not there."""
        for index, row in enumerate(self.rows):
            if row.pk == pk:
                return index
        raise ValidationError(_("Cette section n’existe plus."))

    def end(self, index: int) -> int:
        """The index after the last row that stands under this one."""
        depth, index = self.rows[index].depth, index + 1
        while index < len(self.rows) and self.rows[index].depth > depth:
            index += 1
        return index


def load_plan(document: Document) -> Plan:
    """One query, no text."""
    gap = Replace(Replace(F("body"), Value("\n"), Value(" ")), Value("  "), Value(" "))
    blanks = Length(gap) - Length(Replace(gap, Value(" "), Value("")))
    found = (
        Section.objects.filter(document=document)
        .order_by("position", "pk")
        .annotate(spaces=blanks, letters=Length("body"))
        .values_list(
            *("pk", "position", "depth", "title", "number", "kind", "starts_page", "slug", "spaces", "letters"),
        )
    )
    plan = Plan([])
    for *facts, spaces, letters in found:
        row = Row(*facts)
        row.words = spaces + 1 if letters else 0
        plan.rows.append(row)
    _note_problems(plan)
    return plan


def _note_problems(plan: Plan) -> None:
    depth = 0
    for index, row in enumerate(plan.rows):
        if row.depth > depth + 1:
            row.problems.append(_("niveau sauté"))
        if not row.words and plan.end(index) == index + 1 and row.kind != Section.Kind.BIBLIOGRAPHY:
            row.problems.append(_("vide"))
        depth = row.depth


def moved(plan: Plan, pk: int, before: int | None, depth: int | None = None) -> list[Row]:
    """The rows with a section and all under it before another one, or at the end: new rows, in their new order.

    `depth` is what is wished; it is brought to what fits there. Raises ValidationError.
    """
    start = plan.index(pk)
    end = plan.end(start)
    target = len(plan.rows) if before is None else plan.index(before)
    if start < target < end:
        raise ValidationError(_("Une section ne peut pas aller sous elle-même."))
    block = plan.rows[start:end]
    rest = plan.rows[:start] + plan.rows[end:]
    at = target if target <= start else target - len(block)
    above = rest[at - 1].depth if at else 0
    below = rest[at].depth if at < len(rest) else 1
    lowest = max(1, below - 1 - (block[-1].depth - block[0].depth))
    wished = depth if depth is not None else block[0].depth
    by = min(max(wished, lowest), above + 1) - block[0].depth
    return [*rest[:at], *_shifted(block, by), *rest[at:]]


def lifted(rows: Sequence[Row], above: int) -> list[Row]:
    """Rows that stood under a heading that went away, under what stands above them now, which is so deep."""
    by = min(0, above + 1 - rows[0].depth) if rows else 0
    return _shifted(rows, by)


def _shifted(rows: Sequence[Row], by: int) -> list[Row]:
    if any(row.depth + by > DEEPEST for row in rows):
        raise ValidationError(_("Le plan n’a que %d niveaux.") % DEEPEST)
    return [_copy(row, depth=max(1, row.depth + by)) for row in rows]


def _copy(row: Row, **values: Any) -> Row:
    return Row(**{name: values.get(name, getattr(row, name)) for name in Row.__slots__})


def up(plan: Plan, pk: int) -> list[Row]:
    """Before the sister above. Raises ValidationError where there is none."""
    start = plan.index(pk)
    above = start - 1
    while above >= 0 and plan.rows[above].depth > plan.rows[start].depth:
        above -= 1
    if above < 0 or plan.rows[above].depth < plan.rows[start].depth:
        raise ValidationError(_("Cette section est déjà la première de sa partie."))
    return moved(plan, pk, plan.rows[above].pk)


def down(plan: Plan, pk: int) -> list[Row]:
    """After the sister below. Raises ValidationError where there is none."""
    start = plan.index(pk)
    end = plan.end(start)
    if end == len(plan.rows) or plan.rows[end].depth < plan.rows[start].depth:
        raise ValidationError(_("Cette section est déjà la dernière de sa partie."))
    after = plan.end(end)
    return moved(plan, pk, plan.rows[after].pk if after < len(plan.rows) else None)


def releveled(plan: Plan, pk: int, by: int) -> list[Row]:
    """A section and all under it one level deeper or less deep. Raises ValidationError where it cannot be."""
    start = plan.index(pk)
    end = plan.end(start)
    depth = plan.rows[start].depth + by
    if depth < 1:
        raise ValidationError(_("Cette section est déjà au premier niveau."))
    if by > 0 and depth > (plan.rows[start - 1].depth if start else 0) + 1:
        raise ValidationError(_("Cette section ne peut pas descendre plus bas sous celle qui la précède."))
    return [*plan.rows[:start], *_shifted(plan.rows[start:end], by), *plan.rows[end:]]


def positioned(rows: Sequence[Row]) -> list[Row]:
    """Rows in their order, with positions that say it; as few as possible are given anew. A new row has position 0."""
    if all(one.position < other.position for one, other in pairwise(rows)) and rows[0].position:
        return list(rows)
    if all(row.position for row in rows):
        # Rows that only moved trade their places.
        places = sorted(row.position for row in rows)
        if all(one < other for one, other in pairwise(places)):
            return [_copy(row, position=place) for row, place in zip(rows, places, strict=True)]
    result: list[Row] = []
    for index, row in enumerate(rows):
        last = result[-1].position if result else 0
        if row.position > last:
            result.append(row)
            continue
        after = next((later.position for later in rows[index + 1 :] if later.position), None)
        room = (after - last) // 2 if after is not None else STEP
        result.append(_copy(row, position=last + (room if room > 0 else STEP)))
    return result
