"""What sections say on the use of AI: for whom it holds, where readers see it, what an edition keeps of it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from publishing.disclosing import disclosure
from theses import drafts
from theses.actions.publish import publish
from theses.actions.rerender import rerender
from theses.disclosures import Disclosures
from theses.forms import SectionForm
from theses.models import Document, DocumentEdition, EditionText, Section
from theses.outline import Outline
from theses.paging import cut
from theses.tests.building import outline

WORK = {"ai_level": "assisted"}
GENERATED = "Le texte de ce chapitre a été généré par une intelligence artificielle"


def said(*levels: str) -> tuple[Outline, Disclosures]:
    """A part, a chapter of it with two sections, and a second part; what each says, in that order."""
    rows = [(1, "part"), (2, "chapter"), (3, "section"), (3, "section"), (1, "part")]
    tree = outline(*((*row, "", f"S{n}", 300) for n, row in enumerate(rows, start=1)))
    for node, level in zip(tree.nodes, levels, strict=True):
        node.section.ai_level = level
    return tree, Disclosures(tree, WORK, "fr")


def levels(tree: Outline, found: Disclosures) -> list[str]:
    return [found.values[node].get("ai_level", "") for node in tree.nodes]


def test_an_answer_holds_for_what_stands_under_it() -> None:
    tree, found = said("", "generated", "", "none", "")
    assert levels(tree, found) == ["assisted", "generated", "generated", "none", "assisted"]
    assert [node.section.title for node in found.differing()] == ["S2", "S4"]


def test_a_section_that_repeats_what_stands_above_is_not_told_twice() -> None:
    tree, found = said("assisted", "reviewed", "reviewed", "", "")
    assert [node.section.title for node in found.differing()] == ["S2"]
    assert found.disclosure(tree.nodes) == "mixed"
    assert found.disclosure(tree.nodes[1:4]) == "ai-generated"


def test_a_page_within_a_generated_part_says_so_at_its_top() -> None:
    tree, found = said("generated", "", "", "", "")
    page = next(page for page in cut(tree, 2) if page.first is tree.nodes[1])
    assert found.at_top(page)["sentence"].startswith("Le texte de cette partie a été généré")
    assert found.beside(page) == {}


def test_sisters_that_share_a_page_are_told_once_above_them() -> None:
    tree, found = said("", "generated", "", "none", "")
    for node in tree.nodes[2:4]:
        node.section.starts_page = False
    tree.nodes[2].section.starts_page = True
    page = next(page for page in cut(tree, 2) if page.first is tree.nodes[2])
    assert page.is_group
    assert found.at_top(page)["sentence"].startswith(GENERATED)
    assert [node.section.title for node in found.beside(page)] == ["S4"]


def test_a_sentence_without_level_leaves_the_level_of_what_stands_above() -> None:
    tree, _found = said("", "generated", "", "", "")
    tree.nodes[2].section.ai_note = "Relu deux fois."
    found = Disclosures(tree, WORK, "fr")
    assert found.differing()[tree.nodes[2]]["sentence"] == "Relu deux fois."
    assert found.disclosure([tree.nodes[2]]) == "autonomous"


def test_headings_without_text_do_not_count_for_machines() -> None:
    tree, found = said("", "none", "", "", "")
    tree.nodes[0].words = 0
    assert found.disclosure(tree.nodes[:4]) == "none"


@pytest.mark.parametrize(
    ("found", "value"),
    [
        ([], ""),
        ([""], ""),
        (["none"], "none"),
        (["assisted", "assisted"], "ai-assisted"),
        (["reviewed"], "ai-generated"),
        (["generated"], "autonomous"),
        (["none", "generated"], "mixed"),
        (["", "generated"], "mixed"),
    ],
)
def test_the_value_for_machines(found: list[str], value: str) -> None:
    assert disclosure(found) == value


@pytest.fixture
def mixed(document: Document) -> Document:
    """The first chapter was generated, its sister was not written with AI at all."""
    document.sections.filter(slug="1-ecrire").update(
        ai_level="reviewed", ai_reviewer="Jeanne Dumas", ai_reviewed_on=datetime.date(2025, 8, 1)
    )
    document.sections.filter(slug="2-relire").update(ai_level="none", ai_note="Pas une ligne n’est d’une machine.")
    publish(document=document, user=None)
    document.refresh_from_db()
    return document


def meta(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    return html.partition('<meta name="ai-disclosure" content="')[2].partition('"')[0]


def test_readers_see_it_under_the_title_and_beside_headings(mixed: Document, client: Client) -> None:
    page = client.get("/theses/lire-les-machines/2-relire/").content.decode()
    assert "Pas une ligne n’est d’une machine." in page.partition('<div class="prose')[0]
    assert page.count('class="ai"') == 1
    part = client.get("/theses/lire-les-machines/partie-i/").content.decode()
    body = part.partition('<div class="prose')[2]
    assert f"{GENERATED}, puis relu" in body
    assert "relu par Jeanne Dumas le 1 août 2025" in body
    assert 'data-ai-disclosure="ai-generated"' in body
    assert client.get("/theses/lire-les-machines/introduction/").content.decode().count('class="ai"') == 0
    whole = client.get("/theses/lire-les-machines/integral/").content.decode()
    assert whole.count('class="ai"') == 3


def test_machines_read_it_on_each_page(mixed: Document, client: Client) -> None:
    base = "/theses/lire-les-machines/"
    pages = {
        slug: meta(client, f"{base}{slug}/") for slug in ("introduction", "partie-i", "2-relire", "integral", "figures")
    }
    assert pages == {
        "introduction": "ai-assisted",
        "partie-i": "ai-generated",
        "2-relire": "none",
        "integral": "mixed",
        "figures": "mixed",
    }
    assert meta(client, base) == meta(client, f"{base}editions/1/") == "mixed"


def test_an_english_page_marks_a_french_sentence(mixed: Document, client: Client) -> None:
    page = client.get("/en/theses/lire-les-machines/2-relire/").content.decode()
    assert '<span lang="fr">Pas une ligne' in page


def test_a_sentence_of_an_edition_that_kept_no_language_is_in_that_of_the_text(mixed: Document, client: Client) -> None:
    edition = mixed.current_edition
    assert edition is not None
    del edition.facts["ai"]["language"]
    edition.save(rerender=True)
    assert '<span lang="fr">Ce texte' in client.get("/en/theses/lire-les-machines/").content.decode()


def test_what_an_edition_said_stays(mixed: Document, client: Client) -> None:
    address = "/theses/lire-les-machines/editions/1/2-relire/"
    mixed.sections.filter(slug="2-relire").update(ai_level="generated", ai_note="")
    publish(document=Document.objects.get(pk=mixed.pk), user=None)
    assert "a été généré" in client.get("/theses/lire-les-machines/2-relire/").content.decode()
    assert "Pas une ligne" in client.get(address).content.decode()
    first = DocumentEdition.objects.get(document=mixed, number=1)
    before = (first.facts, [page.html for page in first.pages.order_by("position")])
    rerender(edition_id=first.pk)
    first.refresh_from_db()
    assert (first.facts, [page.html for page in first.pages.order_by("position")]) == before
    assert meta(client, address) == "none"


def test_an_edition_from_before_sections_answered_is_written_again_as_it_was(
    published: Document, client: Client
) -> None:
    edition = published.current_edition
    assert edition is not None
    text = EditionText.objects.get(edition=edition)
    del text.draft["ai"]
    text.save()
    del edition.facts["ai_sections"]
    edition.save(rerender=True)
    assert drafts.thaw(text.draft).ai == {}
    rerender(edition_id=edition.pk)
    assert meta(client, "/theses/lire-les-machines/introduction/") == "ai-assisted"
    assert meta(client, "/theses/lire-les-machines/") == "ai-assisted"


def test_a_draft_that_did_not_change_makes_no_edition(mixed: Document) -> None:
    assert publish(document=mixed, user=None).number == 1


def form(section: Section, **changes: Any) -> SectionForm:
    blank = SectionForm(instance=section)
    data = {name: blank[name].value() for name in blank.fields} | changes
    return SectionForm({name: value for name, value in data.items() if value is not None}, instance=section)


def test_a_review_in_the_future_is_refused(document: Document) -> None:
    section = document.sections.get(slug="1-ecrire")
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    assert form(section, ai_level="reviewed").is_valid()
    refused = form(section, ai_level="reviewed", ai_reviewed_on=tomorrow)
    assert list(refused.errors) == ["ai_reviewed_on"]
    section.refresh_from_db()
    assert list(form(section, ai_level="perhaps").errors) == ["ai_level"]


def test_the_cover_names_the_sections_that_differ(mixed: Document, client: Client) -> None:
    cover = client.get("/theses/lire-les-machines/").content.decode()
    named = cover.partition('<details class="ai">')[2].partition("</details>")[0]
    assert "2 sections disent autre chose" in named
    assert 'href="/theses/lire-les-machines/partie-i/#1-ecrire"' in named
    assert 'href="/theses/lire-les-machines/2-relire/"' in named
    assert "Généré par IA, puis relu" in named


@pytest.mark.parametrize(
    ("levels", "hint"),
    [
        ({}, "Sans réponse : « Assisté par IA », comme le document."),
        ({"partie-i": "generated"}, "Sans réponse : « Généré par IA », comme « Les usages »."),
        (
            {"1-ecrire": "none", "partie-i": "reviewed"},
            "Sans réponse : « Généré par IA, puis relu », comme « Les usages ».",
        ),
        ({"introduction": "generated", "2-relire": "none"}, "Sans réponse : « Assisté par IA », comme le document."),
    ],
)
def test_the_form_says_what_holds_without_an_answer(document: Document, levels: dict[str, str], hint: str) -> None:
    for slug, level in levels.items():
        document.sections.filter(slug=slug).update(ai_level=level)
    assert SectionForm(instance=document.sections.get(slug="2-relire")).fields["ai_level"].help_text == hint


def test_the_form_says_where_nobody_answered(document: Document) -> None:
    Document.objects.update(ai_level="")
    section = Section.objects.get(slug="2-relire")
    assert SectionForm(instance=section).fields["ai_level"].help_text == "Rien n’est dit au-dessus de cette section."
