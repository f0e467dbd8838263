"""Which sections open a page: by default, by depth, and by the choice of an editor."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from theses.models import Section
from theses.outline import Outline
from theses.paging import APART, MOST, RESERVED, TINY, Page, cut
from theses.tests.building import outline


def shape(tree: Outline, page_depth: int | None = None) -> list[list[int]]:
    """The positions of the sections on each page."""
    return [[node.section.position for node in page.nodes] for page in cut(tree, page_depth)]


def test_a_chapter_that_can_be_read_in_one_sitting_stays_whole() -> None:
    tree = outline((1, "chapter", "1", "Un", 500), (2, "section", "1.1", "A", 2000), (2, "section", "1.2", "B", 2000))
    assert shape(tree) == [[1, 2, 3]]


def test_a_long_chapter_is_cut_at_its_sections() -> None:
    tree = outline(
        (1, "chapter", "1", "Un", 1600),
        (2, "section", "1.1", "A", 3000),
        (2, "section", "1.2", "B", 3000),
    )
    assert shape(tree) == [[1], [2], [3]]


def test_a_long_section_is_cut_further_down() -> None:
    tree = outline(
        (1, "chapter", "1", "Un", 200),
        (2, "section", "1.1", "A", 1000),
        (3, "section", "1.1.1", "a", 4000),
        (3, "section", "1.1.2", "b", 4000),
    )
    assert shape(tree) == [[1, 2, 3], [4]]


def test_short_sisters_share_a_page_that_is_named_after_them() -> None:
    rows = [(2, "section", f"1.{n}", f"Partie {n}", 800) for n in range(1, 9)]
    pages = cut(outline((1, "chapter", "1", "Un long chapitre", 1500), *rows))
    assert [len(page.nodes) for page in pages] == [1, 2, 2, 2, 2]
    assert (pages[1].number, pages[1].title) == ("1.1 – 1.2", "Un long chapitre")
    assert pages[1].heading_depths() == [2, 2]
    assert pages[0].heading_depths() == [1]


def test_sisters_without_numbers_give_their_titles() -> None:
    page = cut(outline((1, "front_matter", "", "Dédicace", 10), (1, "front_matter", "", "Remerciements", 100)))[0]
    assert (page.number, page.title) == ("", "Dédicace – Remerciements")


def test_the_title_of_a_part_stands_on_the_page_of_its_first_chapter() -> None:
    tree = outline(
        (1, "part", "I", "Partie", 0),
        (2, "chapter", "1", "Un", 4000),
        (2, "chapter", "2", "Deux", 4000),
    )
    assert shape(tree) == [[1, 2], [3]]
    page = cut(tree)[0]
    assert page.title == "Partie"
    assert page.heading_depths() == [1, 2]


def test_chapters_of_a_short_part_have_their_own_pages() -> None:
    tree = outline((1, "part", "I", "P", 300), (2, "chapter", "1", "A", 500), (2, "chapter", "2", "B", 500))
    assert shape(tree) == [[1], [2], [3]]


def test_front_matter_stands_apart_unless_it_is_tiny() -> None:
    tree = outline(
        (1, "front_matter", "", "Dédicace", 12),
        (1, "front_matter", "", "Épigraphe", 30),
        (1, "front_matter", "", "Résumé", 400),
        (1, "introduction", "", "Introduction", 900),
    )
    assert shape(tree) == [[1, 2, 3], [4]]


def test_interviews_annexes_and_bibliography_stand_apart() -> None:
    tree = outline(
        (1, "conclusion", "", "Conclusion", 40),
        (1, "bibliography", "", "Bibliographie", 0),
        (2, "bibliography", "", "Ouvrages", 0),
        (1, "annex", "", "Annexes", 0),
        (2, "annex", "1", "Questionnaire", 30),
        (3, "section", "", "Suite", 30),
        (2, "interview", "", "Ida", 30),
        (3, "question", "", "Pourquoi ?", 9000),
        (2, "interview", "", "Léo", 20),
        (1, "back_matter", "", "Colophon", 20),
    )
    assert shape(tree) == [[1], [2, 3], [4], [5, 6], [7, 8], [9], [10]]


def test_an_annex_within_an_annex_stays_with_it() -> None:
    tree = outline((1, "annex", "A", "Une annexe", 400), (2, "annex", "A.1", "Détail", 300))
    assert shape(tree) == [[1, 2]]


def test_nobody_turns_a_page_for_three_lines() -> None:
    tree = outline(
        (1, "chapter", "1", "Un", 1600),
        (2, "section", "1.1", "A", 5900),
        (2, "section", "1.2", "B", 20),
    )
    assert shape(tree) == [[1], [2, 3]]


def test_an_editor_may_open_a_page_anywhere_and_keep_one_whole() -> None:
    tree = outline((1, "chapter", "1", "Un", 50), (2, "section", "", "A", 50), (1, "chapter", "2", "Deux", 9000))
    tree.nodes[1].section.starts_page = True
    tree.nodes[2].section.starts_page = False
    assert shape(tree) == [[1], [2, 3]]
    assert shape(tree, 6) == [[1], [2, 3]]


def test_an_editor_may_choose_the_depth() -> None:
    tree = outline(
        (1, "part", "I", "P", 0),
        (2, "chapter", "1", "A", 10),
        (3, "section", "1.1", "a", 10),
        (3, "interview", "", "Ida", 10),
    )
    assert shape(tree, 1) == [[1, 2, 3], [4]]
    assert shape(tree, 2) == [[1], [2, 3], [4]]
    assert shape(tree, 3) == [[1], [2], [3], [4]]


def test_slugs_are_free_and_never_reserved() -> None:
    tree = outline(*((1, "chapter", "", "C", 500) for _ in range(5)))
    for node, slug in zip(tree.nodes, ["figures", "integral", "a", "a", "figures"], strict=True):
        node.section.slug = slug
    assert [page.slug for page in cut(tree)] == ["figures-2", "integral-2", "a", "a-2", "figures-3"]


rows = st.tuples(
    st.integers(1, 5),
    st.sampled_from([kind.value for kind in Section.Kind]),
    st.sampled_from(["", "1", "1.2"]),
    st.just("Titre"),
    st.sampled_from([0, 20, 200, 1200, 5000, 9000]),
)


@given(st.lists(rows, max_size=25), st.none() | st.integers(1, 6))
def test_every_section_is_on_one_page_in_order(drawn: list[tuple[int, str, str, str, int]], depth: int | None) -> None:
    tree = outline(*drawn)
    pages = cut(tree, depth)
    assert [node for page in pages for node in page.nodes] == tree.nodes
    assert len({page.slug for page in pages} | RESERVED) == len(pages) + len(RESERVED)
    for page in pages:
        assert page.title
        depths = page.heading_depths()
        assert min(depths) == (2 if page.is_group else 1)
        assert depths.count(1) == (0 if page.is_group else 1)
        assert page.is_group or page.siblings == [page.first]


@given(st.lists(rows, max_size=25))
def test_default_pages_are_neither_huge_nor_tiny_without_need(drawn: list[tuple[int, str, str, str, int]]) -> None:
    pages = cut(outline(*drawn))
    for page in pages:
        if page.words > MOST + TINY and page.kind not in APART:
            assert could_not_be_cut(page)


def could_not_be_cut(page: Page) -> bool:
    """Whether the page holds a text too long by itself, an interview, or a short opening with a text of full length."""
    longest = max(node.words for node in page.nodes)
    kept = any(node.section.kind in APART for node in page.nodes)
    return kept or longest > MOST / 2 or page.words <= MOST * 1.5
