"""Pictures that lie beside a source on the disk, taken when their content says that they are pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.text import slugify

from publishing.pictures import checked_picture


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    """Fit for storage: ASCII, with the ending of its real format."""
    data: bytes


def read_picture(path: Path) -> Picture | None:
    """The picture in a file, cleaned as an upload is, or None where it is too large, damaged or no picture at all."""
    try:
        with path.open("rb") as file:
            checked = checked_picture(File(file, name=path.name))
    except (ValidationError, OSError):
        return None
    name = PurePosixPath(checked.name or "")
    return Picture((slugify(name.stem)[:80] or "image") + name.suffix, checked.read())


@dataclass(frozen=True, slots=True)
class PicturesBeside:
    """The pictures of a source's folder. Nothing outside `root` is ever opened, whatever a source names."""

    source: Path
    root: Path

    def named(self, name: str) -> Picture | None:
        """The picture that the source names: where it says, beside the source, or in the folder of pictures."""
        if not name or "://" in name or "\x00" in name or "\\" in name:
            return None
        wanted = PurePosixPath(name.lstrip("/"))
        if not wanted.name or ".." in wanted.parts:
            return None
        for folder in (self.source.parent, self.root):
            for path in (folder / wanted, folder / wanted.name, folder / "images" / wanted.name):
                if (picture := self._open(path)) is not None:
                    return picture
        return None

    def figure(self, number: str) -> Picture | None:
        """The picture of a figure that the source does not name: « these-figure-3-usages.png » beside « these.md »."""
        if not re.fullmatch(r"[\w.]{1,20}", number):
            return None
        for folder in (self.source.parent, self.root):
            for pictures in (folder, folder / "images"):
                for path in sorted(pictures.glob(f"*-figure-{number}[-.]*")):
                    work = path.name.split("-figure-")[0]
                    if work and self.source.stem.startswith(work) and (picture := self._open(path)) is not None:
                        return picture
        return None

    def _open(self, path: Path) -> Picture | None:
        try:
            real = path.resolve()
            inside = real.is_relative_to(self.root.resolve()) and real.is_file()
        except (OSError, ValueError, RuntimeError):
            return None
        return read_picture(real) if inside else None
