"""Pictures that are accepted, cleaned and refused."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publishing.pictures import MAX_SIDE, checked_picture, sizes_in


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 1 if mode == "P" else "teal").save(out, kind, **options)
    return out.getvalue()


def upload(data: bytes, name: str = "photo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def opened(file: ContentFile[bytes]) -> Image.Image:
    return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize(
    ("kind", "mode", "ending"),
    [("PNG", "RGBA", "png"), ("PNG", "P", "png"), ("JPEG", "RGB", "jpg"), ("WEBP", "RGB", "webp"), ("GIF", "P", "gif")],
)
def test_accepted(kind: str, mode: str, ending: str) -> None:
    found = checked_picture(upload(picture(kind, mode=mode), "../../photo d’été.exe"))
    assert found.name == f"photo d’été.{ending}"
    image = opened(found)
    assert (image.format, image.size) == (kind, (40, 30))


def test_a_photograph_in_cmyk_becomes_rgb() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(out, "JPEG")
    assert opened(checked_picture(upload(out.getvalue()))).mode == "RGB"


def test_metadata_and_what_is_hidden_behind_do_not_survive() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret"
    exif[0x0112] = 6
    data = picture("JPEG", exif=exif) + b"<script>alert(1)</script>"
    found = checked_picture(upload(data, "photo.jpg"))
    clean = found.read()
    assert b"secret" not in clean
    assert b"<script>" not in clean
    # The camera was held upright: the pixels are turned, since the note that said so is gone.
    assert Image.open(io.BytesIO(clean)).size == (30, 40)


def test_a_large_picture_is_made_smaller() -> None:
    assert opened(checked_picture(upload(picture(size=(6400, 100))))).size == (MAX_SIDE, 50)


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge, in a hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def animation() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


SVG = b"<?xml version='1.0'?><!-- x --><SVG xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></SVG>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unreadable"),
        (b"<html><script>alert(1)</script>", "unreadable"),
        (b"GIF89a<script>alert(1)</script>", "unreadable"),
        (b"PK\x03\x04" + b"\0" * 100, "unreadable"),
        (b"%PDF-1.7", "unreadable"),
        (picture()[:60], "unreadable"),
        (picture("BMP"), "unreadable"),
        (picture("TIFF"), "unreadable"),
        (SVG, "svg"),
        (bomb(60_000, 60_000), "too-many-pixels"),
        (bomb(9000, 9000), "too-many-pixels"),
        (bomb(10_000, 10_000), "too-many-pixels"),
        (bomb(100, 100), "unreadable"),
        (animation(), "animated"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value[:8]!r}-{len(value)}",
)
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        checked_picture(upload(data))
    assert refusal.value.code == code
    assert refusal.value.messages[0].endswith(".")


def test_too_heavy(settings: Any) -> None:
    settings.IMAGE_MAX_SIZE = 100
    with pytest.raises(ValidationError) as refusal:
        checked_picture(upload(picture(size=(400, 400))))
    assert refusal.value.code == "too-big"


def test_sizes_of_the_pictures_of_a_text(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("bodies/une nappe.png", ContentFile(picture()))
    default_storage.save("bodies/faux.png", ContentFile(b"rien"))
    body = (
        "![a](/media/bodies/une%20nappe.png) ![b](/media/bodies/faux.png) ![c](/media/absent.png) "
        "![d](/media/../../etc/passwd) ![e](https://example.org/x.png) ![f](figure:figure-1) ![g](/media/\x00)"
    )
    assert sizes_in(body) == {"/media/bodies/une%20nappe.png": (40, 30)}
