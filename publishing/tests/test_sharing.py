"""The picture made for sharing: a bitmap of the right size, the same for a work, unlike that of another."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from publishing.drawing import landscape
from publishing.sharing import picture


@pytest.mark.parametrize("number", range(12))
def test_a_picture_shows_the_colours_of_its_drawing(number: int) -> None:
    title = f"Un ouvrage {number}"
    image = Image.open(BytesIO(picture(title, "thesis"))).convert("RGB")
    palette, shapes = landscape(title, "thesis")
    assert image.size == (1200, 630)
    colours = {colour for _, colour in image.getcolors(maxcolors=1_000_000)}
    assert image.getpixel((3, 3)) == tuple(bytes.fromhex(palette.ground[1:]))
    assert shapes
    for shape in shapes:
        if shape.opacity == 1:
            assert tuple(bytes.fromhex(shape.colour[1:])) in colours


def test_a_picture_is_stable_and_its_own() -> None:
    first = picture("Lire", "thesis")
    picture.cache_clear()
    assert picture("Lire", "thesis") == first
    assert len({picture(f"Lire {number}", "article") for number in range(5)}) == 5
