"""The picture made for sharing: a bitmap of the right size with the words of the text, the same for the same card."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from publishing.drawing import landscape
from publishing.sharing import bitmap
from publishing.sharing_card import AUTHORS, COLUMN, TITLE_HEIGHT, Card, card_of, font, picture, set_title

CARD = Card("Lire les machines", "Thèse", "Jeanne Dumas", "La revue", "Lire les machines", "thesis")


def shown(card: Card) -> Image.Image:
    return Image.open(BytesIO(picture(card))).convert("RGB")


@pytest.mark.parametrize("number", range(12))
def test_a_bitmap_shows_the_colours_of_its_drawing(number: int) -> None:
    palette, shapes = landscape(f"Un ouvrage {number}", "thesis")
    image = bitmap(palette, shapes)
    assert image.size == (1200, 630)
    colours = {colour for _, colour in image.getcolors(maxcolors=1_000_000)}
    assert image.getpixel((3, 3)) == tuple(bytes.fromhex(palette.ground[1:]))
    assert shapes
    for shape in shapes:
        if shape.opacity == 1:
            assert tuple(bytes.fromhex(shape.colour[1:])) in colours


def test_a_picture_is_stable_and_its_own() -> None:
    first = picture(CARD)
    assert picture(CARD) == first
    assert Image.open(BytesIO(first)).size == (1200, 630)
    assert len(first) < 150_000
    words = ["title", "kicker", "byline", "site"]
    others = [picture(replace(CARD, **{word: "Autre chose"})) for word in words]
    assert len({first, *others}) == 5
    assert len({CARD.digest, *(replace(CARD, **{word: "Autre chose"}).digest for word in words)}) == 5


def test_words_stay_beside_the_drawing() -> None:
    """Where the title is, there is ink; between it and the drawing, and at the edges, there is none."""
    image = shown(replace(CARD, title="Une très longue enquête sur la lecture des machines " * 4))
    ground = image.getpixel((3, 3))
    column = image.crop((72, 130, 72 + COLUMN, 530))
    assert len(column.getcolors(maxcolors=1_000_000)) > 1
    for edge in (image.crop((0, 0, 1200, 60)), image.crop((0, 600, 1200, 630)), image.crop((0, 0, 68, 630))):
        assert edge.getcolors() == [(edge.width * edge.height, ground)]


@pytest.mark.parametrize(
    "title",
    [
        "Lire",
        "Une enquête sur les usages de l’écriture automatique dans les rédactions",
        "mot " * 300,
        "anticonstitutionnellement" * 8,
        "https://example.org/" + "a" * 200,
        "",
        "…",
        "«\u202fQuoi\u202f?\u202f»\u00a0: 1789",
    ],
)
def test_titles_fit(title: str) -> None:
    size, lines = set_title(title)
    assert len(lines) * size * 1.16 <= TITLE_HEIGHT
    face = font(size, "Semibold")
    assert all(face.getlength(line) <= COLUMN for line in lines)
    assert shown(replace(CARD, title=title)).size == (1200, 630)


def test_a_short_title_is_whole_and_a_long_one_says_that_it_is_cut() -> None:
    assert " ".join(set_title("Lire les machines")[1]) == "Lire les machines"
    assert set_title("mot " * 300)[1][-1].endswith("…")


@pytest.mark.parametrize("text", ["\n\t\r", "\x00\x1b[31m", "日本語", "😀 sourire", "\ud800"])
def test_odd_characters_do_no_harm(text: str) -> None:
    if text == "\ud800":
        with pytest.raises(UnicodeEncodeError):
            text.encode()
        return
    assert shown(Card(text, text, text, text, text, text)).size == (1200, 630)


def test_french_has_its_letters() -> None:
    face = font(40, "Semibold")
    unknown = bytes(face.getmask("\ufffe"))
    assert not [letter for letter in "éèêëàâîïôûüçœŒæÉÀ’«»—…" if bytes(face.getmask(letter)) == unknown]


def facts(authors: int) -> dict[str, Any]:
    return {
        "kind": "thesis",
        "kind_label": "thèse",
        "language": "fr",
        "authors": [{"name": f"Autrice {number}"} for number in range(1, authors + 1)],
    }


def test_a_card_says_what_an_edition_says() -> None:
    card = card_of(facts(2), "Pourquoi lire ?")
    assert card.title == "Pourquoi lire\u202f?"
    assert (card.kicker, card.byline) == ("Thèse", "Autrice 1, Autrice 2")
    assert card.alt == "Pourquoi lire\u202f?, Autrice 1, Autrice 2, Thèse"
    page = card_of(facts(AUTHORS + 1), "Pourquoi lire ?", "2.1 Comment")
    assert (page.title, page.kicker, page.byline) == ("2.1 Comment", "Pourquoi lire\u202f?", "Autrice 1 et al.")
    assert (page.work, page.kind) == (card.work, card.kind)
    assert card_of({}, "Seul").alt == "Seul"
