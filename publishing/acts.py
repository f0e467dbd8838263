"""The history of a work in words: act by act who, when and which parts; and within one act what each field held."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publishing.history import before, stamp
from publishing.word_diff import side_by_side

A_PAGE = 40
MOST_PARTS = 40
"""Parts of one act whose texts are compared; of an import of hundreds the others are only counted."""
NAMES = ("title", "caption", "raw", "key", "language", "role")
SILENT = {"id", "updated_at", "created_at", "document_id", "article_id", "position", "source_line", "source_last_line"}
"""Fields whose values would tell an editor nothing."""

Part = tuple[Any, dict[str, Any]]
"""A model, and the condition on its rows and versions that belong to the work."""


@dataclass(slots=True)
class ActRow:
    moment: datetime
    who: str = ""
    what: str = ""
    parts: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return stamp(self.moment)

    @property
    def summary(self) -> str:
        counted = ", ".join(f"{name}\u202f: {count}" for name, count in self.parts.items())
        return f"{counted} ({', '.join(self.names)})" if self.names and len(self.names) <= 3 else counted


def acts(parts: Sequence[Part], until: datetime | None = None) -> tuple[list[ActRow], datetime | None]:
    """The last acts on a work, newest first, without texts; and the moment from which the older ones can be asked."""
    moments: set[datetime] = set()
    for model, which in parts:
        found = model.history.model.objects.filter(**which)
        if until is not None:
            found = found.filter(history_date__lte=until)
        moments.update(found.order_by("-history_date").values_list("history_date", flat=True).distinct()[: A_PAGE + 1])
    ordered = sorted(moments, reverse=True)
    rows = {moment: ActRow(moment) for moment in ordered[:A_PAGE]}
    users: dict[datetime, int | None] = {}
    for model, which in parts if rows else ():
        columns = {kept.attname for kept in model.history.model.tracked_fields}
        name = next((name for name in NAMES if name in columns), "history_type")
        versions = model.history.model.objects.filter(
            history_date__gte=ordered[:A_PAGE][-1], history_date__lte=ordered[0], **which
        )
        values = ("history_date", "history_user_id", "history_change_reason", "history_type", name)
        for moment, user, reason, kind, named in versions.order_by("history_id").values_list(*values):
            row = rows[moment]
            label = f"{capfirst(model._meta.verbose_name)}, {KINDS[kind]()}"
            row.parts[label] = row.parts.get(label, 0) + 1
            row.what = row.what or reason or ""
            row.names.append(str(named)[:60])
            users[moment] = user
    people = User.objects.filter(pk__in=[user for user in users.values() if user is not None])
    known = {user.pk: user.get_full_name() or user.get_username() for user in people}
    for moment, row in rows.items():
        row.who = known.get(users.get(moment) or 0, "")
    return list(rows.values()), ordered[A_PAGE] if len(ordered) > A_PAGE else None


KINDS = {
    "+": lambda: _("ajout"),
    "~": lambda: _("modification"),
    "-": lambda: _("suppression"),
}


@dataclass(slots=True)
class Difference:
    label: str
    kind: str
    version: Any
    fields: list[tuple[str, Any, Any]] = field(default_factory=list)
    """Name of the field, what it held before and after, as safe HTML."""


def differences(parts: Sequence[Part], moment: datetime) -> tuple[list[Difference], int]:
    """What one act changed, part by part, and how many parts are not shown."""
    found: list[Difference] = []
    more = 0
    for model, which in parts:
        versions = model.history.model.objects.filter(history_date=moment, **which).order_by("history_id")
        room = MOST_PARTS - len(found)
        more += max(0, versions.count() - room)
        found += compared(model, list(versions[:room]))
    return found, more


def compared(model: Any, versions: list[Any]) -> list[Difference]:
    """Each version beside the one before it; versions of one act."""
    earlier = before(versions)
    return [difference(model, version, earlier.get(version.id)) for version in versions]


def difference(model: Any, version: Any, old: Any) -> Difference:
    name = next((str(value) for each in NAMES if (value := getattr(version, each, ""))), "")
    shown = Difference(
        f"{capfirst(model._meta.verbose_name)} «\u202f{name[:120]}\u202f»", version.history_type, version
    )
    gone = version.history_type == "-"
    was_there = old is not None and old.history_type != "-"
    for kept in version.tracked_fields:
        if kept.attname in SILENT:
            continue
        after = "" if gone else _plain(kept, getattr(version, kept.attname))
        then = _plain(kept, getattr(version if gone else old, kept.attname)) if gone or was_there else ""
        if after != then:
            one, two = side_by_side(after, then)
            shown.fields.append((str(capfirst(kept.verbose_name)), two, one))
    return shown


def _plain(kept: Any, value: Any) -> str:
    """The value in the words of the form: a choice by its label, a date as it is written."""
    if value in (None, {}, []):
        return ""
    label = dict(kept.flatchoices).get(value)
    if label is not None:
        return str(label)
    if isinstance(value, date):
        return date_format(localtime(value) if isinstance(value, datetime) else value)
    return json.dumps(value, ensure_ascii=False, indent=1) if isinstance(value, dict | list) else str(value)
