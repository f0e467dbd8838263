"""Rows of a work put back to what they held before: those that differ are written, those that were not there go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.history import values_of
from publishing.models import Author, Contribution

NOT_OF_THE_TEXT = {
    *("id", "updated_at", "created_at"),
    *("slug", "state", "scheduled_for", "first_published_at", "published_at", "withdrawn_at", "current_edition_id"),
}
"""Of the row of a work, what putting back leaves alone: its address and what readers see are no part of a draft."""


def put_rows(
    model: Any, which: dict[str, Any], wanted: Iterable[Any], names: Sequence[str], *, keep_others: bool = False
) -> int:
    """How many rows were written. `wanted` are rows of the model as they shall be, those without key being new.

    `which` is the condition on all rows in question; rows that are not wanted are deleted, unless they are to be kept.
    Raises ValidationError where another row has taken an address or a key that one of them had.
    """
    try:
        with transaction.atomic():
            return _put(model, which, wanted, names, keep_others=keep_others)
    except IntegrityError as error:
        raise ValidationError(_("Une adresse a été reprise entre-temps : rien n’a été remis.")) from error


def _put(model: Any, which: dict[str, Any], wanted: Iterable[Any], names: Sequence[str], *, keep_others: bool) -> int:
    rows = {row.pk: row for row in model.objects.filter(**which)}
    goals = list(wanted)
    kept = {goal.pk for goal in goals}
    gone = [] if keep_others else [key for key in rows if key not in kept]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    changed = []
    for goal in goals:
        row = rows.get(goal.pk)
        if row is not None and any(getattr(row, name) != getattr(goal, name) for name in names):
            for name in names:
                setattr(row, name, getattr(goal, name))
            if hasattr(row, "updated_at"):
                row.updated_at = timezone.now()
            changed.append(row)
    if changed:
        written = {*names, "updated_at"}
        fields = [field.name for field in model._meta.concrete_fields if field.attname in written]
        model.objects.bulk_update(changed, fields, batch_size=100)
    back = [goal for goal in goals if goal.pk not in rows]
    model.objects.bulk_create(back)
    return len(changed) + len(back) + len(gone)


def as_rows(model: Any, versions: Iterable[Any]) -> list[Any]:
    """Versions of the history as rows of their model, not stored; none of a person whom the site no longer knows."""
    rows = [model(**values_of(version, version)) for version in versions]
    if not issubclass(model, Contribution):
        return rows
    known = set(Author.objects.filter(pk__in={row.author_id for row in rows}).values_list("pk", flat=True))
    return [row for row in rows if row.author_id in known]


def frozen(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The fields of a row as JSON holds them: dates in ISO 8601, pictures by name, people and others by key."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.name or "" if isinstance(value, models.fields.files.FieldFile) else value


def thawed(model: Any, which: dict[str, Any], values: Sequence[dict[str, Any]], same: Sequence[str]) -> list[Any]:
    """Frozen rows as they shall be, for `put_rows`. Fields that were not frozen stay as they are today.

    `same` names the fields by which a row is known again, such as its anchor. A row that was deleted since comes back
    under its old key, and so with its history.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    goals = [model(**which, **{name: fields[name].to_python(value) for name, value in row.items()}) for row in values]
    wanted = {_mark(goal, same) for goal in goals}
    rows = {row.pk: row for row in model.objects.filter(**which)}
    known = {_mark(row, same): row for row in rows.values()}
    taken = {row.pk for mark, row in known.items() if mark in wanted}
    for mark, version in _last_versions(model, which, same, wanted - known.keys()).items():
        known[mark] = as_rows(model, [version])[0]
        if version.id in taken:
            known[mark].pk = None
        taken.add(version.id)
    found: list[Any] = []
    for goal, frozen_values in zip(goals, values, strict=True):
        row = copy(known.get(_mark(goal, same))) or goal
        for name in frozen_values:
            setattr(row, name, getattr(goal, name))
        found.append(row)
    return found


def _mark(row: Any, same: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in same)


def _last_versions(
    model: Any, which: dict[str, Any], same: Sequence[str], lost: set[tuple[Any, ...]]
) -> dict[tuple[Any, ...], Any]:
    """The last version of each row that is gone, by its mark: no text of any other version is read."""
    if not lost:
        return {}
    versions = model.history.model.objects
    marks = versions.filter(**which).order_by("history_id").values_list("history_id", *same)
    last = {tuple(mark): key for key, *mark in marks if tuple(mark) in lost}
    return {_mark(version, same): version for version in versions.filter(history_id__in=last.values())}
