"""Find and replace over a work: what is found, what is replaced, and what stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from theses.actions.replace_text import replace_text
from theses.actions.undo import undo
from theses.finding import MOST, Search, hits
from theses.models import Document
from theses.tests.conftest import user_with
from theses.tests.test_history import ALL, state

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def editor(db: None) -> User:
    return user_with("eva", *ALL)


def address(document: Document) -> str:
    return reverse("admin:theses_document_replace", args=[document.pk])


@pytest.mark.parametrize(
    ("search", "text", "expected"),
    [
        (Search("été"), "Été, été, etes", ["Été", "été"]),
        (Search("été", case=True), "Été, été", ["été"]),
        (Search("ete", accents=False), "Été, étés", ["Été", "été"]),
        (Search("ete", accents=False, whole=True), "Été, étés", ["Été"]),
        (Search("l'art", accents=False), "l’art", ["l’art"]),
        (Search("a.c"), "abc a.c", ["a.c"]),
        (Search("aa"), "aaaa", ["aa", "aa"]),
        (Search("c++", whole=True), "c++ c++x", ["c++", "c++"]),
        (Search(""), "abc", []),
        (Search("ß", accents=False), "ẞ ß İ", ["ẞ", "ß"]),
    ],
)
def test_words_are_found(search: Search, text: str, expected: list[str]) -> None:
    found = [text[start:end] for start, end in search.places(text)]
    assert found == expected


@given(st.text(max_size=80), st.text(min_size=1, max_size=3), st.booleans(), st.booleans(), st.booleans())
def test_places_are_in_order_and_say_the_words(text: str, words: str, case: bool, accents: bool, whole: bool) -> None:
    search, last = Search(words, case, accents, whole), 0
    for start, end in search.places(text):
        assert last <= start < end <= len(text)
        assert search.folded(text[start:end]) == search.folded(words)
        last = end


@pytest.mark.django_db
def test_chosen_hits_are_replaced_and_undone_in_one_act(document: Document, editor: User) -> None:
    document.figures.update(caption="Une note", alt="La note")
    before = state(document)
    search = Search("note", whole=True)
    found = hits(document, search)
    assert {type(hit.row).__name__ for hit in found} == {"Section", "Figure"}
    replace_text(
        document=document, user=editor, search=search, replacement="glose", chosen=[hit.key for hit in found[:-1]]
    )
    assert len(hits(document, search)) == 1
    assert document.figures.get().caption == "Une glose"
    assert "Le texte de la glose" in document.sections.get(slug="1-ecrire").body
    undo(document=document, user=editor)
    assert state(document) == before


@pytest.mark.django_db
def test_a_text_that_changed_since_stops_all(document: Document, editor: User) -> None:
    search = Search("note")
    keys = [hit.key for hit in hits(document, search)]
    document.sections.filter(slug="2-relire").update(body="Une autre note.")
    before = state(document)
    with pytest.raises(ValidationError):
        replace_text(document=document, user=editor, search=search, replacement="x", chosen=keys)
    assert state(document) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "chosen",
    [
        [],
        ["x"],
        ["section-1-slug-0-0123456789ab"],
        ["user-1-password-0-0123456789ab"],
        ["section-999999-body-0-0123456789ab"],
        ["x"] * (MOST + 1),
    ],
)
def test_places_that_are_none_are_refused(document: Document, editor: User, chosen: list[str]) -> None:
    with pytest.raises(ValidationError):
        replace_text(document=document, user=editor, search=Search("note"), replacement="x", chosen=chosen)


@pytest.mark.django_db
def test_a_title_does_not_become_empty(document: Document, editor: User) -> None:
    search = Search("Annexes")
    keys = [hit.key for hit in hits(document, search)]
    with pytest.raises(ValidationError):
        replace_text(document=document, user=editor, search=search, replacement="", chosen=keys)


@pytest.mark.django_db
def test_replacing_asks_for_every_right_it_needs(document: Document) -> None:
    with pytest.raises(PermissionDenied):
        replace_text(
            document=document,
            user=user_with("lea", "change_section"),
            search=Search("note"),
            replacement="x",
            chosen=["x"],
        )


@pytest.mark.django_db
def test_the_screen_shows_hits_and_replaces_them(document: Document, client: Client, editor: User) -> None:
    assert client.get(address(document)).status_code == 302
    client.force_login(editor)
    response = client.get(address(document), {"words": "<b>", "replacement": ""})
    assert "Rien ne correspond" in response.content.decode()
    response = client.get(address(document), {"words": "note", "replacement": "glose"})
    assert "<mark>note</mark>" in response.content.decode()
    keys = [hit.key for hit in response.context["hits"]]
    sent: dict[str, Any] = {"words": "note", "replacement": "glose", "hit": keys}
    assert client.post(address(document), sent).status_code == 302
    assert not hits(document, Search("note"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("colour", ["light", "dark"])
def test_the_screen_is_accessible(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    document: Document,
    axe: Callable[[Page], None],
    watch: Any,
    colour: str,
) -> None:
    page = new_page(colour=colour, width=390)
    sign_in(page, user_with("eva", *ALL))
    page.goto(f"{address(document)}?words=note&replacement=glose")
    axe(page)
    # axe itself tries inline styles, which the policy refuses.
    watch.forgive("Applying inline style")
