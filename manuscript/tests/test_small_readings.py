"""Small decisions that a whole text seldom shows: people, plain text, rows of our own export that are broken."""

from __future__ import annotations

import pytest

from manuscript import read
from manuscript.draft import Piece
from manuscript.model import Reference
from manuscript.names import read_people
from manuscript.steps.bibliography import _line_of, _linked, reference_key
from manuscript.steps.interviews import _person
from manuscript.steps.keys import unique
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


def test_the_keys_of_many_works_of_one_year_go_on_behind_z() -> None:
    csl = {"author": [{"family": "Petit"}], "issued": {"date-parts": [[2021]]}}
    used: set[str] = set()
    for _ in range(29):
        used.add(reference_key(csl, used))
    assert {"petit2021", "petit2021a", "petit2021z", "petit2021aa", "petit2021ab"} <= used
    assert len(used) == 29


def test_a_key_that_a_title_already_has_is_passed_over() -> None:
    used: dict[str, int] = {}
    assert [unique(base, used) for base in ("terre", "terre-2", "terre", "terre")] == [
        "terre",
        "terre-2",
        "terre-3",
        "terre-4",
    ]


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Selon Petit (2021), oui.", "Selon [Petit (2021)](cite:petit2021), oui."),
        ("Voir [ce que Petit (2021) dit](https://exemple.example).", None),
        ("Voir <https://exemple.example/Petit (2021)>.", None),
        ("Voir [ici](https://exemple.example/Petit (2021)).", None),
    ],
)
def test_a_citation_inside_a_link_is_left_alone(text: str, linked: str | None) -> None:
    work = Reference("petit2021", 1, "Petit, 2021.", {"title": "La terre"}, 1, 1)
    start = text.index("Petit")
    assert _linked(text, [(start, start + len("Petit (2021)"), 1)], {1: work}) == (linked or text)


@pytest.mark.parametrize(("offset", "line"), [(-3, 4), (0, 4), (9, 5), (900, 5)])
def test_the_line_of_a_place_in_a_paragraph(offset: int, line: int) -> None:
    assert _line_of(Piece("paragraph", "La terre\nnoire", [(4, "La terre"), (5, "noire")]), offset) == line


@pytest.mark.parametrize(
    ("cut", "joined"),
    [
        ("On y trouve des outils. La vieille charrette Peugeot", True),
        ("On y trouve des outils. La charrette Dupont", False),
        ("La charrette rouge de la ferme Dupont", False),
        ("On y trouve des outils. La charrette rouge rouille.", False),
    ],
)
def test_a_sentence_cut_before_a_capital_is_joined_where_all_others_end(cut: str, joined: bool) -> None:
    long = "La haie borde le chemin de la ferme, et le mur de la grange penche vers la mare. " * 4
    below = f"USD est un nom que personne ne comprend. {long}"
    text = "# Le jardin\n\n## La cour\n\n" + "\n\n".join([long] * 20 + [cut, below])
    bodies = "\n\n".join(section.body for section in read(text.encode(), name="x.md").sections)
    assert (f"{cut} USD est" in bodies) is joined


def test_words_read_in_a_lost_picture_stand_in_for_it() -> None:
    text = (
        "# Les courbes\n\nLe graphique montre la hausse des températures depuis vingt ans dans cette vallée.\n\n"
        "### The Rising Heat of the Valley\n\nThe heat of the year\n\n**Figure 1 :** La hausse\n\n"
        "La suite du texte reprend ici, en français, comme avant la figure."
    )
    (figure,) = read(text.encode(), name="courbes.txt").figures
    assert figure.alt == "The Rising Heat of the Valley · The heat of the year"
