"""Dates, quotation marks and sites by themselves, where an entry would show only part of what they tell."""

from __future__ import annotations

import pytest

from manuscript.references import dates, names, quotes, sites
from manuscript.references.citations import link_citations
from manuscript.references.exchange.items import date_of, name_of
from manuscript.references.head import head_is_author


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1868-1869", ((1868,), (1869,))),
        ("1868-69", ((1868,), (1869,))),
        ("1868-1812", ((1868,),)),
        ("1868", ((1868,),)),
    ],
)
def test_a_range_goes_forwards(text: str, parts: tuple[tuple[int, ...], ...]) -> None:
    match = dates.YEAR_ONLY.match(text)
    assert match is not None
    assert dates.from_year(match).parts == parts


@pytest.mark.parametrize(
    ("year", "text", "parts"),
    [
        (((2021,),), "26 April", ((2021, 4, 26),)),
        (((2021,),), "99 April", ((2021,),)),
        (((2021,),), "La haie", ((2021,),)),
        (((2021, 3),), "26 April", ((2021, 3),)),
    ],
)
def test_a_day_printed_apart(year: tuple[tuple[int, ...], ...], text: str, parts: tuple[tuple[int, ...], ...]) -> None:
    assert dates.with_day(dates.Date(year), text).parts == parts


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("sans guillemets", None),
        ("«jamais fermés", None),
        ("« La haie », Revue", ("La haie", ", Revue")),
        ("<<La haie>>, Revue", ("La haie", ", Revue")),
        ('"La haie", Revue', ("La haie", ", Revue")),
        ('"La haie" : une vie entre deux champs", Revue', ('La haie" : une vie entre deux champs', ", Revue")),
        ("'Que dit la haie?' Revue", ("Que dit la haie?", " Revue")),
    ],
)
def test_what_is_quoted(text: str, split: tuple[str, str] | None) -> None:
    assert quotes.take_quoted(text) == split


@pytest.mark.parametrize(
    ("name", "url", "named"),
    [
        ("", "https://www.haies.example/a", False),
        ("« … »", "https://www.haies.example/a", False),
        ("Haies", "https://www.haies.example/a", True),
        ("Le Sol", "https://sol.haies.example/a", True),
        ("Une promenade", "https://www.haies.example/a", False),
        ("Haies", None, False),
    ],
)
def test_a_site_that_is_named(name: str, url: str | None, named: bool) -> None:
    assert sites.names_site(name, url) is named


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Un titre, consulté en 2021, fin", ((2021,),)),
        ("Un titre, consulté le 3 mai 2021", ((2021, 5, 3),)),
        ("Un titre (consulté en mai 2021)", ((2021, 5),)),
    ],
)
def test_the_day_of_access_leaves_the_text(text: str, parts: tuple[tuple[int, ...], ...]) -> None:
    rest, date = dates.take_access(text, "#")
    assert date is not None
    assert date.parts == parts
    assert "consulté" not in rest


@pytest.mark.parametrize(
    ("head", "author"),
    [("Les Haies du Nord", True), ("« Les haies »", False), ("Où va la haie ?", False), ("Haies : un bord", False)],
)
def test_what_stands_before_a_date_is_an_organisation_or_a_title(head: str, author: bool) -> None:
    assert head_is_author(head, "Un texte. Une suite", ".", None) is author


def test_a_junior_and_a_crowd() -> None:
    assert names.read_names("Roux, J., Jr., Petit, A.").people == [
        {"family": "Roux", "given": "J.", "suffix": "Jr"},
        {"family": "Petit", "given": "A."},
    ]
    assert len(names.read_names("; ".join(["Roux, J."] * 80)).people) == 40


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Roux, Jr, Jean", {"family": "Roux", "given": "Jean", "suffix": "Jr"}),
        ("Roux, Jean", {"family": "Roux", "given": "Jean"}),
        ("Atelier des haies", {"literal": "Atelier des haies"}),
        ("", None),
    ],
)
def test_a_name_of_an_exchange_file(text: str, name: dict[str, str] | None) -> None:
    assert name_of(text) == name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2021-05-04", [[2021, 5, 4]]),
        ("2021-05-44", [[2021, 5]]),
        ("2021-15-04", [[2021]]),
        ("2020/2021", [[2020], [2021]]),
    ],
)
def test_a_date_of_an_exchange_file(text: str, parts: list[list[int]]) -> None:
    assert date_of(text) == {"date-parts": parts}


ENTRIES = [
    (1, {"title": "La haie", "author": [{"family": "Vidal"}], "issued": {"date-parts": [[2021]]}}),
    (2, {"title": "Le mur", "author": [{"family": "Roux"}], "issued": {"date-parts": [[2021]]}, "year-suffix": "b"}),
    (3, {"title": "Le puits", "author": [{"family": "Roux"}], "issued": {"date-parts": [[2019]]}}),
]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Elle pousse (Vidal, 2021a).", [1]),
        ("Il penche (Roux, 2019, 2021b).", [3]),
        ("Nul ne sait (Vidal et Roux, 2021).", [None]),
        ("Nul ne sait (J., 2021).", []),
    ],
)
def test_people_and_years_decide(text: str, numbers: list[int | None]) -> None:
    found = link_citations([(0, text)], ENTRIES)
    assert [row.reference for row in found][: len(numbers) or 1] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "AI Update.",
        "CB News, La haie",
        "Roux (Saltimbanque), La haie",
        "Anne Jeanne Lopez Roux Petit Dubois.",
        "Roux, Anne & une haie",
        "ROUX de, La haie",
        "Anne ROUX haie du bord",
        "J. Marie haie du bord",
        "R, A Petit",
    ],
)
def test_capitals_alone_make_no_name(text: str) -> None:
    assert names.read_names(text).people == []


def test_initials_between_a_given_name_and_a_family_name() -> None:
    people = names.read_names("Jean P.-M. Roux. La haie").people
    assert people == [{"family": "Roux", "given": "Jean P.-M."}]
