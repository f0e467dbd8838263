"""Pictures that come with a source: stored once each, put where the text names them, and taken back on failure."""

from __future__ import annotations

import re
from typing import Any, Protocol
from urllib.parse import unquote

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.db.models.fields.files import FileField

from imports.pictures import Picture
from publishing.renditions import FOLDERS, write_renditions

_PICTURE = re.compile(r"(!\[(?:[^\[\]\\\n]|\\.)*\]\()([^()\s]+)((?:\s+\"(?:[^\"\\\n]|\\.){0,2000}\")?\))")


class Pictures(Protocol):
    """Where pictures may be found: beside a source, or nowhere."""

    def named(self, name: str) -> Picture | None: ...

    def figure(self, number: str) -> Picture | None: ...


class Supply:
    """What an import takes from the pictures it is given. `undo` deletes every file that it wrote."""

    def __init__(self, pictures: Pictures | None = None) -> None:
        self.pictures = pictures
        self.written: list[tuple[Storage, str]] = []
        self._addresses: dict[str, str] = {}

    def named(self, name: str) -> Picture | None:
        return self.pictures.named(name) if self.pictures and name else None

    def figure(self, number: str) -> Picture | None:
        return self.pictures.figure(number) if self.pictures and number else None

    def store(self, field: FileField, instance: Any, picture: Picture) -> str:
        """Write a picture where an image field keeps its own; give its name in that storage."""
        return self._write(field.storage, field.generate_filename(instance, picture.name), picture.data)

    def in_text(self, body: str) -> str:
        """The body with the address of each picture that was supplied in place of the name it had in the source."""
        if self.pictures is None:
            return body
        return _PICTURE.sub(lambda match: match[1] + self._address(match[2]) + match[3], body)

    def keep(self, storage: Storage, name: str) -> None:
        """A file that something else wrote and that goes the same way on failure."""
        self.written.append((storage, name))

    def undo(self) -> None:
        for storage, name in self.written:
            storage.delete(name)
        self.written.clear()

    def _address(self, name: str) -> str:
        if name not in self._addresses:
            picture = self.named(unquote(name))
            self._addresses[name] = name
            if picture is not None:
                stored = self._write(default_storage, f"bodies/{picture.name}", picture.data)
                self._addresses[name] = default_storage.url(stored)
        return self._addresses[name]

    def _write(self, storage: Storage, name: str, content: bytes) -> str:
        stored = storage.save(name, ContentFile(content))
        self.keep(storage, stored)
        if name.partition("/")[0] in FOLDERS:
            for rendition in write_renditions(stored, storage):
                self.keep(storage, rendition)
        return stored
