"""Promises for any input: nothing raises, nothing is lost, time grows no faster than the text."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.references import link_citations, parse_reference, parse_references, split_entries
from manuscript.references.citations import LONGEST

BITS = st.sampled_from(
    [
    "Roux, A.", "ROUX Anne", " et ", " & ", ", ", ". ", " : ", " (2020)", "(dir.)", " 2001", "« Un titre »",
    '"Un titre"', "'Titre,'", "*Revue*", "_x_", "In ", " in A. Roux (dir.), ", "vol. 3", "n° 4", "p. 12-34",
    "12(3)", "Paris", " : Le Phare", "éd.", "coll. « X »", "<https://a.example/b>",
    "[a](http://b.example/c_d)", "https://x.example/y-", " - ", "doi:10.1234/x", "ISBN 2-07-036822-X", "s. d.",
    "consulté le 3 mai 2020", "3 mai 2020", "et al.", "Ibid.", "op. cit.", "———", "(", ")", "[", "]", "«", "»",
    "“", "'", "\\_", "&amp;", "<i>", "</i>", "\ue000", "\ue100", "\n", "thèse de doctorat", "Université", "1.",
    "- ", "é", "I.", "de ", "\u202f", "ſ", "İ",
]
)  # fmt: skip
PRINT = st.one_of(st.text(max_size=200), st.lists(BITS, max_size=24).map("".join))


@settings(max_examples=200, deadline=None)
@given(PRINT)
def test_any_text_is_read(text):
    csl = parse_reference(text)
    assert isinstance(csl["type"], str)
    assert isinstance(csl["title"], str)
    assert parse_reference(text) == csl
    for role in ("author", "editor", "translator", "container-author"):
        for person in csl.get(role, []):
            assert person.get("family") or person.get("literal")
    for value in csl.values():
        if isinstance(value, str):
            assert not any("\ue000" <= c <= "\uf8ff" for c in value)
    if "issued" in csl:
        assert "literal" in csl["issued"] or 1400 <= csl["issued"]["date-parts"][0][0] < 2100


@settings(max_examples=150, deadline=None)
@given(st.lists(PRINT, max_size=6))
def test_any_list_is_read(raws):
    assert len(parse_references(raws)) == len(raws)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            PRINT.map(lambda t: t.replace("\n", " ")), st.sampled_from(["", "---", "12", "# Titre", "**Livres**"])
        ),
        max_size=30,
    )
)
def test_every_line_of_a_bibliography_is_in_one_entry_or_left_out(lines):
    numbered = list(enumerate(lines, 5))
    entries, left_out = split_entries(numbered)
    assert [e.number for e in entries] == list(range(1, len(entries) + 1))
    last = 0
    for entry in entries:
        assert last < entry.first_line <= entry.last_line
        last = entry.last_line
    covered = {n for e in entries for n in range(e.first_line, e.last_line + 1)}
    for number, line in numbered:
        if line.strip():
            assert number in covered or number in left_out
            if number not in left_out:
                (home,) = (e for e in entries if e.first_line <= number <= e.last_line)
                for word in re.findall(r"[^\W\d_]+", line):
                    assert word in home.raw


@settings(max_examples=200, deadline=None)
@given(st.lists(PRINT, max_size=8), st.lists(PRINT, max_size=5))
def test_any_passages_are_searched(texts, raws):
    entries = list(enumerate(parse_references(raws), 1))
    for citation in link_citations(list(enumerate(texts, 1)), entries):
        text = texts[citation.line - 1]
        assert text[citation.start : citation.end] == citation.text
        assert citation.kind in ("parenthetical", "narrative", "note")
        assert citation.reference is None or citation.candidates == (citation.reference,)
        assert all(1 <= n <= len(entries) for n in citation.candidates)


HOSTILE = [
    "a", "A. ", "Roux, A., ", "(", "[", "« ", "“", "'", '"', "*", "_", "<", "https://", "http://a/ ", "[x](",
    "2020 ", "1-2 ", "p. 1, ", "et ", "(2020) ", ". ", "In ", "dans A", "n° 1 ", "éd. ", "coll. x", " ", "-",
    "&amp;", "\\_", "<i>", "de ", "consulté le ", "vol. 1(", "10.1234/", "ISBN 1", "Aa Bb ", "A-", "A.-",
    "1 (", "III ", "dir. par A ", "( [2020], ", "x : y ", "a'A ", "Paris : ", "!? A", "\ue000", "\\",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("start", ["", "Roux, A. (2020). ", "«"])
def test_an_entry_of_100_kb_takes_no_longer_than_a_page(unit, start):
    for size in (5_900, 100_000):
        text = start + unit * (size // len(unit))
        begun = time.process_time()
        parse_reference(text)
        assert time.process_time() - begun < 2.0


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_passage_and_a_bibliography_of_100_kb_stay_within_bounds(unit):
    entries = list(
        enumerate(parse_references(["Roux, A. (2020) Un titre de plusieurs mots longs. <https://a.example/b>"]), 1)
    )
    text = unit * (100_000 // len(unit))
    begun = time.process_time()
    link_citations([(1, text), (2, f"<sup>1</sup> {text}")], entries)
    split_entries([(1, text), *((n, text[:70]) for n in range(2, 600))])
    assert time.process_time() - begun < 10.0


def test_a_line_of_ten_megabytes_is_searched_to_its_limit():
    entries = list(enumerate(parse_references(["Roux, A. (2020) Un titre."]), 1))
    found = link_citations([(1, "Roux (2020) " * 900_000)], entries)
    assert found
    assert max(c.end for c in found) <= LONGEST


def test_the_time_of_a_long_text_grows_with_its_length():
    raws = [
        f"Auteur{n}, A. ({1990 + n % 30}) Un titre numéro {n} sur les phares et les digues. <https://a.example/{n}>"
        for n in range(60)
    ]
    entries = list(enumerate(parse_references(raws), 1))
    text = "Selon Auteur7 (1997), « Un titre numéro 7 sur les phares » suffit (Auteur8, 1998 ; Auteur9, 1999). " * 3

    def seconds(times):
        begun = time.process_time()
        link_citations([(n, text) for n in range(times)], entries)
        return time.process_time() - begun

    seconds(20)
    small = min(seconds(200) for _ in range(3))
    assert seconds(1000) < 12 * small
