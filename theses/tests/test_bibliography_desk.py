"""The screen of a bibliography: duplicates merged, what is not cited or not there, references from elsewhere, links."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from manuscript.references import read_bibtex, read_ris
from theses.actions.check_reference_links import ask_for_links, follow_waiting
from theses.actions.merge_entries import merge_entries
from theses.actions.take_references import take_references
from theses.alike import duplicates
from theses.citing import citations_of
from theses.csl_words import words
from theses.models import BibliographyEntry, Document, LinkCheck, Section
from theses.reference_links import Answer
from theses.tests.conftest import user_with

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db
RIGHTS = (
    "add_bibliographyentry",
    "change_bibliographyentry",
    "delete_bibliographyentry",
    "view_bibliographyentry",
    "change_section",
    "change_document",
)


@pytest.fixture
def librarian(db: None) -> User:
    return user_with("lina", *RIGHTS)


@pytest.fixture
def desk(client: Client, librarian: User) -> Client:
    client.force_login(librarian)
    return client


def entry(document: Document, key: str, **csl: Any) -> BibliographyEntry:
    position = document.bibliography.count() + 1
    fields = {"type": "book", "title": key, **csl}
    return BibliographyEntry.objects.create(document=document, position=position, key=key, raw=key, csl=fields)


def address(name: str, document: Document, *more: str) -> str:
    return reverse(f"admin:theses_bibliographyentry_{name}", args=[document.pk, *more])


def named(family: str, year: int, title: str) -> dict[str, Any]:
    return {"author": [{"family": family}], "issued": {"date-parts": [[year]]}, "title": title}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"DOI": "10.1/AB"}, {"DOI": "https://doi.org/10.1/ab"}, True),
        ({"URL": "https://www.example.org/a/"}, {"URL": "http://example.org/a#b"}, True),
        ({"URL": "https://example.org/a?x=1"}, {"URL": "https://example.org/a?x=2"}, False),
        (named("Roux", 2020, "Écrire avec la machine"), named("roux", 2020, "Ecrire avec la machine."), True),
        (named("Roux", 2020, "Écrire avec la machine"), named("Roux", 2021, "Écrire avec la machine"), False),
        (named("Roux", 2020, "Écrire avec la machine"), named("Roux", 2020, "Lire contre la mer"), False),
        (named("Roux", 2020, "Lettre d’avril 2024"), named("Roux", 2020, "Lettre de mars 2024"), False),
        (named("Roux", 2020, "Rapport annuel, tome 1"), named("Roux", 2020, "Rapport annuel, tome 2"), False),
        (named("Roux", 2020, "Lire avec la machine"), named("Roux", 2020, "Lire avec la machine : enquête"), True),
        (named("Roux", 2020, "Lire avec la machine"), named("Roux", 2020, "Lire avec les machines"), True),
        (named("Roux", 2020, "Intelligence artificielle"), named("Roux", 2020, "Inteligence artificiele"), True),
        ({"title": "Sans auteur ni date"}, {"title": "Sans auteur ni date"}, False),
    ],
)
def test_what_seems_one_work(document: Document, one: Any, other: Any, same: bool) -> None:
    first, second = entry(document, "un", **one), entry(document, "deux", **other)
    groups = duplicates(list(document.bibliography.all()))
    assert ([[row.key for row in group] for group in groups] == [["un", "deux"]]) is same
    assert {first.key, second.key} <= set(document.bibliography.values_list("key", flat=True))


def test_three_of_one_work_are_one_group(document: Document) -> None:
    entry(document, "a", DOI="10.1/a")
    entry(document, "b", DOI="10.1/a", URL="https://example.org/b")
    entry(document, "c", URL="https://example.org/b")
    assert [[row.key for row in group] for group in duplicates(list(document.bibliography.all()))] == [["a", "b", "c"]]


def test_what_cited_the_others_cites_the_one_that_stays(document: Document, desk: Client) -> None:
    kept = document.bibliography.get(key="dumas2020")
    twice = entry(document, "dumas2020b", **{**kept.csl, "publisher": "Presses du fil"})
    Section.objects.filter(slug="introduction").update(body="[a](cite:dumas2020b) [b](cite:dumas2020) cite:dumas2020b")
    values = {"keep": kept.pk, "entries": [kept.pk, twice.pk]}
    assert desk.post(address("merge", document), values).status_code == 302
    row = Section.objects.get(slug="introduction")
    assert row.body == "[a](cite:dumas2020) [b](cite:dumas2020) cite:dumas2020b"
    kept.refresh_from_db()
    assert kept.csl["publisher"] == "Presses du fil"
    assert kept.csl["title"] == "Le livre lu"
    assert not document.bibliography.filter(key="dumas2020b").exists()


def test_merging_is_refused_whole(document: Document, librarian: User) -> None:
    kept = document.bibliography.get(key="dumas2020")
    with pytest.raises(ValidationError, match="plus là"):
        merge_entries(document=document, user=librarian, keep=kept.pk, others=[kept.pk, 999_999])
    with pytest.raises(PermissionDenied):
        merge_entries(document=document, user=user_with("x", "change_bibliographyentry"), keep=kept.pk, others=[1])
    other = Document.objects.create(title="Autre", slug="autre")
    with pytest.raises(ValidationError, match="plus là"):
        merge_entries(document=other, user=librarian, keep=kept.pk, others=[1])


def test_the_lists_of_the_screen(
    document: Document, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Section.objects.filter(slug="introduction").update(body="[x](cite:absente2019)")
    page = address("desk", document)
    with django_assert_max_num_queries(12):
        response = desk.get(page)
    assert [(name, count) for name, _label, count in response.context["views"]] == [
        ("", 2),
        ("jamais-citees", 1),
        ("doublons", 0),
        ("sans-reference", 1),
        ("liens", 0),
    ]
    assert [row.entry.key for row in desk.get(f"{page}?vue=jamais-citees").context["rows"]] == ["petit2021"]
    assert "absente2019" in desk.get(f"{page}?vue=sans-reference").content.decode()
    assert desk.get(f"{page}?vue=autre").status_code == 404
    assert [place.label for place in citations_of(document)["dumas2020"]] == ["1 Écrire"]


BIBTEX = """@book{dumas2020, title = {Le livre lu}, author = {Dumas, A.}, year = {2020}, publisher = {Presses}}
@article{neuf, title = {Un article tout neuf}, author = {Roux, Anne}, year = {2024}, journal = {Revue}}"""


def test_references_are_shown_before_they_are_taken(document: Document, desk: Client) -> None:
    page = address("take", document)
    response = desk.post(page, {"text": BIBTEX})
    (_, known), (_, new) = response.context["found"]
    assert known.entry.key == "dumas2020"
    assert "publisher" in known.changes
    assert ("éditeur", "", "Presses") in known.shown_changes
    assert new.entry is None
    assert document.bibliography.count() == 2
    values = {"text": response.context["form"]["text"].value(), "confirm": "1", "take": ["0", "1", "7"]}
    assert desk.post(page, values).status_code == 302
    added = document.bibliography.order_by("-position").first()
    assert added is not None
    assert added.key == "roux2024"
    assert "Un article tout neuf" in added.raw
    assert document.bibliography.get(key="dumas2020").csl["publisher"] == "Presses"
    again = desk.post(page, {"text": BIBTEX}).context["found"]
    assert [proposal.does_nothing for _, proposal in again] == [True, True]


def test_two_alike_in_one_file_make_one_entry(document: Document, librarian: User) -> None:
    items = [{"type": "book", "DOI": "10.1/x", "title": "Un"}, {"type": "book", "DOI": "10.1/x", "title": "Un"}]
    assert take_references(document=document, user=librarian, items=items) == (1, 0)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("author", [{"family": "Roux", "given": "Anne"}, {"literal": "Atelier"}], "Roux, Anne\u202f; Atelier"),
        ("issued", {"date-parts": [[2024, 5]]}, "2024-05"),
        ("type", "book", "livre"),
        ("issued", {"date-parts": [["mai"]]}, "{'date-parts': [['mai']]}"),
        ("author", [{"given": 3}], "[{'given': 3}]"),
    ],
)
def test_a_change_of_a_reference_is_read_in_words(field: str, value: Any, shown: str) -> None:
    assert words(field, value) == shown


@pytest.mark.parametrize("text", ["", "   ", "du texte", "[" * 5000, '[{"type": "book"'])
def test_what_is_no_file_of_references_is_said(document: Document, desk: Client, text: str) -> None:
    response = desk.post(address("take", document), {"text": text})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() or not response.context["found"]
    assert document.bibliography.count() == 2


@pytest.mark.parametrize("ending", ["bib", "ris", "json"])
def test_the_bibliography_as_a_file(document: Document, desk: Client, ending: str) -> None:
    entry(document, "revue", type="article-journal", volume=3, page="1-9", **{"container-title": "Revue & cie"})
    response = desk.get(address("give", document, ending))
    text = response.content.decode()
    assert response["Content-Disposition"] == f'attachment; filename="lire-les-machines.{ending}"'
    items = {"bib": read_bibtex, "ris": read_ris, "json": json.loads}[ending](text)
    assert [item["title"] for item in items] == ["Le livre lu", "Jamais cité", "revue"]
    assert items[2]["container-title"] == "Revue & cie"
    assert items[2]["page"] == "1-9"


def test_links_are_followed_on_request_and_the_answers_kept(
    document: Document, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("theses.editing.bibliography.follow_in_background", lambda: None)
    one = entry(document, "vivant", URL="https://example.org/a")
    entry(document, "mort", DOI="10.1/x")
    assert desk.post(address("links", document)).status_code == 302
    assert LinkCheck.objects.filter(state="waiting").count() == 2
    asked: list[str] = []

    def answer(link: str) -> Answer:
        asked.append(link)
        return Answer("alive", "200") if "example" in link else Answer("dead", "404")

    assert follow_waiting(answer) == 2
    assert sorted(asked) == ["https://doi.org/10.1/x", "https://example.org/a"]
    assert LinkCheck.objects.get(entry=one).checked_at is not None
    page = desk.get(address("desk", document) + "?vue=liens")
    assert [row.entry.key for row in page.context["rows"]] == ["mort"]
    assert "ne répond plus" in page.content.decode()


def test_links_from_the_command_line(
    document: Document, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entry(document, "prive", URL="http://127.0.0.1:1/")
    call_command("check_reference_links", document=document.slug)
    assert "1 lien(s) suivi(s)." in capsys.readouterr().out
    assert LinkCheck.objects.get().state == "refused"
    with pytest.raises(PermissionDenied):
        ask_for_links(document=document, user=user_with("x"))


@pytest.mark.parametrize("name", ["desk", "merge", "take", "links"])
@pytest.mark.parametrize(("who", "expected"), [("nobody", 302), ("viewer", 403)])
def test_who_may(document: Document, client: Client, name: str, who: str, expected: int) -> None:
    if who == "viewer":
        client.force_login(user_with("x", "view_bibliographyentry", "change_document"))
    send = client.get if name == "desk" else client.post
    assert send(address(name, document)).status_code == expected


@pytest.mark.parametrize(("width", "colour"), [(1440, "light"), (390, "dark")])
def test_in_a_browser(
    new_page: Callable[..., Page],
    sign_in: Any,
    document: Document,
    librarian: User,
    axe: Callable[[Page], None],
    watch: Any,
    width: int,
    colour: str,
) -> None:
    entry(document, "a", DOI="10.1/a", URL="https://example.org/" + "a" * 200)
    entry(document, "b", DOI="10.1/a")
    page = new_page(width=width, colour=colour)
    sign_in(page, librarian)
    for view in ("", "?vue=doublons", "?vue=sans-reference"):
        page.goto(address("desk", document) + view)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(address("take", document))
    axe(page)
    page.get_by_label("Références").fill(BIBTEX)
    page.get_by_role("button", name="Voir ce que cela donnerait").click()
    axe(page)
    page.get_by_role("button", name="Prendre ces références").click()
    page.get_by_text("1 référence ajoutée, 1 mise à jour.").wait_for()
    watch.forgive("Applying inline style")
