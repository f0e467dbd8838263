"""Citations tied to entries, by the cases of ``cases/citations.json``, and notes with what they teach about names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from manuscript.references import link_citations, parse_references

DATA = json.loads((Path(__file__).parent / "cases" / "citations.json").read_text(encoding="utf-8"))
ENTRIES = list(enumerate(parse_references(DATA["entries"]), 1))


def cited(*passages):
    return [(c.line, c.text, c.reference, c.kind) for c in link_citations(list(enumerate(passages, 1)), ENTRIES)]


@pytest.mark.parametrize("case", DATA["cases"], ids=[c["name"] for c in DATA["cases"]])
def test_citation(case):
    found = link_citations([(7, case["text"])], ENTRIES)
    assert [[c.text, c.reference, c.kind] for c in found] == case["cited"]
    for citation in found:
        assert case["text"][citation.start : citation.end] == citation.text
        assert citation.line == 7


def test_an_ambiguous_citation_names_its_candidates():
    (found,) = link_citations([(1, "Il fait gris (Kervella, 2024).")], ENTRIES)
    assert found.reference is None
    assert found.candidates == (7, 8)


def test_a_heading_above_tells_two_works_apart():
    heading = "## De quelle pierre sont les quais"
    assert cited(heading, "On le sait (Sauvage, 2020).") == [(2, "Sauvage, 2020", 13, "parenthetical")]


def test_a_note_repeats_an_entry_by_its_address_whatever_the_query():
    note = "<sup>3</sup> Lire : <https://www.gazette.example/digue>."
    assert cited(note) == [(1, "https://www.gazette.example/digue", 2, "note")]


def test_a_short_video_address_is_the_same_video():
    assert cited("[^4]: Voir https://youtu.be/abcDEF123?si=xyz.")[0][2] == 10


def test_a_note_repeats_a_title():
    assert cited("[2] Les courants de marée en Manche orientale, en ligne.")[0][2:] == (5, "note")


def test_a_note_with_another_address_of_the_same_people_is_a_candidate_only():
    (found,) = link_citations([(1, "<sup>3</sup> Vidal (2021) <https://www.ailleurs.example/cours>")], ENTRIES)
    assert found.reference is None
    assert found.candidates == (9,)


def test_a_note_without_brackets_around_its_year():
    assert cited("<sup>3</sup> Vidal, P., 2021. Carnets de houle, le Phare.")[0][2] == 9
    assert cited("<sup>3</sup> Vidal, P., 2021. Sur tout autre chose et bien ailleurs.") == []


def test_a_call_ties_the_name_beside_it_to_what_its_note_repeats():
    body = "L'Atelier Nord a compté les lampes<sup>3</sup> des ports."
    note = "<sup>3</sup> <https://www.ateliernord.example/barometre-gardiens>"
    assert cited(body, note)[0][2:] == (6, "narrative")
    # Nothing in this sentence speaks of the entry.
    assert [c for c in cited("Il pleut sur la ville<sup>3</sup>.", note) if c[0] == 1] == []
    # The note of another number says nothing.
    assert [c for c in cited(body.replace("3<", "4<"), note) if c[0] == 1] == []


def test_a_note_that_restarts_on_each_page_is_the_next_one_below():
    first = "<sup>1</sup> <https://www.ateliernord.example/barometre-gardiens>"
    second = "<sup>1</sup> <https://www.maree-obs.example/courants-manche>"
    found = cited(
        "Rien.", "L'Atelier Nord<sup>1</sup> compte.", first, "Les courants de la Manche<sup>1</sup>.", second
    )
    assert [c[2] for c in found if c[3] == "narrative"] == [6]


def test_a_note_gives_its_source_a_name():
    note = "<sup>3</sup> Source : Carnets de houle : essai. Maison Vidal Frères."
    found = cited("Texte (source : Maison Vidal Frères).", "Texte (source : Autre Maison).", note)
    assert [(c[0], c[2], c[3]) for c in found] == [(1, 9, "parenthetical"), (3, 9, "note")]


def test_a_site_names_its_work_once_a_note_has_cited_it():
    note = "<sup>3</sup> <https://www.ateliernord.example/barometre-gardiens>"
    assert cited("Source : Atelier Nord") == []
    assert cited("Source : Atelier Nord", note)[0][2] == 6
    assert cited("L'enquête de l'Atelier Nord le dit.", "Le rapport du Atelier Nord", note)[1][2] == 6


def test_entries_may_lack_anything():
    bare = [(1, {}), (2, {"title": None, "author": [{}], "issued": {"date-parts": [["x"]]}, "URL": "http://[bad"})]
    assert link_citations([(1, "Roux (2020) https://[bad/x <https://www.youtube.com/watch?v=>")], bare) == []
