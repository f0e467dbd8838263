"""Printed entries to CSL-JSON, by the cases of ``cases/entries.json``: every style, and what only looks like one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from manuscript.references import parse_reference

CASES = json.loads((Path(__file__).parent / "cases" / "entries.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['group']}: {c['raw'][:40]}" for c in CASES])
def test_entry(case):
    assert parse_reference(case["raw"]) == case["csl"]


def test_what_is_no_entry_keeps_its_text():
    assert parse_reference("") == {"type": "document", "title": ""}
    assert parse_reference("\x00 \ue000") == {"type": "document", "title": ""}
    long = "Un mot " * 2000
    assert parse_reference(long)["title"] == long[:6000].strip()


def test_a_trailing_year_is_not_taken_from_a_title_in_quotation_marks():
    csl = parse_reference("Roux, A., « Les ports en 1848 », Revue d'essai, n° 3.")
    assert "issued" not in csl


def test_the_head_keeps_the_suffix_and_the_body_gives_the_day():
    csl = parse_reference("Roux, A. (2024b) 'Un titre,' Le Matin du Port, 4 April 2024.")
    assert csl["issued"] == {"date-parts": [[2024, 4, 4]]}
    assert csl["year-suffix"] == "b"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("Roux, A. (2001). Un titre. Revue d'essai, 3(1), 1-9.", "article-journal"),
        ("Roux, A. (2001). Un titre. Dans B. Petit (dir.), Un recueil (p. 1-9). Paris : Le Phare.", "chapter"),
        ("Roux, A. (2001). Un titre. Paris : Le Phare.", "book"),
        ("Roux, A. (2001). Un titre. Rapport de recherche, Université du Nord.", "report"),
        ("Roux, A. (2001). Un titre. Thèse de doctorat, Université du Nord.", "thesis"),
        ("Roux, A. (2001) Un titre. <https://vimeo.com/123>", "motion_picture"),
        ("Roux, A. (2001) Un titre. <https://www.exemple.example/123>", "webpage"),
        ("Roux, A. (2001). Un titre. In Encyclopédie des ports. Paris : Le Phare.", "entry-encyclopedia"),
        ("Roux, A. (2001). Rapport sur les ports. Paris : Le Phare.", "report"),
        ("Roux, A., « Un titre », communication au séminaire du Nord, 2001.", "speech"),
        ("Un titre sans rien", "document"),
    ],
)
def test_type(raw, kind):
    assert parse_reference(raw)["type"] == kind
