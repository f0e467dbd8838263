"""The editor of a section: preview, pickers, presence, and what a save costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django import DjangoAssertNumQueries

from publishing.models import Presence
from theses.models import Document, Section
from theses.tests.building import add_sections, section, words
from theses.tests.conftest import user_with
from theses.tests.test_admin import form_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db
RIGHTS = ("change_section", "view_section", "change_document", "view_document")


@pytest.fixture
def writer(db: None) -> User:
    return user_with("eva", *RIGHTS)


@pytest.fixture
def desk(client: Client, writer: User) -> Client:
    client.force_login(writer)
    return client


@pytest.fixture
def row(document: Document) -> Section:
    return Section.objects.get(slug="1-ecrire")


def address(name: str, row: Section) -> str:
    return reverse(f"admin:theses_section_{name}", args=[row.pk])


def test_the_preview_knows_the_document(row: Section, desk: Client) -> None:
    body = "[(Dumas, 2020)](cite:dumas2020) [x](cite:absent)\n\n![](figure:figure-1)\n\n[suite](section:2-relire)"
    html = desk.post(address("text_preview", row), {"content": body}).content.decode()
    assert 'class="citation"' in html
    assert "Une chaîne" in html
    assert 'class="xref"' in html
    assert html.count("<li>") == 1
    assert "absent" in html


def test_the_preview_is_as_safe_as_the_page(row: Section, desk: Client) -> None:
    html = desk.post(address("text_preview", row), {"content": "<script>alert(1)</script>"}).content.decode()
    assert "<script" not in html


def test_a_preview_costs_the_same_in_a_long_work(
    document: Document, row: Section, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add_sections(document, *(section(position, (1,), body=words(20)) for position in range(8, 160)))
    body = "[a](cite:dumas2020) ![](figure:figure-1) [b](section:2-relire) [c](section:s20)"
    with django_assert_max_num_queries(9):
        desk.post(address("text_preview", row), {"content": body})


@pytest.mark.parametrize(
    ("kind", "typed", "inserted"),
    [
        ("cite", "livre lu", "[(Dumas, 2020)](cite:dumas2020)"),
        ("cite", "dumas2020", "[(Dumas, 2020)](cite:dumas2020)"),
        ("figure", "chaîne", "![](figure:figure-1)"),
        ("place", "relire", "[2 Relire](section:2-relire)"),
        ("place", "chaîne", "[Figure 1](figure:figure-1)"),
        ("place", "deux nombres", "[le tableau 1](table:table-1)"),
    ],
)
def test_what_is_typed_is_found(row: Section, desk: Client, kind: str, typed: str, inserted: str) -> None:
    found = desk.get(address("pick", row), {"kind": kind, "q": typed}).json()["found"]
    assert inserted in [one["insert"] for one in found]


def test_what_is_not_there_is_not_found(row: Section, desk: Client) -> None:
    for kind in ("cite", "figure", "place", "unknown"):
        assert desk.get(address("pick", row), {"kind": kind, "q": "absolument rien"}).json() == {"found": []}


def test_a_new_note_has_a_label_of_its_own(document: Document, row: Section, desk: Client) -> None:
    Section.objects.filter(slug="annexes").update(body="Un mot[^41].\n\n[^41]: Note.")
    assert desk.get(address("pick", row), {"kind": "note"}).json() == {"next": 42}


@pytest.mark.parametrize("name", ["text_preview", "pick", "presence"])
@pytest.mark.parametrize(("who", "expected"), [("nobody", 302), ("viewer", 403)])
def test_who_may(row: Section, client: Client, name: str, who: str, expected: int) -> None:
    if who == "viewer":
        client.force_login(user_with("x", "view_section", "change_document"))
    send = client.get if name == "pick" else client.post
    assert send(address(name, row)).status_code == expected


def test_the_second_editor_is_told(row: Section, desk: Client, client: Client) -> None:
    other = user_with("luc", *RIGHTS)
    second = Client()
    second.force_login(other)
    assert desk.get(address("change", row)).context["others"] == []
    told = second.get(address("change", row)).context["others"]
    assert len(told) == 1
    assert told[0].startswith("eva édite cette page depuis ")
    assert desk.post(address("presence", row)).json()["others"][0].startswith("luc ")
    assert desk.post(address("presence", row), {"leaves": "1"}).status_code == 204
    assert second.post(address("presence", row)).json() == {"others": []}
    Presence.objects.update(seen_at="2020-01-01T00:00Z")
    assert desk.post(address("presence", row)).json() == {"others": []}


def test_saving_a_section_costs_at_most_twelve_queries(
    row: Section, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    values = form_of(desk.get(address("change", row))) | {"body": "Un autre texte."}
    with django_assert_max_num_queries(12):
        assert desk.post(address("change", row), values).status_code == 302


PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  const area = document.querySelector(".writing textarea");
  area.focus();
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def opened(page: Page, sign_in: Any, row: Section, writer: User, settings: Any, tmp_path: Path) -> Page:
    settings.MEDIA_ROOT = tmp_path
    sign_in(page, writer)
    page.goto(address("change", row))
    page.locator(".writing-bar").wait_for()
    return page


def test_the_preview_looks_like_the_site(opened: Page) -> None:
    frame = opened.frame_locator(".writing-preview")
    frame.locator(".prose p").first.wait_for()
    assert "Un appel" in frame.locator(".prose").inner_text()
    assert "Serif" in frame.locator(".prose p").first.evaluate("element => getComputedStyle(element).fontFamily")
    area = opened.locator(".writing textarea")
    area.fill("Un **autre** texte.")
    frame.locator("strong", has_text="autre").wait_for()


def test_a_citation_and_a_note_by_keyboard(opened: Page, row: Section) -> None:
    area = opened.locator(".writing textarea")
    area.fill("Un mot")
    opened.get_by_role("button", name="Référence").press("Enter")
    opened.locator(".writing-picker .query").fill("livre")
    opened.get_by_role("option", name="Le livre lu").wait_for()
    opened.keyboard.press("Enter")
    assert area.input_value() == "Un mot [(Dumas, 2020)](cite:dumas2020)"
    opened.get_by_role("button", name="Note", exact=True).press("Enter")
    expect(area).to_have_value(re.compile(r"\[\^2\]: "))
    opened.keyboard.type("La note.")
    opened.keyboard.press("Control+z")
    opened.keyboard.press("Control+y")
    opened.locator("input[name=_continue]").click()
    opened.wait_for_url("**/change/")
    row.refresh_from_db()
    assert row.body == "Un mot [(Dumas, 2020)](cite:dumas2020)[^2]\n\n[^2]: La note.".replace("\n", "\r\n") or (
        row.body == "Un mot [(Dumas, 2020)](cite:dumas2020)[^2]\n\n[^2]: La note."
    )


def test_pasted_from_a_word_processor(opened: Page) -> None:
    area = opened.locator(".writing textarea")
    area.fill("")
    opened.evaluate(PASTE, ["<p>Un <b>mot</b></p><ul><li>a</li></ul>", "Un mot a"])
    expect(area).to_have_value("Un **mot**\n\n- a")
    # At the end of a line a list begins a line of its own; the notes of another text get labels that are free here.
    area.fill("Avant.[^4]\n\n[^4]: La mienne.")
    area.evaluate("area => area.setSelectionRange(10, 10)")
    note = '<a href="#_ftn1">[1]</a></li></ul><div id="ftn1"><p><a href="#_ftnref1">[1]</a> La leur.</p></div>'
    opened.evaluate(PASTE, [f"<ul><li>a{note}", "a"])
    expect(area).to_have_value("Avant.[^4]\n\n- a[^5]\n\n[^5]: La leur.\n\n[^4]: La mienne.")


def test_bold_and_a_link_by_shortcut(opened: Page) -> None:
    area = opened.locator(".writing textarea")
    area.fill("mot")
    area.select_text()
    opened.keyboard.press("Control+b")
    assert area.input_value() == "**mot**"
    area.select_text()
    opened.keyboard.press("Control+k")
    opened.locator(".writing-picker .query").fill("https://example.org/")
    opened.keyboard.press("Enter")
    assert area.input_value() == "[**mot**](https://example.org/)"


def test_a_text_that_was_not_saved_is_offered_back(opened: Page, row: Section) -> None:
    opened.on("dialog", lambda dialog: dialog.accept())
    opened.locator(".writing textarea").fill("Ce que j’écrivais.")
    opened.wait_for_timeout(700)
    opened.goto("/admin/")
    opened.goto(address("change", row))
    opened.get_by_role("button", name="Le reprendre").click()
    assert opened.locator(".writing textarea").input_value() == "Ce que j’écrivais."


def test_two_editors_see_both_texts(opened: Page, row: Section, axe: Callable[[Page], None], watch: Any) -> None:
    row.body = "Un texte de l’autre."
    row.save()
    opened.locator(".writing textarea").fill("Un texte de moi.")
    opened.locator("input[name=_continue]").click()
    opened.locator(".two-texts").wait_for()
    assert opened.locator(".two-texts ins").all_inner_texts() == ["moi"]
    assert "autre" in opened.locator(".two-texts del").all_inner_texts()[-1]
    assert opened.locator(".writing textarea").input_value() == "Un texte de moi."
    axe(opened)
    opened.locator("input[name=_continue]").click()
    opened.locator(".messagelist .success").wait_for()
    row.refresh_from_db()
    assert row.body == "Un texte de moi."
    watch.forgive("Applying inline style")


@pytest.mark.parametrize(("width", "colour"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing(
    new_page: Callable[..., Page],
    sign_in: Any,
    row: Section,
    writer: User,
    axe: Callable[[Page], None],
    watch: Any,
    width: int,
    colour: str,
) -> None:
    page = new_page(width=width, colour=colour)
    sign_in(page, writer)
    page.goto(address("change", row))
    page.frame_locator(".writing-preview").locator(".prose p").first.wait_for()
    axe(page)
    page.get_by_role("button", name="Renvoi").click()
    page.locator(".writing-picker [role=option]").first.wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watch.forgive("Applying inline style")
