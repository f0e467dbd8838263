"""The analysis of words: what hinders no search."""

import pytest

from search.number import spellings
from search.words import clean, compounds, indexed, stems, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’IA générative", ["ia", "generative"]),
        ("l'IA GÉNÉRATIVE", ["ia", "generative"]),
        ("Qu’est-ce qu’une œuvre ?", ["est", "ce", "une", "oeuvre"]),
        ("aujourd’hui", ["aujourdhui"]),
        ("It’s what they don’t say", ["it", "what", "they", "don", "say"]),
        ("l’« art » d’écrire", ["art", "ecrire"]),
        ("O’Reilly", ["o", "reilly"]),
        ("lʼart", ["art"]),
        ("50 % en 2024", ["50", "en", "2024"]),
        ("cœur, æquo, Straße", ["coeur", "aequo", "strasse"]),
        ("e\u0301te\u0301", ["ete"]),
        ("inter\u00adne", ["interne"]),
        ("’ — ! …", []),
        ("a_b", ["a", "b"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_places_are_those_of_the_text() -> None:
    text = clean("Dès l’aube, l’œuvre.")
    assert [text[token.start : token.end] for token in tokens(text)] == ["Dès", "aube", "œuvre"]


def test_compounds_are_one_word_as_well() -> None:
    assert compounds("Le e-commerce, c’est-à-dire la vente") == ["ecommerce", "estadire"]
    assert compounds("L’I.A., les U.S.A. et J. R. ; version 2.0, p.1, fin.A") == ["ia", "usa"]
    assert indexed("un sous-titre") == "un sous titre soustitre"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("entreprise", "entreprises"),
        ("generative", "generatives"),
        ("recolte", "recoltes"),
        ("strategies", "strategie"),
    ],
)
def test_inflected_words_share_a_stem(one: str, other: str) -> None:
    assert stems(one)[0] == stems(other)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("oeuvre", "oeuvres"), ("travail", "travaux"), ("journal", "journaux"), ("jumeau", "jumeaux")),
        *(("story", "stories"), ("process", "processes"), ("prix", "prix"), ("ia", "ia")),
    ],
)
def test_singular_and_plural_are_spellings_of_each_other(one: str, other: str) -> None:
    assert other in spellings(one)
    assert one in spellings(other)


@pytest.mark.parametrize(("one", "other"), [("generatif", "generation"), ("it", "its"), ("2024", "2024s")])
def test_other_words_are_not(one: str, other: str) -> None:
    assert other not in spellings(one)
