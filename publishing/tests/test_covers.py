"""Drawn covers: stable for a work, different between works, safe whatever the title, and free of inline style."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from publishing.drawing import PALETTES
from publishing.templatetags.covers import cover

TITLES = [
    "Lire",
    "Produire, vérifier et publier à l’heure des modèles de langue : enquête dans douze maisons d’édition",
    "Anticonstitutionnellementissimement imprononçable",
    "",
    "Un titre " * 60,
    "<script>alert(1)</script> & « guillemets » \"droits\" 'simples'",
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("kind", ["thesis", "whitepaper", "article", ""])
@pytest.mark.parametrize("shape", ["portrait", "landscape"])
def test_a_cover_is_well_formed_and_carries_no_style_and_no_script(title: str, kind: str, shape: str) -> None:
    drawn = cover(title, kind, label="Thèse & co", byline="Nom <b>", shape=shape)
    root = ElementTree.fromstring(drawn)
    assert root.get("aria-hidden") == "true"
    names = {element.tag for element in root.iter()}
    assert names <= {"svg", "rect", "path", "text"}
    assert not re.search(r"\s(style|on\w+|href)=", re.sub(r">[^<]*<", "><", drawn))


def test_a_cover_stays_the_same_for_a_work() -> None:
    assert cover("Lire sans machine", "thesis") == cover("Lire sans machine", "thesis")


def test_works_get_different_covers() -> None:
    drawn = {cover(f"Ouvrage {number}", "thesis") for number in range(40)}
    assert len(drawn) == 40
    grounds = {re.search(r'fill="(#\w+)"', one).group(1) for one in drawn}  # type: ignore[union-attr]
    assert len(grounds) == len(PALETTES)


def test_a_title_stays_inside_its_cover() -> None:
    for title in TITLES:
        for text in ElementTree.fromstring(cover(title, "thesis")).iter("text"):
            assert 0 < float(text.get("y", "0")) < 400
            assert len(text.text or "") * float(text.get("font-size", "0")) * 0.5 <= 300


def test_a_landscape_cover_has_no_words() -> None:
    assert "<text" not in cover("Lire", "article", shape="landscape")
