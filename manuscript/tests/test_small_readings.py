"""Small decisions that a whole text seldom shows: people, plain text, rows of our own export that are broken."""

from __future__ import annotations

import pytest

from manuscript import read
from manuscript.names import read_people
from manuscript.steps.interviews import _person
from manuscript.wording import plain


@pytest.mark.parametrize(
    ("title", "role", "organisation"),
    [
        ("Anne Petit", "", ""),
        ("Anne Petit, jardinière", "jardinière", ""),
        ("Anne Petit, jardinière, Maison des Fèves", "jardinière", "Maison des Fèves"),
        ("Anne Petit, jardinière, Maison des Fèves et directrice", "jardinière, directrice", "Maison des Fèves"),
        ("Anne Petit, jardinière, directrice des serres", "jardinière, directrice des serres", ""),
    ],
)
def test_what_an_interviewee_does_and_where(title: str, role: str, organisation: str) -> None:
    person = _person(title)
    assert (person.given, person.family, person.role, person.organisation) == ("Anne", "Petit", role, organisation)


def test_separators_alone_name_nobody() -> None:
    assert read_people(", ;") == []
    assert [person.family for person in read_people("Anne Petit ; , ; Jean Roux")] == ["Petit", "Roux"]


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("un **mot *penché** droit*", "un mot penché droit"),
        ("***deux** à la fois*", "deux à la fois"),
        (r"un \*astérisque", "un *astérisque"),
        ("les fichiers *.txt", "les fichiers *.txt"),
        ("**haie**", "haie"),
    ],
)
def test_stars_that_mark_are_taken_and_stars_that_stand_are_kept(marked: str, bare: str) -> None:
    assert plain(marked) == bare


def test_broken_rows_of_an_export_are_passed_over() -> None:
    text = (
        "---\ntitle: Le jardin\n"
        "outline: [{key: terre}]\n"
        "figures: [mare, {caption: sans clé}, {key: figure-1, number: 1, caption: Une mare}]\n"
        "references: [mare, {key: vide}, {key: roux2021, raw: 'Roux, 2021.', csl: {type: book, title: La haie}}]\n"
        "---\n\n# La terre[^1]\n\nElle est noire.\n\n![](figure:figure-1)\n\n[^1]: Une note.\n"
    )
    manuscript = read(text.encode(), name="x")
    assert [(f.key, f.caption) for f in manuscript.figures] == [("figure-1", "Une mare")]
    assert [(r.key, r.csl["title"]) for r in manuscript.references] == [("roux2021", "La haie")]
    assert [s.title for s in manuscript.sections] == ["La terre"]
