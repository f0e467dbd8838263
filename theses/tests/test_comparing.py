"""The screen that compares editions of a document and its draft: what it says, what it costs, who may open it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from theses.actions.publish import publish
from theses.models import BibliographyEntry, Document, Figure
from theses.tests.building import add_sections, section
from theses.tests.conftest import user_with

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(user_with("eva", "view_document"))
    return client


def address(document: Document) -> str:
    return reverse("admin:theses_document_compare", args=[document.pk])


def rewrite(document: Document) -> None:
    """One change of each sort."""
    intro, part, write, read = document.sections.order_by("position")[:4]
    intro.body = intro.body.replace("intro3 ", "ouverture ") + "\n\nUn paragraphe de plus, <b>tout neuf</b>."
    moved = intro.body.split("\n\n")[2]
    intro.body = intro.body.replace(f"{moved}\n\n", "")
    intro.save()
    part.title = "Les nouveaux usages"
    part.save()
    write.body = write.body.replace("usage1 ", "emploi ")
    write.save()
    read.body = f"{moved}\n\n" + read.body.replace("La même note[^1].\n\n", "")
    read.depth = 1
    read.save()
    Figure.objects.filter(document=document).update(alt="Trois maillons", credit="Le dessinateur")
    BibliographyEntry.objects.get(document=document, key="petit2021").delete()
    document.subtitle = "Une autre enquête"
    document.ai_level = "none"
    document.save()


def test_each_sort_of_difference_is_told(published: Document, desk: Client) -> None:
    rewrite(published)
    response = desk.get(address(published))
    found = response.context["found"]
    assert [row.label for row in found.notice] == ["Sous-titre", "Usage de l’IA"]
    assert [(change.new.name, change.retitled, change.levels) for change in found.outline] == [
        ("Partie I Les nouveaux usages", True, None),
        ("2 Relire", False, (2, 1)),
    ]
    assert [figure.name for figure in found.figures] == ["Figure 1\u202f: Une chaîne"]
    assert found.summary == "3 passages changés, 1 passage ajouté, 3 passages retirés, 1 passage déplacé"
    html = response.content.decode()
    assert (
        '<del><span class="visually-hidden">[retiré\u202f: </span>intro3<span class="visually-hidden">]</span>' in html
    )
    assert "&lt;b&gt;tout neuf&lt;/b&gt;" in html
    assert "Avant sous : Introduction" in html
    assert reverse("admin:theses_section_change", args=[published.sections.get(slug="introduction").pk]) in html


def test_marks_and_answers_on_ai_are_told_where_no_word_changes(published: Document, desk: Client) -> None:
    intro, part, write = published.sections.order_by("position")[:3]
    intro.body = intro.body.replace("intro3 ", "**intro3** ")
    intro.save()
    part.ai_level = "generated"
    part.save()
    write.body = write.body.replace("cite:dumas2020", "cite:petit2021").replace("usage1 ", "emploi *usage2* ")
    write.save()
    response = desk.get(address(published))
    found = response.context["found"]
    assert [change.path for change in found.markup] == [("Introduction",)]
    assert [change.path for change in found.answers] == [("Partie I Les usages",)]
    assert (found.notice, found.outline, found.summary) == ([], [], "1 passage changé")
    html = response.content.decode()
    assert "<ins>" in html
    back = desk.get(address(published), {"de": "brouillon", "a": "1"}).context["found"]
    assert [("a été généré" in change.before, change.after) for change in back.answers] == [(True, "")]


def test_any_two_editions_are_compared(published: Document, desk: Client) -> None:
    rewrite(published)
    publish(document=published, user=None, change_note="Relue")
    document = Document.objects.get()
    document.sections.filter(slug="introduction").delete()
    there = desk.get(address(document), {"de": "1", "a": "2"})
    back = desk.get(address(document), {"de": "2", "a": "1"})
    assert "Édition 2" in there.content.decode()
    assert "\u202f: Relue" in there.content.decode()
    counts, turned = there.context["found"].counts, back.context["found"].counts
    assert (counts["added"], counts["removed"]) == (turned["removed"], turned["added"])
    assert "/editions/2/introduction/#" in there.content.decode()
    assert desk.get(address(document), {"a": "1"}).context["chosen_old"] == "2"


def test_nothing_changes_in_what_was_published(published: Document, desk: Client) -> None:
    html = desk.get(address(published)).content.decode()
    assert "Rien ne change." in html
    assert "les mêmes, mot pour mot" in html
    assert "choisissez-en un autre" in desk.get(address(published), {"a": "1"}).content.decode()


def test_what_was_never_published_has_nothing_to_compare(document: Document, desk: Client) -> None:
    assert "pas d’édition à comparer" in desk.get(address(document)).content.decode()


@pytest.mark.parametrize("choice", ["3", "0", "-1", "x", "9" * 40, "²"])
def test_an_edition_that_is_none(published: Document, desk: Client, choice: str) -> None:
    assert desk.get(address(published), {"de": choice}).status_code == 404


def test_the_number_of_queries_does_not_follow_the_text(
    published: Document, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add_sections(published, *(section(10 + n, (1, "section", "", f"Neuf {n}", 30)) for n in range(30)))
    with django_assert_max_num_queries(16):
        desk.get(address(published))


def test_many_differences_are_paged(published: Document, desk: Client) -> None:
    body = "\n\n".join(f"Le paragraphe numéro {n} parle de la chose {n * 7}." for n in range(120))
    published.sections.filter(slug="annexes").update(body=body)
    first = desk.get(address(published)).content.decode()
    assert "différences 1 à 50 sur 121" in first
    assert "?de=1&amp;a=brouillon&amp;page=2#ecart-51" in first
    second = desk.get(address(published), {"page": "2"}).content.decode()
    assert "?de=1&amp;a=brouillon&amp;page=1#ecart-50" in second
    assert 'id="ecart-51"' in second
    assert "Notice</h2>" not in second


def test_only_those_who_may_see_the_work_compare_it(published: Document, client: Client) -> None:
    assert client.get(address(published)).status_code == 302
    client.force_login(user_with("lea", "view_section"))
    assert client.get(address(published)).status_code == 403
    client.force_login(user_with("ida", "change_document"))
    assert client.get(address(published)).status_code == 200
    assert client.post(address(published)).status_code == 405
    assert client.get(reverse("admin:theses_document_compare", args=[published.pk + 1])).status_code == 404


def test_the_way_to_the_comparison(published: Document, client: Client) -> None:
    client.force_login(User.objects.create_superuser("administratrice"))
    rewrite(published)
    link = f'<a href="{address(published)}">Voir ce qui change</a>'
    change = client.get(reverse("admin:theses_document_change", args=[published.pk])).content.decode()
    step = client.get(reverse("admin:theses_document_publish"), {"pk": published.pk}).content.decode()
    assert link in change
    assert link in step


@pytest.mark.django_db(transaction=True)
def test_the_comparison_is_accessible_and_walked_by_keyboard(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    published: Document,
    axe: Callable[[Page], None],
    watch: Any,
) -> None:
    rewrite(published)
    for width, colour in ((390, "dark"), (1440, "light")):
        page = new_page(colour=colour, width=width)
        sign_in(page, User.objects.filter(username="eva").first() or user_with("eva", "view_document"))
        page.goto(address(published))
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#ecart-1 .ways a").first.press("Enter")
    assert page.url.endswith("#ecart-2")
    watch.forgive("Applying inline style")
