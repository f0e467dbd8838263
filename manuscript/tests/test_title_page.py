"""What a title page tells that a case file does not show: schools, programmes and long openings."""

from __future__ import annotations

import pytest

from manuscript import Manuscript, read

BODY = "\n\n# Introduction\n\nLa ville pousse.\n\n# Conclusion\n\nLe jardin aussi.\n"


def of(*lines: str) -> Manuscript:
    return read(("\n\n".join(lines) + BODY).encode(), name="x")


@pytest.mark.parametrize(
    ("line", "institution"),
    [
        ("Université du Nord", "Université du Nord"),
        ("ÉCOLE DES MÉTIERS DU LIVRE", "École des Métiers du Livre"),
        ("Établissement : Maison des Jardins", "Maison des Jardins"),
        ("L’école est un jardin.", ""),
    ],
)
def test_the_school(line: str, institution: str) -> None:
    known = of("# Le jardin et la ville", "Thèse de Anne Petit", line).metadata
    assert known.institution == institution
    assert known.title == "Le jardin et la ville"


def test_the_programme_and_a_date_that_says_nothing() -> None:
    known = of("# Le jardin et la ville", "Master des paysages", "Date : bientôt").metadata
    assert (known.programme, known.date) == ("Master des paysages", "")


def test_a_date_behind_the_word_author_is_a_date() -> None:
    known = of("# Le jardin et la ville", "Rapport rédigé par", "mars 2022").metadata
    assert (known.date, known.authors) == ("2022-03", ())


def test_a_long_opening_is_text_and_keeps_its_words() -> None:
    opening = " ".join(["La haie borde le chemin."] * 100)
    manuscript = of("# Le jardin et la ville", opening)
    assert opening in "\n".join(block.text for block in manuscript.blocks)
