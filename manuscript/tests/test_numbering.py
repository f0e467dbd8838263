"""The numbers before titles, and the look-alikes that are words."""

from __future__ import annotations

import pytest

from manuscript.numbering import roman_value, split_number


@pytest.mark.parametrize(
    ("text", "label", "value", "number", "title"),
    [
        ("Annexe Q : Le questionnaire", "annex", (17,), "Annexe Q", "Le questionnaire"),
        ("Annexe C. Les plans", "annex", (3,), "Annexe C", "Les plans"),
        ("Chapitre IV – La haie", "chapter", (4,), "Chapitre IV", "La haie"),
        ("Chapitre 2.1 La haie", "chapter", (2, 1), "Chapitre 2.1", "La haie"),
        ("Deuxième partie : Le sol", "part", (2,), "Partie II", "Le sol"),
        ("B.2 La mare", "lettered", (2, 2), "B.2", "La mare"),
        ("3 - La mare", "single", (3,), "3", "La mare"),
        ("XIV. La mare", "roman", (14,), "XIV", "La mare"),
        ("D. La mare", "upper", (4,), "D", "La mare"),
        ("b) La mare", "lower", (2,), "b", "La mare"),
        ("7 « mares »", "bare", (7,), "7", "« mares »"),
    ],
)
def test_a_number_is_split_from_its_title(
    text: str, label: str, value: tuple[int, ...], number: str, title: str
) -> None:
    found = split_number(text)
    assert (found.label, found.value, found.number, found.title) == (label, value, number, title)


@pytest.mark.parametrize("text", ["Chapitre VX : la haie", "Partie vi", "IIX. La mare", "Part of the garden", "1984"])
def test_what_only_looks_like_a_number_stays_in_the_title(text: str) -> None:
    found = split_number(text)
    assert (found.label, found.value, found.number, found.title) == ("", (), None, text)


@pytest.mark.parametrize(("text", "value"), [("", 0), ("Q", 0), ("IIX", 0), ("xiv", 14), ("XCIX", 99)])
def test_roman_numerals(text: str, value: int) -> None:
    assert roman_value(text) == value
