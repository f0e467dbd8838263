"""The screens of the history: what they say, what they cost, who may open them, and putting back from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from publishing.history import recording, stamp
from theses.models import Document, Section
from theses.tests.conftest import user_with
from theses.tests.test_history import ALL

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> User:
    return user_with("eva", *ALL)


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def rewrite(document: Document, editor: User) -> int:
    with recording(user=editor, what="Relecture du début") as act:
        row = document.sections.get(slug="introduction")
        row.body = row.body.replace("intro0 ", "ouverture ")
        row.save()
        document.sections.get(slug="annexes").delete()
    return stamp(act.moment)


def place(name: str, *arguments: Any) -> str:
    return reverse(f"admin:theses_{name}", args=arguments)


def test_the_acts_are_told_in_words(
    document: Document, desk: Client, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rewrite(document, editor)
    with django_assert_max_num_queries(22):
        html = desk.get(place("document_versions", document.pk)).content.decode()
    assert "Relecture du début" in html
    assert "eva" in html
    assert "Section, modification\u202f: 1, Section, suppression\u202f: 1 (Introduction, Annexes)" in html


def test_an_act_shows_what_it_changed_by_word(document: Document, desk: Client, editor: User) -> None:
    html = desk.get(place("document_act", document.pk, rewrite(document, editor))).content.decode()
    assert "<del>intro0</del>" in html
    assert "<ins>ouverture</ins>" in html
    assert "Annexes" in html


def test_what_is_shown_is_escaped(document: Document, desk: Client, editor: User) -> None:
    with recording(user=editor, what="<b>x</b>") as act:
        document.sections.filter(slug="introduction").update(title="<script>alert(1)</script>")
    html = desk.get(place("document_act", document.pk, stamp(act.moment))).content.decode()
    html += desk.get(place("document_versions", document.pk)).content.decode()
    assert "<script>alert" not in html
    assert "<b>x" not in html


def test_a_whole_work_is_put_back_from_the_screen(document: Document, desk: Client, editor: User) -> None:
    with recording(user=editor, what="Avant") as act:
        document.sections.filter(slug="introduction").update(printed_page="1")
    rewrite(document, editor)
    assert desk.post(place("document_act", document.pk, stamp(act.moment))).status_code == 302
    assert "intro0 " in document.sections.get(slug="introduction").body
    assert document.sections.filter(slug="annexes").exists()


def test_a_section_has_its_own_history(document: Document, desk: Client, editor: User) -> None:
    key = document.sections.get(slug="annexes").pk
    rewrite(document, editor)
    response = desk.get(place("section_versions", key))
    versions = [part.version.history_id for part in response.context["shown"]]
    assert len(versions) == 2
    desk.post(place("section_versions", key), {"version": versions[-1]})
    assert Section.objects.filter(pk=key).exists()
    assert desk.post(place("section_versions", key), {"version": "9" * 12}).status_code == 404


@pytest.mark.parametrize("number", [0, 10**30])
def test_a_moment_that_was_none_is_not_found(document: Document, desk: Client, number: int) -> None:
    assert desk.get(place("document_act", document.pk, number)).status_code == 404


def test_only_those_who_edit_see_the_history(document: Document, client: Client, editor: User) -> None:
    number = rewrite(document, editor)
    key = document.sections.get(slug="introduction").pk
    places = [
        place("document_versions", document.pk),
        place("document_act", document.pk, number),
        place("section_versions", key),
    ]
    assert {client.get(each).status_code for each in places} == {302}
    client.force_login(user_with("lea", "view_document", "view_section"))
    assert {client.get(each).status_code for each in places} == {403}
    assert client.post(places[1]).status_code == 403


def test_older_acts_are_on_further_pages(document: Document, desk: Client, editor: User) -> None:
    for number in range(45):
        with recording(user=editor, what=f"Acte {number}"):
            document.sections.filter(slug="introduction").update(printed_page=str(number))
    response = desk.get(place("document_versions", document.pk))
    html = desk.get(place("document_versions", document.pk), {"jusque": response.context["older"]}).content.decode()
    assert "Acte 0" in html
    assert "Acte 44" not in html


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("colour", ["light", "dark"])
def test_the_history_is_accessible(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    document: Document,
    axe: Callable[[Page], None],
    watch: Any,
    colour: str,
) -> None:
    editor = user_with("eva", *ALL)
    number = rewrite(document, editor)
    page = new_page(colour=colour, width=390)
    sign_in(page, editor)
    for each in (
        place("document_versions", document.pk),
        place("document_act", document.pk, number),
        place("section_versions", document.sections.get(slug="introduction").pk),
    ):
        page.goto(each)
        axe(page)
    # axe itself tries inline styles, which the policy refuses.
    watch.forgive("Applying inline style")
