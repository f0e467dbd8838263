"""Pictures that lie beside a source on the disk, taken when their content says that they are pictures."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.text import slugify
from PIL import Image

SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp", "GIF": ".gif", "AVIF": ".avif"}
"""Formats that browsers show and that hold no script, with the ending that each is stored under."""

MAX_PIXELS = 60_000_000
"""A double page at 600 dpi has 35 million; more is a mistake or an attack on memory."""


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    """Fit for storage: ASCII, with the ending of its real format."""
    data: bytes


def read_picture(path: Path) -> Picture | None:
    """The picture in a file, or None where it is too large, damaged or no picture at all."""
    try:
        if path.stat().st_size > settings.IMAGE_MAX_SIZE:
            return None
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=tuple(SUFFIXES)) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                suffix = SUFFIXES[image.format or ""]
                image.verify()
    except Exception:
        # Pillow raises a dozen kinds of errors on damaged files; each means that this is no picture to show.
        return None
    return Picture((slugify(path.stem)[:80] or "image") + suffix, data)


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
