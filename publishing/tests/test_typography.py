"""Typography beyond the case files: what surrounds a text, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.typography import NARROW, addresses, raise_ordinals, typeset

SPACES = " \t\u00a0\u2009\u202f"
PARTS = [
    *(
        "mot",
        "l'",
        "«",
        "»",
        " ",
        "  ",
        "\u00a0",
        "?",
        "!",
        ";",
        ":",
        "%",
        "12",
        " 500",
        "XXIe",
        "1er",
        ".",
        "(",
        ")",
        '"',
    ),
    *("https://e.org/a?b;c", "a@e.org", "\n", "…", "M.", "p.", "km", "'", "-"),
]
text = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)


@given(text, st.sampled_from(["fr", "en", "xx"]), st.booleans())
def test_nothing_but_spaces_and_apostrophes_changes(source: str, language: str, continues: bool) -> None:
    found = typeset(source, language, continues=continues)
    bare = str.maketrans("", "", SPACES)
    assert found.translate(bare).replace("’", "'") == source.translate(bare).replace("’", "'")


@given(text, st.sampled_from(["fr", "en"]))
def test_a_second_time_changes_nothing(source: str, language: str) -> None:
    once = typeset(source, language)
    assert typeset(once, language) == once


@given(text)
def test_ordinals_only_gain_tags(source: str) -> None:
    assert raise_ordinals(source, "fr").replace("<sup>", "").replace("</sup>", "") == source
    assert raise_ordinals(source, "en") == source


@pytest.mark.parametrize("word", ["Vers", "Inde", "Ver", "3er", "XXnd"])
def test_words_that_look_like_ordinals_stay(word: str) -> None:
    assert raise_ordinals(f"{word} demain", "fr") == f"{word} demain"


@pytest.mark.parametrize("word", ["1er", "Ier", "Ire", "2nde", "IInd", "3e", "XIXe"])
def test_ordinals_are_raised(word: str) -> None:
    assert "<sup>" in raise_ordinals(f"Le {word} jour", "fr")


@given(text)
def test_addresses_stay_whole(source: str) -> None:
    found = typeset(source, "fr")
    assert found.count("https://e.org/a?b;c") == source.count("https://e.org/a?b;c")


@pytest.mark.parametrize(
    ("before", "source", "expected"),
    [
        ("i", "! Fin", f"{NARROW}! Fin"),
        ("", "! Fin", "! Fin"),
        (" ", "! Fin", "! Fin"),
        ("«", "mot", "mot"),
        ("(", "?)", "?)"),
        (")", " ?", f"{NARROW}?"),
        ("»", " dit-on", " dit-on"),
        ("»", " ?", f"{NARROW}?"),
        ("»", " et « non »", f" et «{NARROW}non{NARROW}»"),
    ],
)
def test_what_stands_before_counts(before: str, source: str, expected: str) -> None:
    assert typeset(source, "fr", before=before) == expected


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Voir https://e.org.", ["https://e.org"]),
        ("(https://e.org/a_(b)), https://f.org?!", ["https://e.org/a_(b)", "https://f.org"]),
        ("« https://e.org »", ["https://e.org"]),
        ("ftp://e.org, www.e.org, a@e.org", []),
    ],
)
def test_addresses(source: str, found: list[str]) -> None:
    assert [source[start:end] for start, end in addresses(source)] == found
