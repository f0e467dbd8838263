"""Where notes and printed pages lead."""

from __future__ import annotations

from theses.addresses import BEYOND_LAST, Addresses, _printed_pages, note_texts, notes_from_elsewhere
from theses.outline import Outline, grow
from theses.paging import cut
from theses.tests.building import section


def tree(*sections: dict[str, object]) -> Outline:
    return grow(section(position, (1, "chapter"), **fields) for position, fields in enumerate(sections, start=1))


def test_notes_of_one_line_of_several_and_of_several_paragraphs() -> None:
    body = (
        "Un texte[^a] et[^b].\n\n[^a]: Une ligne\nqui continue.\n[^b]: Un paragraphe.\n\n    Le second.\n\n"
        "Un texte qui n’est plus une note.\n\n[^c]:\n    Dessous."
    )
    notes = note_texts([section(1, (1,), body=body)])
    assert notes == {"a": "Une ligne\nqui continue.", "b": "Un paragraphe.\n\nLe second.", "c": "Dessous."}


def test_the_first_text_of_a_label_counts() -> None:
    rows = [section(1, (1,), body="[^1]: Premier."), section(2, (1,), body="[^1]: Second.\nsuite\n\n[^2]: Autre.")]
    assert note_texts(rows) == {"1": "Premier.", "2": "Autre."}


def test_a_page_takes_the_notes_that_it_calls_and_does_not_have() -> None:
    outline = tree(
        {"body": "Appel[^1] et [^2], sans texte[^9].\n\n[^2]: Ici.", "note_calls": ["3"], "starts_page": True},
        {"body": "[^1]: Là.\n\n[^3]: Titre.\n\n[^4]: Jamais appelée.", "starts_page": True},
    )
    first, second = cut(outline)
    notes = note_texts(node.section for node in outline.nodes)
    assert notes_from_elsewhere(first, notes) == {"3": "Titre.", "1": "Là."}
    assert notes_from_elsewhere(second, notes) == {}


def test_a_printed_page_leads_to_the_section_that_begins_at_or_before_it() -> None:
    outline = tree(
        {"printed_page": "xii", "slug": "avant", "starts_page": True},
        {"printed_page": "5", "slug": "un", "starts_page": True},
        {"printed_page": "", "slug": "rien", "starts_page": True},
        {"printed_page": "9", "slug": "deux", "starts_page": True},
    )
    pages = _printed_pages(outline, Addresses(cut(outline)))
    assert pages["xii"] == "../avant/"
    assert [pages[str(number)] for number in (5, 8, 9, 30)] == ["../un/", "../un/", "../deux/", "../deux/"]
    assert "4" not in pages
    assert str(9 + BEYOND_LAST) not in pages


def test_absurd_page_numbers_cost_nothing() -> None:
    outline = tree({"printed_page": "1"}, {"printed_page": "99999999999999999"})
    assert _printed_pages(outline, Addresses(cut(outline))) == {}
