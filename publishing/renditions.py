"""A stored picture in several widths and in lighter formats, so that a telephone does not load what a wall could show.

before: figures/usages.png
after:  figures/usages.png.480.avif, figures/usages.png.480.webp, figures/usages.png.800.avif, …

They are written when the picture is stored, never when a page is read. The picture keeps its address and is shown by
browsers that know neither format.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from PIL import Image, features

WIDTHS = (480, 800, 1200, 1600)
"""Pixels. The text is 570 wide on a desk, and a telephone of 390 has three pixels for each of them."""
FORMATS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "avif": ("image/avif", {"quality": 58, "speed": 8}),
    "webp": ("image/webp", {"quality": 80, "method": 4}),
}
"""The lightest first, since a browser takes the first that it knows."""
FOLDERS = ("figures", "bodies")
_RENDITION = re.compile(r"\.\d{1,5}\.(?:avif|webp)$")

Sources = Sequence[tuple[str, str]]
"""Media type and `srcset` of each format of one picture."""


def original(name: str) -> str:
    """The name of the picture that a rendition was made of; that of a picture is its own."""
    return _RENDITION.sub("", name)


def write_renditions(name: str, storage: Storage = default_storage) -> list[str]:
    """The names of the files that were written. A picture that cannot be read gets none; nor does a format which makes
    it heavier, as lossy ones do with some drawings.
    """
    try:
        with storage.open(name) as stream:
            weight = len(stream.read())
            stream.seek(0)
            with Image.open(stream) as image:
                picture = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return []
    written: list[str] = []
    for ending, (_type, options) in FORMATS.items():
        if not features.check(ending):
            continue
        made = {width: _made(picture, width, ending, options) for width in widths_for(picture.width)}
        if len(made[max(made)]) >= weight:
            continue
        for width, content in made.items():
            path = f"{name}.{width}.{ending}"
            storage.delete(path)
            written.append(storage.save(path, ContentFile(content)))
    return written


def _made(picture: Image.Image, width: int, ending: str, options: Mapping[str, int]) -> bytes:
    height = max(1, round(picture.height * width / picture.width))
    out = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(out, ending.upper(), **options)
    return out.getvalue()


def widths_for(width: int) -> list[int]:
    """Never wider than the picture; its own width where it is smaller than the widest."""
    return [*(known for known in WIDTHS if known < width), min(width, WIDTHS[-1])][: len(WIDTHS)]


def sources_of(sizes: Mapping[str, tuple[int, int]]) -> dict[str, Sources]:
    """Address to the renditions of each picture that has some: two looks at the disk for a picture."""
    found: dict[str, Sources] = {}
    for address, (width, _height) in sizes.items():
        if not address.startswith(settings.MEDIA_URL):
            continue
        name = unquote(address.removeprefix(settings.MEDIA_URL))
        widths = widths_for(width)
        sources = [
            (kind, ", ".join(f"{address}.{known}.{ending} {known}w" for known in widths))
            for ending, (kind, _options) in FORMATS.items()
            if _exists(f"{name}.{widths[-1]}.{ending}")
        ]
        if sources:
            found[address] = sources
    return found


def _exists(name: str) -> bool:
    try:
        return default_storage.exists(name)
    except (SuspiciousOperation, ValueError):
        return False


def pictures_without() -> Iterator[str]:
    """The stored pictures that have no rendition at all, as those have that came before there were any."""
    for folder in FOLDERS:
        if not default_storage.exists(folder):
            continue
        names = default_storage.listdir(folder)[1]
        having = {original(name) for name in names if _RENDITION.search(name)}
        yield from (f"{folder}/{name}" for name in sorted(names) if not _RENDITION.search(name) and name not in having)
