"""An edition becomes the draft again: all that it froze, as one act that can be undone, and with its anchors."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from publishing.actions.withdraw import withdraw
from publishing.history import recording
from publishing.models import Author
from theses.actions.make_draft import make_draft
from theses.actions.publish import publish
from theses.actions.put_back import put_back
from theses.actions.undo import redo, undo
from theses.models import Document, DocumentContribution, DocumentEdition, EditionText, Section
from theses.tests.conftest import user_with
from theses.tests.test_history import ALL, state
from theses.tests.test_rerender_and_restore import content

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> User:
    return user_with("eva", *ALL)


@pytest.fixture
def first(document: Document) -> DocumentEdition:
    """The edition that is taken up again, with a picture and a person of another role."""
    document.figures.update(image="figures/chaine.png")
    document.sections.filter(slug="2-relire").update(ai_level="reviewed", ai_reviewed_on="2025-01-31")
    guide = Author.objects.create(name="Ida Marchal", slug="ida-marchal")
    DocumentContribution.objects.create(document=document, author=guide, role="supervisor", occupation="Traductrice")
    return publish(document=document, user=None)


def wreck(document: Document) -> None:
    """Every sort of part changed, added or deleted; a section renamed its address, and another took the old one."""
    document.refresh_from_db()
    document.title, document.subtitle, document.date, document.ai_level = "Autre", "", None, "none"
    document.page_depth, document.language = 1, "en"
    document.save()
    document.sections.filter(slug="introduction").update(body="Tout autre chose.", title="Ouverture")
    document.sections.get(slug="annexes").delete()
    document.sections.filter(slug="1-ecrire").update(slug="1-rediger", position=9)
    Section.objects.create(document=document, position=20, depth=1, title="De plus", slug="de-plus")
    document.sections.filter(slug="partie-i").update(ai_level="generated", ai_tool="un outil")
    document.sections.filter(slug="2-relire").update(ai_level="", ai_reviewed_on=None)
    document.figures.update(image="figures/autre.png", alt="Autre", caption="Autre")
    document.bibliography.get(key="petit2021").delete()
    document.bibliography.update(raw="Autre", csl={})
    document.abstracts.filter(language="en").delete()
    document.abstracts.update(text="Autre.")
    document.contributions.get(role="supervisor").delete()
    document.contributions.update(occupation="Autre")


def frozen(edition: DocumentEdition) -> dict[str, Any]:
    return EditionText.objects.get(edition=edition).draft


def test_publishing_it_again_gives_the_same_edition(first: DocumentEdition, editor: User) -> None:
    document = Document.objects.get()
    before = state(document)
    wreck(document)
    publish(document=document, user=None)
    make_draft(edition=first, user=editor)
    assert state(document) == before
    third = publish(document=document, user=None)
    assert third.number == 3
    assert (third.facts, third.outline, third.title) == (first.facts, first.outline, first.title)
    assert frozen(third) == frozen(first)
    assert content(third) == content(first)
    assert third.facts["figures"][0]["src"].endswith("figures/chaine.png")


def test_the_draft_as_it_stood_is_had_again(first: DocumentEdition, editor: User) -> None:
    document = Document.objects.get()
    with recording(user=editor, what="Tout changer") as act:
        wreck(document)
    wrecked = state(document)
    make_draft(edition=first, user=editor)
    taken = state(document)
    assert taken != wrecked
    undo(document=document, user=editor)
    assert state(document) == wrecked
    redo(document=document, user=editor)
    assert state(document) == taken
    put_back(document=document, user=editor, moment=act.moment)
    assert state(document) == wrecked


def test_readers_see_nothing_of_it(first: DocumentEdition, editor: User) -> None:
    document = Document.objects.get()
    wreck(document)
    second = publish(document=document, user=None)
    make_draft(edition=first, user=editor)
    document.refresh_from_db()
    assert document.current_edition == second
    assert document.has_unpublished_changes
    assert document.slug == "lire-les-machines"
    assert document.changes.get().what == "L’édition 1 est redevenue le brouillon."


def test_an_address_that_another_section_took_is_given_back(first: DocumentEdition, editor: User) -> None:
    document = Document.objects.get()
    old = document.sections.get(slug="annexes")
    document.sections.filter(slug="introduction").update(slug="prelude")
    old.delete()
    document.sections.filter(slug="partie-i").update(slug="annexes")
    make_draft(edition=first, user=editor)
    assert [row.slug for row in document.sections.order_by("position")] == [
        row["slug"] for row in frozen(first)["sections"]
    ]
    assert document.sections.get(slug="introduction").title == "Introduction"
    assert document.sections.get(slug="annexes").title == "Annexes"


def test_an_edition_without_its_notice_gives_its_text(first: DocumentEdition, editor: User, client: Client) -> None:
    document = Document.objects.get()
    text = EditionText.objects.get(edition=first)
    text.draft = {name: value for name, value in text.draft.items() if name != "notice"}
    text.save()
    wreck(document)
    client.force_login(editor)
    asked = client.get(reverse("admin:theses_documentedition_draft", args=[first.pk])).content.decode()
    assert "la notice et les personnes resteront celles du brouillon" in asked
    make_draft(edition=first, user=editor)
    document.refresh_from_db()
    assert (document.title, document.ai_level) == ("Lire les machines", "none")
    assert document.sections.get(slug="introduction").title == "Introduction"
    assert document.abstracts.count() == 1


def test_what_the_draft_says_already_is_refused(first: DocumentEdition, editor: User) -> None:
    with pytest.raises(ValidationError, match="rien à reprendre"):
        make_draft(edition=first, user=editor)
    assert not Document.objects.get().changes.exists()


def test_a_person_whom_the_site_forgot_is_named(first: DocumentEdition, editor: User) -> None:
    document = Document.objects.get()
    document.contributions.get(role="supervisor").delete()
    Author.objects.get(slug="ida-marchal").delete()
    with pytest.raises(ValidationError, match="Ida Marchal"):
        make_draft(edition=first, user=editor)
    again = Author.objects.create(name="Ida Marchal", slug="ida-marchal")
    make_draft(edition=first, user=editor)
    assert document.contributions.get(role="supervisor").author == again


def test_those_who_write_need_not_add_or_delete_whole_works(first: DocumentEdition) -> None:
    wreck(Document.objects.get())
    rights = [name for name in ALL if name not in {"add_document", "delete_document"}]
    make_draft(edition=first, user=user_with("lea", *rights))
    assert Document.objects.get().title == "Lire les machines"


@pytest.mark.parametrize("right", ["delete_section", "change_document", "add_abstract"])
def test_every_right_on_the_text_is_needed(first: DocumentEdition, right: str) -> None:
    wreck(Document.objects.get())
    with pytest.raises(PermissionDenied):
        make_draft(edition=first, user=user_with("lea", *(name for name in ALL if name != right)))
    assert Document.objects.get().title == "Autre"


# The screen ----------------------------------------------------------------------------------------------------------


def test_an_edition_is_taken_up_from_its_screen(first: DocumentEdition, editor: User, client: Client) -> None:
    document = Document.objects.get()
    wreck(document)
    second = publish(document=document, user=None)
    client.force_login(user_with("edith", *ALL, "publish_document", "view_documentedition"))
    form = client.get(reverse("admin:theses_document_change", args=[document.pk])).content.decode()
    take_up = reverse("admin:theses_documentedition_draft", args=[first.pk])
    assert take_up in form
    assert reverse("admin:theses_documentedition_restore", args=[first.pk]) in form
    assert reverse("admin:theses_documentedition_restore", args=[second.pk]) not in form
    compare = reverse("admin:theses_document_compare", args=[document.pk])
    assert f"{compare}?de=1&amp;a=brouillon" in form
    page = client.get(take_up).content.decode()
    assert "resteront celles du brouillon" not in page
    assert "Les lecteurs continuent de voir l’édition actuelle" in page
    assert f"{compare}?de=brouillon&amp;a=1" in page
    answer = client.post(take_up, follow=True).content.decode()
    assert "L’édition 1 est redevenue le brouillon." in answer
    document.refresh_from_db()
    assert (document.title, document.current_edition) == ("Lire les machines", second)
    assert "rien à reprendre" in client.post(take_up, follow=True).content.decode()


def test_who_finds_what_on_the_list_of_editions(first: DocumentEdition, client: Client) -> None:
    take_up = reverse("admin:theses_documentedition_draft", args=[first.pk])
    restore = reverse("admin:theses_documentedition_restore", args=[first.pk])
    assert client.get(take_up).status_code == 302
    client.force_login(user_with("lea", "view_documentedition", "view_document", "publish_document"))
    withdraw(work=Document.objects.get(), user=None)
    listed = client.get(reverse("admin:theses_documentedition_changelist")).content.decode()
    assert restore in listed
    assert take_up not in listed
    assert client.get(take_up).status_code == client.post(take_up).status_code == 403
    client.force_login(user_with("eve", *ALL, "view_documentedition"))
    listed = client.get(reverse("admin:theses_documentedition_changelist")).content.decode()
    assert take_up in listed
    assert restore not in listed
    assert client.post(restore).status_code == 403
    assert client.get(reverse("admin:theses_documentedition_draft", args=[first.pk + 1])).status_code == 404
