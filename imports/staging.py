"""Where uploaded bytes wait between the upload and the importer's decision: one folder a user, one file a source.

No row of the database knows of them. A file is a line of JSON (its name, when it came), then the bytes as received.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.translation import gettext as _

from imports.actions.import_source import clean_name
from imports.refusals import ImportRefused

LIFETIME = datetime.timedelta(hours=24)
MOST = 30
"""Files that may wait for one user."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_HEADER_LENGTH = 4096
_DECIDED = ".json"
DECIDED_MAX_SIZE = 2 * 1024 * 1024
"""Bytes of the decisions about one upload."""


@dataclass(frozen=True, slots=True)
class Staged:
    token: str
    name: str
    received: datetime.datetime
    size: int

    @property
    def expires(self) -> datetime.datetime:
        return self.received + LIFETIME


def stage(user: User | AnonymousUser, *, name: str, data: bytes) -> Staged:
    """Put bytes aside for this user. Raises ImportRefused when too many wait already."""
    purge()
    if len(waiting(user)) >= MOST:
        raise ImportRefused(_("%d fichiers attendent déjà votre relecture : importez-les ou abandonnez-les.") % MOST)
    token = secrets.token_urlsafe(16)
    now = timezone.now()
    header = json.dumps({"name": clean_name(name), "received": now.isoformat(), "size": len(data)})
    storages["staging"].save(f"{user.pk}/{token}", ContentFile(header.encode() + b"\n" + data))
    return Staged(token, clean_name(name), now, len(data))


def waiting(user: User | AnonymousUser) -> list[Staged]:
    """What waits for this user, the oldest first."""
    storage = storages["staging"]
    folder = str(user.pk)
    if not storage.exists(folder):
        return []
    found = [row for token in storage.listdir(folder)[1] if (row := _header(folder, token)) is not None]
    return sorted((row for row in found if row.expires > timezone.now()), key=lambda row: row.received)


def unstage(user: User | AnonymousUser, token: str) -> tuple[Staged, bytes] | None:
    """What waits under this token for this user, with its bytes; None where nothing (more) does."""
    row = _header(str(user.pk), token)
    if row is None or row.expires <= timezone.now():
        return None
    with storages["staging"].open(f"{user.pk}/{token}") as file:
        content: bytes = file.read(settings.SOURCE_MAX_SIZE + _HEADER_LENGTH)
    return row, content.partition(b"\n")[2]


def discard(user: User | AnonymousUser, token: str) -> None:
    if _TOKEN.fullmatch(token):
        storages["staging"].delete(f"{user.pk}/{token}")
        storages["staging"].delete(f"{user.pk}/{token}{_DECIDED}")


def decided_so_far(user: User | AnonymousUser, token: str) -> dict[str, Any]:
    """What was decided about an upload that still waits: the JSON of `keep_decided`, or nothing."""
    if not _TOKEN.fullmatch(token):
        return {}
    try:
        with storages["staging"].open(f"{user.pk}/{token}{_DECIDED}") as file:
            rows: dict[str, Any] = json.loads(file.read(DECIDED_MAX_SIZE))
            return rows
    except FileNotFoundError:
        return {}


def keep_decided(user: User | AnonymousUser, token: str, rows: dict[str, Any]) -> None:
    """Keep what was decided about an upload beside it. Raises ImportRefused where it is too much."""
    if _header(str(user.pk), token) is None:
        return
    content = json.dumps(rows).encode()
    if len(content) > DECIDED_MAX_SIZE:
        raise ImportRefused(_("Trop de décisions pour un seul fichier : corrigez plutôt la source."))
    # Replaced at one stroke: who reads meanwhile sees what was decided before or after, never half of it.
    path = Path(storages["staging"].path(f"{user.pk}/{token}{_DECIDED}"))
    fresh = path.with_name(f"{token}.{secrets.token_hex(4)}")
    fresh.write_bytes(content)
    os.replace(fresh, path)


def purge() -> None:
    """Delete what nobody came back for."""
    storage = storages["staging"]
    if not storage.exists(""):
        return
    for folder in storage.listdir("")[0]:
        for token in storage.listdir(folder)[1]:
            row = _header(folder, token)
            if row is not None and row.expires <= timezone.now():
                storage.delete(f"{folder}/{token}")
                storage.delete(f"{folder}/{token}{_DECIDED}")


def _header(folder: str, token: str) -> Staged | None:
    if not _TOKEN.fullmatch(token):
        return None
    try:
        with storages["staging"].open(f"{folder}/{token}") as file:
            values = json.loads(file.read(_HEADER_LENGTH).partition(b"\n")[0])
    except FileNotFoundError:
        # Confirmed or abandoned in another window since it was listed.
        return None
    return Staged(token, values["name"], datetime.datetime.fromisoformat(values["received"]), values["size"])
