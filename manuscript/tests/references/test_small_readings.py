"""Dates, quotation marks and sites by themselves, where an entry would show only part of what they tell."""

from __future__ import annotations

import pytest

from manuscript.references import dates, quotes, sites


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
