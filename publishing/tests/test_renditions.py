"""Pictures in several widths and formats: what is written, what pages offer, who may see it."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from publishing.pictures import sizes_in
from publishing.rendering import Piece, Targets, render
from publishing.renditions import original, pictures_without, sources_of, widths_for, write_renditions


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def shown(body: str) -> str:
    pictures = sizes_in(body)
    return render([Piece(body=body)], targets=Targets(pictures=pictures, sources=sources_of(pictures))).html


def photograph(width: int, height: int) -> bytes:
    """Noise made smooth, which lossy formats are good at."""
    noise = Image.frombytes("RGB", (40, 30), random.Random(7).randbytes(3600))
    out = io.BytesIO()
    noise.resize((width, height), Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (90, [90]),
        (480, [480]),
        (500, [480, 500]),
        (1600, [480, 800, 1200, 1600]),
        (3200, [480, 800, 1200, 1600]),
    ],
)
def test_never_wider_than_the_picture(width: int, widths: list[int]) -> None:
    assert widths_for(width) == widths


def test_what_is_written_is_what_pages_offer() -> None:
    name = default_storage.save("bodies/un fil.png", ContentFile(photograph(900, 600)))
    written = write_renditions(name)
    assert sorted(written) == sorted(
        f"bodies/un fil.png.{width}.{ending}" for width in (480, 800, 900) for ending in ("avif", "webp")
    )
    with default_storage.open("bodies/un fil.png.480.avif") as file, Image.open(file) as image:
        assert (image.format, image.size) == ("AVIF", (480, 320))
    address = "/media/bodies/un%20fil.png"
    (avif, addresses), (webp, _) = sources_of({address: (900, 600)})[address]
    assert (avif, webp) == ("image/avif", "image/webp")
    assert addresses.split(", ")[0] == f"{address}.480.avif 480w"
    html = shown(f'![Un fil]({address} "Le fil")')
    assert f'<source type="image/avif" srcset="{address}.480.avif 480w, ' in html
    assert f'src="{address}" width="900" height="600" alt="Un fil">' in html
    assert write_renditions(name) == written


def test_a_picture_without_renditions_is_an_ordinary_one() -> None:
    default_storage.save("bodies/fil.png", ContentFile(photograph(90, 60)))
    assert "<picture>" not in shown("![Un fil](/media/bodies/fil.png)")
    assert sources_of({"https://example.org/a.png": (9, 9), "/media/../a.png": (9, 9)}) == {}


def test_a_format_that_makes_it_heavier_is_left_out() -> None:
    out = io.BytesIO()
    Image.new("1", (4, 4)).save(out, "PNG", optimize=True)
    name = default_storage.save("figures/point.png", ContentFile(out.getvalue()))
    assert not [path for path in write_renditions(name) if path.endswith("avif")]


def test_transparency_stays_and_what_is_no_picture_is_left() -> None:
    out = io.BytesIO()
    Image.frombytes("RGBA", (60, 40), random.Random(1).randbytes(9600)).resize((700, 500)).save(out, "PNG")
    name = default_storage.save("figures/clair.png", ContentFile(out.getvalue()))
    write_renditions(name)
    with default_storage.open("figures/clair.png.480.webp") as file, Image.open(file) as image:
        assert image.mode == "RGBA"
    assert write_renditions(default_storage.save("figures/faux.png", ContentFile(b"rien"))) == []
    assert write_renditions("figures/absente.png") == []


def test_pictures_that_came_before_are_found() -> None:
    for name in ("figures/a.png", "bodies/b.png"):
        default_storage.save(name, ContentFile(photograph(600, 400)))
    write_renditions("figures/a.png")
    assert list(pictures_without()) == ["bodies/b.png"]


def test_a_rendition_belongs_to_its_picture() -> None:
    assert original("figures/a.png.480.avif") == "figures/a.png"
    assert original("figures/a.480.png") == "figures/a.480.png"
