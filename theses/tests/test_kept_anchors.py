"""Two editions of an invented document, with paragraphs moved, edited and deleted."""

import time

import pytest

from publishing.kept_anchors import kept_anchors
from publishing.rendering import PassageText
from publishing.same_passages import Earlier
from theses.actions.publish import publish
from theses.actions.rerender import rerender
from theses.models import BibliographyEntry, Document, DocumentEdition, Passage, Section

HARBOUR = "Le port se vide à l’aube, quand les chalutiers partent pour trois jours de pêche au large."
LAMP = "La lampe du phare fut changée en hiver, sous une pluie qui dura toute la semaine."
GULLS = "Des mouettes suivent la charrue, et les enfants suivent les mouettes en criant."
SALT = "Le sel se récolte en août, au râteau, avant que le vent ne tourne."


@pytest.fixture
def work(db: None) -> Document:
    document = Document.objects.create(title="La côte", slug="la-cote")
    bodies = {"le-port": f"{HARBOUR}\n\n{LAMP}\n\n- Oui.\n- Non.", "les-champs": f"{GULLS}\n\n{SALT}\n\n- Oui."}
    for position, (slug, body) in enumerate(bodies.items(), start=1):
        Section.objects.create(
            document=document, position=position, depth=1, kind="chapter", title=slug, slug=slug, body=body
        )
    Section.objects.update(starts_page=True)
    publish(document=document, user=None)
    return document


def write(document: Document, slug: str, *paragraphs: str) -> None:
    Section.objects.filter(document=document, slug=slug).update(body="\n\n".join(paragraphs))


def again(document: Document) -> DocumentEdition:
    document.title += " (revu)"
    document.save()
    return publish(document=document, user=None)


def anchor(document: Document, text: str, number: int | None = None) -> str:
    """Of the passage that holds these words, in an edition, the last one unless said otherwise."""
    document.refresh_from_db()
    edition = document.editions.get(number=number) if number else document.current_edition
    return Passage.objects.get(page__edition=edition, kind="text", text__contains=text).anchor


def test_an_edited_beginning_keeps_the_anchor(work: Document) -> None:
    first = anchor(work, "quand les chalutiers")
    write(work, "le-port", HARBOUR.replace("Le port se vide", "Notre port s’endort"), LAMP)
    edition = again(work)
    assert anchor(work, "quand les chalutiers") == first
    page = edition.pages.get(slug="le-port")
    assert page.html.count(f'id="{first}"') == 1
    assert edition.text.whole.count(f'id="{first}"') == 1
    # A third edition, in which that paragraph did not change, and a new rendering keep it as well.
    write(work, "les-champs", GULLS)
    third = again(work)
    assert anchor(work, "quand les chalutiers") == first
    rerender(edition_id=third.pk)
    assert anchor(work, "quand les chalutiers") == first


def test_a_moved_paragraph_keeps_the_anchor(work: Document) -> None:
    first = anchor(work, "La lampe")
    write(work, "le-port", HARBOUR)
    write(work, "les-champs", GULLS, LAMP, SALT)
    again(work)
    assert anchor(work, "La lampe") == first
    assert anchor(work, "Des mouettes") == anchor(work, "Des mouettes", 1)


def test_a_paragraph_moved_and_edited_keeps_the_anchor(work: Document) -> None:
    first = anchor(work, "sous une pluie")
    write(work, "le-port", HARBOUR)
    write(work, "les-champs", GULLS, LAMP.replace("La lampe", "L’ampoule"), SALT)
    again(work)
    assert anchor(work, "sous une pluie") == first


def test_a_deleted_paragraph_leaves_its_anchor_to_none(work: Document) -> None:
    first = anchor(work, "La lampe")
    write(
        work, "le-port", HARBOUR, "Les filets sèchent sur le quai, et personne ne les surveille plus depuis longtemps."
    )
    edition = again(work)
    assert not Passage.objects.filter(page__edition=edition, anchor=first).exists()


def test_a_new_paragraph_that_begins_alike_gets_another_anchor(work: Document) -> None:
    first = anchor(work, "quand les chalutiers")
    beginning = " ".join(HARBOUR.split()[:7])
    write(work, "le-port", f"{beginning} puis plus rien ne bouge.", HARBOUR, LAMP)
    edition = again(work)
    assert anchor(work, "quand les chalutiers") == first
    assert anchor(work, "plus rien ne bouge") != first
    anchors = Passage.objects.filter(page__edition=edition, page__slug="le-port").values_list("anchor", flat=True)
    assert len(anchors) == len(set(anchors))


def test_links_from_the_bibliography_lead_to_the_kept_anchor(work: Document) -> None:
    BibliographyEntry.objects.create(
        document=work, position=1, key="marin2020", raw="Marin, A. (2020). Les phares.", csl={"title": "Les phares"}
    )
    write(work, "le-port", HARBOUR, f"{LAMP} [(Marin, 2020)](cite:marin2020)")
    again(work)
    first = anchor(work, "La lampe")
    write(work, "le-port", HARBOUR, f"{LAMP.replace('La lampe', 'L’ampoule')} [(Marin, 2020)](cite:marin2020)")
    edition = again(work)
    assert anchor(work, "L’ampoule") == first
    assert f"../le-port/#{first}" in edition.pages.get(kind="bibliography").html


def text(anchor: str, words: str, section: str = "s") -> PassageText:
    return PassageText(anchor, "text", section, "fr", words)


def test_short_repeated_texts_keep_to_their_section() -> None:
    changed = kept_anchors(
        {"page": [text("p-new", "Oui.", "b")]}, [Earlier("p-a", "a", "Oui."), Earlier("p-b", "b", "Oui.")]
    )
    assert changed == {"page": {"p-new": "p-b"}}


def test_an_anchor_is_given_once_on_a_page() -> None:
    moved = [text("p-1", HARBOUR, "a"), text("p-2", LAMP, "a")]
    changed = kept_anchors({"page": moved}, [Earlier("p-x", "a", HARBOUR), Earlier("p-x", "b", LAMP)])
    assert changed == {"page": {"p-1": "p-x"}}


def test_an_anchor_of_a_heading_is_not_taken() -> None:
    passages = [PassageText("port", "heading", "port", "fr", "Port"), text("p-1", HARBOUR, "port")]
    assert kept_anchors({"page": passages}, [Earlier("port", "port", HARBOUR)]) == {}


def test_two_paragraphs_that_change_places_change_nothing() -> None:
    swapped = [text("p-2", LAMP), text("p-1", HARBOUR)]
    assert kept_anchors({"page": swapped}, [Earlier("p-1", "s", HARBOUR), Earlier("p-2", "s", LAMP)]) == {}


def test_matching_grows_with_the_text() -> None:
    """Every paragraph edited at its beginning, in a document as long as a thesis and in one four times as long."""

    def edited(count: int) -> float:
        words = [f"mot{number % 997} terme{number % 89} point{number}" for number in range(count * 20)]
        old = [Earlier(f"p-{i}", f"s-{i // 9}", " ".join(words[i * 20 : i * 20 + 20])) for i in range(count)]
        new = [text(f"p-new-{row.anchor}", f"Désormais, {row.text}", row.section) for row in old]
        began = time.process_time()
        assert len(kept_anchors({"page": new}, old)["page"]) == count
        return time.process_time() - began

    edited(200)
    assert edited(4000) < 12 * max(edited(1000), 0.05)
