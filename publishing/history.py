"""The history of works: every version of every row that editors change, with who changed it, when, and in which act.

django-simple-history keeps the versions, one table beside each table. What is added here: all that one act writes
carries one moment, so that it can be shown, compared and taken back as a whole; and writes in bulk are kept too, since
a `RecordedQuerySet` leaves no way around the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from simple_history.models import HistoricalRecords

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BATCH = 500


@dataclass(slots=True)
class Act:
    """One thing that somebody does, whatever number of rows it writes."""

    user: Any = None
    what: str = ""
    moment: datetime = field(default_factory=timezone.now)


_act: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def recording(*, user: Any, what: str) -> Iterator[Act]:
    """All that is written within is one act; an act within an act is part of the outer one."""
    outer = _act.get()
    if outer is not None:
        yield outer
        return
    act = Act(user if user is not None and user.pk else None, what)
    token = _act.set(act)
    try:
        yield act
    finally:
        _act.reset(token)


def current_act() -> Act:
    """The act under way: the one that `recording` opened, else all that the request of an editor writes."""
    act = _act.get()
    if act is not None:
        return act
    request = getattr(HistoricalRecords.context, "request", None)
    if request is None:
        return Act()
    if not hasattr(request, "act"):
        user = getattr(request, "user", None)
        request.act = Act(user if user is not None and user.is_authenticated else None)
    kept: Act = request.act
    return kept


class WorkHistory(HistoricalRecords):  # type: ignore[misc]  # The package has no types.
    """The history of a model: `history = WorkHistory()`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_change_reason_field=models.TextField(null=True), **options)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Versions are nobody's to change, so there are no permissions to give."""
        options: dict[str, Any] = super().get_meta_options(model)
        return {**options, "default_permissions": ()}

    def get_history_user(self, instance: models.Model) -> Any:
        return current_act().user

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str | None) -> str:
        return current_act().what

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        instance._history_date = current_act().moment
        super().create_historical_record(instance, history_type, using=using)


class RecordedQuerySet(models.QuerySet[Any]):
    """The rows of a model with a history: what is written in bulk is recorded as what is saved one by one."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        with transaction.atomic(using=self.db, savepoint=False):
            created = super().bulk_create(objs, *args, **kwargs)
            keep_versions(self.model, created, "+")
        return created

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """The rows must be whole, as they are stored: a version says what each of their fields held."""
        rows = list(objs)
        with transaction.atomic(using=self.db, savepoint=False):
            # Django writes through `update`, which would read every row again to record it.
            plain: models.QuerySet[Any] = models.QuerySet(self.model, using=self.db)
            count = plain.bulk_update(rows, fields, batch_size=batch_size)
            keep_versions(self.model, rows, "~")
        return count

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def update(self, **values: Any) -> int:
        """Fields without history, such as the date of a text, cost nothing more."""
        tracked = {name for kept in self.model.history.model.tracked_fields for name in (kept.name, kept.attname)}
        if not tracked & values.keys():
            return super().update(**values)
        with transaction.atomic(using=self.db, savepoint=False):
            keys = list(self.order_by().values_list("pk", flat=True))
            count = super().update(**values)
            for start in range(0, len(keys), BATCH):
                rows = self.model._base_manager.using(self.db).filter(pk__in=keys[start : start + BATCH])
                keep_versions(self.model, rows, "~")
        return count

    update.alters_data = True  # type: ignore[attr-defined]


class RecordedManager(models.Manager[Any]):
    """`objects = RecordedManager()` in a model that has a history."""

    def get_queryset(self) -> RecordedQuerySet:
        return RecordedQuerySet(self.model, using=self._db)


def keep_versions(model: Any, rows: Iterable[Any], kind: str) -> None:
    """A version of each row as it stands in memory. `kind` is "+" for new rows, "~" for changed, "-" for deleted."""
    act, version = current_act(), model.history.model
    version.objects.bulk_create(
        [
            version(
                history_date=act.moment,
                history_user=act.user,
                history_change_reason=act.what,
                history_type=kind,
                **values_of(row, version),
            )
            for row in rows
        ],
        batch_size=BATCH,
    )


def values_of(row: Any, version: Any) -> dict[str, Any]:
    """What a version keeps of a row, or of another version: field to value."""
    return {kept.attname: getattr(row, kept.attname) for kept in version.tracked_fields}


def state_at(model: Any, moment: datetime, **which: Any) -> list[Any]:
    """The versions that stood just after `moment`, of the rows that existed then: two queries, whole texts."""
    versions = model.history.model.objects
    last = versions.filter(history_date__lte=moment, **which).order_by().values("id").annotate(last=Max("history_id"))
    return list(versions.filter(history_id__in=last.values("last")).exclude(history_type="-").order_by("history_id"))


def before(versions: Sequence[Any]) -> dict[int, Any]:
    """For each version of one model its predecessor, where there is one, by the key of the row."""
    if not versions:
        return {}
    model, found = type(versions[0]), {}
    keys = {version.id for version in versions}
    earliest = min(version.history_id for version in versions)
    for batch in _batches(sorted(keys)):
        last = (
            model.objects.filter(id__in=batch, history_id__lt=earliest)
            .order_by()
            .values("id")
            .annotate(last=Max("history_id"))
        )
        found.update({row.id: row for row in model.objects.filter(history_id__in=last.values("last"))})
    return found


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def stamp(moment: datetime) -> int:
    """A moment as a whole number, microseconds since 1970: exact, and fit for an address."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def moment_of(number: int) -> datetime:
    """The moment of a stamp. Raises OverflowError for a number that is no moment."""
    return EPOCH + timedelta(microseconds=number)


def first_versions(apps: Any, app: str, names: Sequence[str]) -> None:
    """For migrations: a first version of each row that was there before its model had a history."""
    for name in names:
        rows, versions = apps.get_model(app, name), apps.get_model(app, f"Historical{name}")
        kept = {field.attname for field in versions._meta.fields if not field.name.startswith("history_")}
        known = versions.objects.values("id")
        waiting: list[Any] = []
        for row in rows._base_manager.exclude(pk__in=known).iterator(chunk_size=BATCH):
            values = {name: getattr(row, name) for name in kept}
            moment = values.get("updated_at") or timezone.now()
            waiting.append(versions(history_date=moment, history_type="+", **values))
            if len(waiting) == BATCH:
                versions.objects.bulk_create(waiting)
                waiting = []
        versions.objects.bulk_create(waiting)
