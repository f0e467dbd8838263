"""Which passage is which in two states of a text, and what became of each heading; pure, without a database."""

from __future__ import annotations

import random
import time

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from publishing.comparing.outline import compare_outlines, tree_of
from publishing.comparing.passages import Fate, align, rising, section_twins
from publishing.rendering import PassageText
from publishing.word_diff import MOST_WORDS, in_line

LONG = {
    "a": "Les machines lisent sans se lasser, et les lecteurs se lassent de leurs lectures.",
    "b": "Un deuxième paragraphe parle des correctrices et de leurs outils de tous les jours.",
    "c": "Le troisième raconte comment une enquête fut menée pendant deux ans dans un atelier.",
    "d": "Enfin le dernier conclut que rien ne remplace une relecture faite à voix haute.",
}


def texts(*rows: tuple[str, str, str], kind: str = "text") -> list[PassageText]:
    """Anchor, section and words of each."""
    return [PassageText(anchor, kind, section, "fr", LONG.get(words, words)) for anchor, section, words in rows]


def fates(old: list[PassageText], new: list[PassageText]) -> list[tuple[str, str]]:
    return [(pair.fate.value, (pair.new or pair.old).anchor) for pair in align(old, new)]  # type: ignore[union-attr]


ABCD = texts(("a", "s", "a"), ("b", "s", "b"), ("c", "s", "c"), ("d", "s", "d"))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (ABCD, [("same", "a"), ("same", "b"), ("same", "c"), ("same", "d")]),
        # What went stands where it stood.
        ([ABCD[0], *ABCD[2:]], [("same", "a"), ("removed", "b"), ("same", "c"), ("same", "d")]),
        (ABCD[1:], [("removed", "a"), ("same", "b"), ("same", "c"), ("same", "d")]),
        # The fewest passages moved.
        ([*ABCD[1:], ABCD[0]], [("same", "b"), ("same", "c"), ("same", "d"), ("moved", "a")]),
        # A correction, with its anchor or with another one.
        ([*ABCD[:3], *texts(("d", "s", "Tout autre chose."))], [*[("same", x) for x in "abc"], ("changed", "d")]),
        (
            [*ABCD[:3], *texts(("x", "s", LONG["d"].replace("voix haute", "voix basse")))],
            [*[("same", x) for x in "abc"], ("changed", "x")],
        ),
        # Into another section: as it was, and written again under its anchor.
        ([*ABCD[:3], *texts(("d", "t", "d"))], [*[("same", x) for x in "abc"], ("moved", "d")]),
        ([*ABCD[:3], *texts(("d", "t", "Tout autre chose."))], [*[("same", x) for x in "abc"], ("rewritten", "d")]),
        # A short text says too little to be known again elsewhere.
        ([*ABCD, *texts(("e", "t", "Oui."))], [*[("same", x) for x in "abcd"], ("added", "e")]),
        ([], [("removed", "a"), ("removed", "b"), ("removed", "c"), ("removed", "d")]),
    ],
)
def test_what_became_of_each_passage(new: list[PassageText], expected: list[tuple[str, str]]) -> None:
    assert fates(ABCD, new) == expected


def test_passages_of_one_kind_alone_are_compared() -> None:
    assert fates(texts(("n", "s", "a")), texts(("n", "s", "a"), kind="note")) == [("removed", "n"), ("added", "n")]


def test_notes_and_references_follow_and_do_not_move() -> None:
    one, two = texts(("n1", "s", "a"), kind="note"), texts(("n2", "s", "b"), kind="note")
    assert fates([*one, *two], [*two, *one]) == [("same", "n2"), ("same", "n1")]


def test_a_section_that_changed_its_anchor_is_the_same_section() -> None:
    """As in articles, where the anchor of a heading is made of its words."""
    old = [*texts(("titre", "titre", "Titre"), kind="heading"), *texts(("p1", "titre", "a"), ("p2", "titre", "b"))]
    new = [*texts(("autre", "autre", "Autre"), kind="heading"), *texts(("q1", "autre", "a"), ("q2", "autre", "b"))]
    assert section_twins(old, new) == {"titre": "autre"}
    assert fates(old, new) == [("changed", "autre"), ("same", "q1"), ("same", "q2")]


rows = st.lists(
    st.builds(
        PassageText,
        anchor=st.integers(0, 9).map(str),
        kind=st.sampled_from(["text", "note", "heading"]),
        section=st.sampled_from(["s", "t", ""]),
        language=st.just("fr"),
        text=st.sampled_from([*LONG.values(), "Oui.", "Non.", LONG["a"] + " Encore."]),
    ),
    max_size=12,
)


@given(rows, rows)
def test_no_passage_is_lost_and_none_is_told_twice(old: list[PassageText], new: list[PassageText]) -> None:
    pairs = align(old, new)
    assert [pair.new for pair in pairs if pair.new] == new
    assert sorted(repr(pair.old) for pair in pairs if pair.old) == sorted(map(repr, old))
    assert all(pair.old.kind == pair.new.kind for pair in pairs if pair.old and pair.new)
    same = [pair for pair in pairs if pair.fate in {Fate.SAME, Fate.MOVED} and pair.old and pair.new]
    assert all(pair.old.text == pair.new.text for pair in same)


@given(rows)
def test_nothing_changes_in_what_did_not(old: list[PassageText]) -> None:
    assert {pair.fate for pair in align(old, old)} <= {Fate.SAME}


@given(st.lists(st.integers(0, 50), unique=True, max_size=30))
def test_a_rising_run(values: list[int]) -> None:
    kept = [values[position] for position in sorted(rising(values))]
    assert kept == sorted(kept)
    assert len(kept) >= 1 or not values


def test_thousands_of_passages_are_aligned_in_seconds() -> None:
    chance = random.Random(7)
    vocabulary = [f"mot{n}" for n in range(4000)]
    old = [
        PassageText(str(n), "text", f"s{n // 10}", "fr", " ".join(chance.choices(vocabulary, k=60)))
        for n in range(4000)
    ]
    new = [PassageText(f"x{row.anchor}", "text", row.section, "fr", f"Or {row.text}, donc.") for row in old]
    start = time.process_time()
    assert {pair.fate for pair in align(old, new)} == {Fate.CHANGED}
    assert time.process_time() - start < 6


def item(anchor: str, depth: int, title: str = "") -> dict[str, object]:
    return {"anchor": anchor, "title": title or anchor.upper(), "number": "", "depth": depth}


BOOK = [item("i", 1), item("ii", 1), item("ii-1", 2), item("ii-2", 2), item("iii", 1)]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (BOOK, []),
        ([item("i", 1, "Un"), *BOOK[1:]], ["i retitled"]),
        ([*BOOK[1:], BOOK[0]], ["i reordered"]),
        ([BOOK[0], BOOK[4]], ["ii went with 2"]),
        ([*BOOK, item("iv", 1), item("iv-1", 2), item("iv-1-a", 3)], ["iv came with 2"]),
        ([*BOOK[:4], item("iii", 2)], ["iii levels 1 2", "iii under  > II"]),
        # What stands under a heading goes with it.
        ([BOOK[0], item("ii", 2), item("ii-1", 3), item("ii-2", 3), BOOK[4]], ["ii levels 1 2", "ii under  > I"]),
        ([BOOK[0], BOOK[1], BOOK[3], BOOK[2], BOOK[4]], ["ii-2 reordered"]),
    ],
)
def test_what_became_of_each_heading(new: list[dict[str, object]], expected: list[str]) -> None:
    told = []
    for change in compare_outlines(tree_of(BOOK), tree_of(new), {}):
        if change.new is None or change.old is None:
            heading = change.new or change.old
            told.append(f"{heading.anchor} {'came' if change.new else 'went'} with {change.with_it}")  # type: ignore[union-attr]
            continue
        anchor = change.new.anchor
        told += [f"{anchor} retitled"] if change.retitled else []
        told += [f"{anchor} levels {change.levels[0]} {change.levels[1]}"] if change.levels else []
        told += [f"{anchor} under {change.under[0]} > {change.under[1]}"] if change.under else []
        told += [f"{anchor} reordered"] if change.reordered else []
    assert told == expected


def bare(html: str) -> str:
    """Without the words for those who hear the page."""
    for hidden in ("[retiré\u202f: ", "[ajouté\u202f: ", "]"):
        html = html.replace(f'<span class="visually-hidden">{hidden}</span>', "")
    return html


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("un mot", "un mot", "un mot"),
        ("un mot ancien", "un mot neuf", "un mot <del>ancien</del><ins>neuf</ins>"),
        ("un mot, deux", "un deux", "un <del>mot,</del> deux"),
        ("", "neuf", "<ins>neuf</ins>"),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
        # A lone word between two changes goes with them.
        (
            "le début, un de deux, et la fin du texte",
            "le début, trois de quatre, et la fin du texte",
            "le début, <del>un de deux</del><ins>trois de quatre</ins>, et la fin du texte",
        ),
        # Little is left: one after the other.
        ("tout cela est parti", "rien ne reste ici", "<del>tout cela est parti</del><ins>rien ne reste ici</ins>"),
    ],
)
def test_words_put_in_and_taken_out_are_marked_in_line(before: str, after: str, expected: str) -> None:
    assert bare(in_line(before, after)) == expected


def test_those_who_hear_the_page_are_told_what_was_taken_out() -> None:
    assert "[retiré\u202f: " in in_line("un", "deux")
    assert "[ajouté\u202f: " in in_line("un", "deux")


@given(st.text("ab ,.<", max_size=30), st.text("ab ,.<", max_size=30))
def test_no_word_is_lost_between_the_marks(before: str, after: str) -> None:
    html = bare(in_line(before, after))
    put_in = "".join(part.split("</del>")[-1] for part in html.split("<del>"))
    assert "".join(strip_tags(put_in).split()) == "".join(after.replace("<", "&lt;").split())


def test_long_texts_are_marked_whole() -> None:
    before = "mot " * (MOST_WORDS + 1)
    assert bare(in_line(before, "autre")).startswith("<del>mot mot")
