"""What an edition says of dates and of the use of AI."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation

from publishing.dates import date_in_words
from publishing.facts import ai_facts, date_facts, minutes, role_in_words

NN = "\u202f"


def work(**values: Any) -> Any:
    return apps.get_model("articles", "Article")(**values)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, ""),
        ({"ai_level": "none"}, "Ce texte a été écrit sans intelligence artificielle générative."),
        (
            {"ai_level": "assisted", "ai_tool": "un correcteur", "ai_purpose": "orthographe"},
            "Ce texte a été écrit avec l’aide d’une intelligence artificielle générative (un correcteur)"
            f"{NN}; usages{NN}: orthographe.",
        ),
        (
            {"ai_level": "reviewed", "ai_reviewer": "Ana Roy", "ai_reviewed_on": datetime.date(2025, 9, 3)},
            "Ce texte a été généré par une intelligence artificielle, puis relu"
            f"{NN}; relu par Ana Roy le 3 septembre 2025.",
        ),
        (
            {"ai_level": "generated", "ai_reviewer": "Ana Roy", "ai_responsible": "Zoé Dupré"},
            "Ce texte a été généré par une intelligence artificielle"
            f"{NN}; relu par Ana Roy{NN}; responsable éditorial{NN}: Zoé Dupré.",
        ),
        ({"ai_level": "assisted", "ai_note": " Écrit avec soin. "}, "Écrit avec soin."),
        ({"ai_note": "Écrit avec soin."}, "Écrit avec soin."),
        ({"ai_tool": "sans niveau"}, ""),
    ],
)
def test_the_sentence_on_ai(values: dict[str, Any], sentence: str) -> None:
    with translation.override("fr"):
        assert ai_facts(work(**values))["sentence"] == sentence


@pytest.mark.parametrize(
    ("precision", "iso", "label"),
    [("day", "2025-09-03", "3 septembre 2025"), ("month", "2025-09", "septembre 2025"), ("year", "2025", "2025")],
)
def test_dates_are_as_precise_as_they_are_known(precision: str, iso: str, label: str) -> None:
    with translation.override("fr"):
        facts = date_facts(work(date=datetime.date(2025, 9, 3), date_precision=precision))
    assert facts == {"date": iso, "date_label": label}


def test_the_sentence_on_ai_knows_its_language() -> None:
    with translation.override("fr"):
        assert ai_facts(work(ai_level="assisted", language="en"))["language"] == "fr"
        assert ai_facts(work(ai_note="Written with care.", language="en"))["language"] == "en"


@pytest.mark.parametrize(
    ("date", "french", "english"),
    [
        ("2025-09-03", "3 septembre 2025", "Sept. 3, 2025"),
        ("2025-09", "septembre 2025", "September 2025"),
        ("2025", "2025", "2025"),
        ("", "", ""),
        ("2025-13", "2025-13", "2025-13"),
        ("2025-09-03-04", "2025-09-03-04", "2025-09-03-04"),
    ],
)
def test_a_date_in_the_language_of_the_page(date: str, french: str, english: str) -> None:
    with translation.override("fr"):
        assert date_in_words(date) == french
    with translation.override("en"):
        assert date_in_words(date) == english


def test_a_role_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert (role_in_words("author"), role_in_words("retired")) == ("Author", "retired")


def test_no_date() -> None:
    assert date_facts(work()) == {"date": "", "date_label": ""}


@pytest.mark.parametrize(("words", "expected"), [(0, 0), (1, 1), (220, 1), (2200, 10)])
def test_minutes(words: int, expected: int) -> None:
    assert minutes(words) == expected
