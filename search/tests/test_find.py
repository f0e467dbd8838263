"""Finding, on both databases: a small library of invented texts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import database, index
from search.find import find
from search.index import Entry, Passage, Work
from search.marking import terms
from search.models import IndexedUnit, IndexedWork, Word
from search.results import Hit, parse
from search.suggest import suggest
from search.terms import MOST_SEQUENCES, terms_of

pytestmark = pytest.mark.django_db

HARBOUR = "Les chalutiers quittent le port à l’aube ; l’œuvre du gardien est d’allumer le phare."
SALT = "Le sel marin se récolte en août. La récolte des sels demande du vent."
CHARTER = "Une charte éditoriale fixe les règles de l’entreprise, sans e-mail."
ENGLISH = "The lighthouse keeper publishes stories about generative machines."


@pytest.fixture(autouse=True)
def library(db: None) -> None:
    coast = Work("theses:la-cote", "la-cote", "thesis", "Thèse", "La côte", "/theses/la-cote/", ["Ada Roux"],
                 [("ada-roux", "Ada Roux")], [("mer", "Mer")], "fr", "2024", 2024)  # fmt: skip
    index.replace(
        coast,
        [
            Entry("work", "/theses/la-cote/", [Passage("", "text", "Un littoral.")], "La côte", ("La côte",), "fr"),
            Entry("person", "/auteurs/ada-roux/", [Passage("", "text", "Géographe")], "Ada Roux", ("Ada Roux",), "fr"),
            Entry("tag", "/mots-cles/mer/", [], "Mer", ("Mer",), "fr"),
            section("le-port", "1 Le port", HARBOUR),
            section("le-sel", "2 Le sel", SALT),
            section("reste", "3 Reste", "Le sel, dit-on, vient du port. Rien d’autre n’est dit ici."),
            Entry(
                "note", "/theses/la-cote/1/", [Passage("note-1", "note", "Voir la charte.")], "", ("1 Le port",), "fr"
            ),
        ],
    )
    letter = Work("articles:lettre", "lettre", "article", "Article", "Lettre", "/articles/lettre/", language="en")
    index.replace(
        letter,
        [
            Entry("text", "/articles/lettre/", [Passage("p-1", "text", CHARTER)], "", ("Lettre",), "fr"),
            Entry("text", "/articles/lettre/", [Passage("p-2", "text", ENGLISH)], "", ("Lettre", "Abroad"), "en"),
        ],
    )


def section(anchor: str, title: str, text: str) -> Entry:
    passages = [Passage(anchor, "heading", title), Passage(f"p-{anchor}", "text", text)]
    return Entry("text", "/theses/la-cote/1/", passages, title, ("La côte", title), "fr")


def hits(text: str, **filters: object) -> list[Hit]:
    return [hit for work in find(parse(text, **filters)).works for hit in work.hits]  # type: ignore[arg-type]


def anchors(text: str, **filters: object) -> list[str]:
    return [hit.anchor for hit in hits(text, **filters)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("chalutier", ["p-le-port"]),
        ("CHALUTIERS", ["p-le-port"]),
        ("oeuvre", ["p-le-port"]),
        ("l'œuvre", ["p-le-port"]),
        ("recoltes", ["p-le-sel"]),
        ("aout", ["p-le-sel"]),
        ("publish story", ["p-2"]),
        ("email", ["p-1"]),
        ("e-mail", ["p-1"]),
        ("entreprises", ["p-1"]),
        ("sel vent", ["p-le-sel"]),
        ("sel -vent", ["p-reste"]),
        ('"sel marin"', ["p-le-sel"]),
        ('"marin sel"', []),
        ('"Oeuvres du gardiens"', ["p-le-port"]),
        ('"récoltes des sel"', ["p-le-sel"]),
        ('"chalutier"', ["p-le-port"]),
        ('"récolter"', []),
        ("chartes-éditoriales", ["p-1"]),
        ("e-mails", ["p-1"]),
        ("S.E.L. vent", ["p-le-sel"]),
        ("sel -récoltes", ["p-reste"]),
        ("sel -introuvable", ["p-le-sel", "p-reste"]),
        ('"sel introuvable"', []),
        ("sel introuvable", []),
        ("charte", ["p-1", "note-1"]),
    ],
)
def test_found(query: str, expected: list[str]) -> None:
    assert sorted(anchors(query)) == sorted(expected)


def test_a_word_in_the_title_comes_first() -> None:
    assert anchors("sel")[0] == "p-le-sel"
    assert anchors("port")[0] == "p-le-port"


def test_where_too_many_match_to_rank_each_titles_come_first_and_all_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = find(parse("sel"))
    for name in ("RANKED", "CANDIDATES"):
        monkeypatch.setattr(database, name, 1)
    some = find(parse("sel"))
    assert [hit.anchor for work in some.works for hit in work.hits] == ["p-le-sel"]
    assert (some.total, some.facets) == (every.total, every.facets) == (2, every.facets)
    assert [hit.anchor for work in find(parse("sel -vent")).works for hit in work.hits] == ["p-reste"]


def test_a_hit_leads_to_its_passage_and_shows_it() -> None:
    (hit,) = hits("phare")
    assert hit.href == "/theses/la-cote/1/#p-le-port"
    assert hit.heading_path == ("La côte", "1 Le port")
    assert "".join(text for text, _ in hit.snippet) == HARBOUR
    assert [text for text, marked in hit.snippet if marked] == ["phare"]


def test_a_long_passage_is_cut_around_what_was_found() -> None:
    index.replace(
        Work("articles:long", "long", "article", "Article", "Long", "/articles/long/"),
        [Entry("text", "/articles/long/", [Passage("p", "text", "du vide " * 200 + "un trésor " + "du vide " * 200)])],
    )
    (hit,) = hits("tresor")
    shown = "".join(text for text, _ in hit.snippet)
    assert len(shown) < 400
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert ("trésor", True) in hit.snippet


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"work": "lettre"}, ["p-1"]),
        ({"kind": "note"}, ["note-1"]),
        ({"kind": "nothing"}, []),
        ({"author": "ada-roux"}, ["note-1"]),
        ({"tag": "mer"}, ["note-1"]),
        ({"tag": "terre"}, []),
        ({"year_from": 2024}, ["note-1"]),
        ({"year_to": 2023}, []),
        ({"language": "fr"}, ["p-1", "note-1"]),
        ({"language": "en"}, []),
    ],
)
def test_filters(filters: dict[str, object], expected: list[str]) -> None:
    assert sorted(anchors("charte", **filters)) == sorted(expected)


def test_facets_count_what_was_found() -> None:
    facets = find(parse("charte")).facets
    assert set(facets["work"]) == {("la-cote", "La côte", 1), ("lettre", "Lettre", 1)}
    assert {value for value, _, _ in facets["kind"]} == {"text", "note"}
    assert facets["author"] == (("ada-roux", "Ada Roux", 1),)


def test_people_are_found_by_half_a_name() -> None:
    (hit,) = hits("roux")
    assert (hit.kind, hit.href) == ("person", "/auteurs/ada-roux/")


def test_a_misspelt_word_gets_a_proposal() -> None:
    results = find(parse("chalutirs port"))
    assert results.total == 0
    assert results.proposal == "chalutiers port"
    assert find(parse("recotle")).proposal == "récolte"
    assert find(parse("zzzzzzzz")).proposal == ""


def test_small_words_do_not_hinder() -> None:
    assert anchors("quels sont les chalutiers du port") == ["p-le-port"]
    assert anchors("est") != []


def test_suggestions_begin_as_what_is_typed() -> None:
    assert [(s.kind, s.label, s.href) for s in suggest("po")] == [
        ("section", "1 Le port", "/theses/la-cote/1/#le-port")
    ]
    assert [s.kind for s in suggest("ro")] == ["person"]
    assert [s.kind for s in suggest("me")] == ["tag"]
    assert [s.label for s in suggest("la c")] == ["La côte"]
    assert [s.label for s in suggest("port l")] == ["1 Le port"]
    assert suggest("port s") == []
    assert [s.kind for s in suggest("ada r")] == ["person"]
    assert suggest("") == []
    assert suggest("'; DROP") == []


def test_a_page_is_told_every_form_that_was_looked_for() -> None:
    assert set(terms(parse("sel"))) == {"sel", "sels"}
    assert terms(parse('"sel marin"')) == ["sel marin", "sels marin"]


def test_what_is_removed_leaves_nothing() -> None:
    index.remove("theses:la-cote")
    index.remove("articles:lettre")
    assert not IndexedWork.objects.exists()
    assert not IndexedUnit.objects.exists()
    assert not Word.objects.exists()
    assert find(parse("charte")).total == 0


def test_writing_again_changes_nothing() -> None:
    before = list(Word.objects.order_by("folded").values_list("folded", "units"))
    index.replace(
        Work("articles:lettre", "lettre", "article", "Article", "Lettre", "/articles/lettre/", language="en"),
        [
            Entry("text", "/articles/lettre/", [Passage("p-1", "text", CHARTER)], "", ("Lettre",), "fr"),
            Entry("text", "/articles/lettre/", [Passage("p-2", "text", ENGLISH)], "", ("Lettre", "Abroad"), "en"),
        ],
    )
    assert list(Word.objects.order_by("folded").values_list("folded", "units")) == before
    assert anchors("entreprises") == ["p-1"]


def test_a_long_phrase_is_looked_for_in_a_bounded_number_of_ways() -> None:
    (term,), _ = terms_of(parse('"' + "sel " * 40 + '"'))
    assert len(term.sequences) == MOST_SEQUENCES
    assert term.sequences[0] == ("sel",) * 40


@pytest.mark.parametrize(
    "text",
    ['"', "AND OR NOT", "NEAR(a b)", "title_terms:sel", "*", "-", "--", "sel*", "(sel", "sel)", "'; DROP TABLE x; --",
     "a" * 10_000, "sel\x00sel", ".*(a+)+$", "\u202eles", "🌊 sel", "& | ! <->", "%s %d {}", "-sel", '-"sel marin"',
     "الملح", "ſel ﬁn"],
)  # fmt: skip
def test_hostile_queries_are_answered(text: str) -> None:
    find(parse(text))
    suggest(text)
    terms(parse(text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_query_is_answered(text: str) -> None:
    find(parse(text))
    suggest(text)
