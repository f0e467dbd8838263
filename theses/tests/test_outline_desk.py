"""The screen of the outline: what it costs, who may open it, what its buttons do, and the same by key and by mouse."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from theses.models import Change, Document, Section
from theses.plan import load_plan
from theses.tests.building import section
from theses.tests.conftest import user_with
from theses.tests.test_outline_actions import RIGHTS, build, key, shape

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db

ROWS = [("a", 1), ("a1", 2), ("a11", 3), ("a2", 2), ("b", 1), ("b1", 2), ("c", 1)]


@pytest.fixture
def work(db: None) -> Document:
    return build(ROWS)


@pytest.fixture
def editor(db: None) -> User:
    return user_with("eva", *RIGHTS, "view_document", "change_document")


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def address(document: Document) -> str:
    return reverse("admin:theses_document_outline", args=[document.pk])


def test_470_sections_cost_six_queries_and_no_text(desk: Client, work: Document) -> None:
    Section.objects.bulk_create(
        section(n, (1 + n % 3, "section", "", f"T{n}", 200), slug=f"t{n}", document=work) for n in range(8, 471)
    )
    desk.get(address(work))
    with CaptureQueriesContext(connection) as queries:
        response = desk.get(address(work))
    assert response.content.count(b'name="section"') == 470
    assert len(queries) <= 6, [query["sql"][:100] for query in queries]
    read = [query["sql"] for query in queries if 'FROM "theses_section"' in query["sql"]]
    assert len(read) == 1
    assert not re.search(r'(?<!\()"theses_section"\."body",', read[0])


def test_problems_and_words_are_shown(desk: Client, work: Document) -> None:
    work.sections.filter(slug="a1").update(depth=4)
    work.sections.filter(slug="c").update(body="")
    html = desk.get(address(work)).content.decode()
    assert html.count("niveau sauté") == 1
    assert html.count(">vide<") == 1
    assert "environ 24 mots" in html


@pytest.mark.parametrize(
    ("verb", "slug", "expected"),
    [
        ("up", "c", "a1 a12 a113 a22 c1 b1 b12"),
        ("down", "a1", "a1 a22 a12 a113 b1 b12 c1"),
        ("deeper", "b", "a1 a12 a113 a22 b2 b13 c1"),
        ("shallower", "a2", "a1 a12 a113 a21 b1 b12 c1"),
        ("merge", "c", "a1 a12 a113 a22 b1 b12"),
        ("delete", "b1", "a1 a12 a113 a22 b1 c1"),
    ],
)
def test_a_button_acts_and_is_undone(desk: Client, work: Document, verb: str, slug: str, expected: str) -> None:
    before = shape(work)
    sent = {"do": verb, "section": key(work, slug), "version": load_plan(work).version}
    # One goes on where one stood: a section that is gone leaves the one before it in hand.
    hand = key(work, {"merge": "b1", "delete": "b"}.get(verb, slug))
    assert desk.post(address(work), sent)["Location"].endswith(f"?section={hand}#s{hand}")
    assert shape(work) == expected
    assert 'value="undo" disabled' not in desk.get(address(work)).content.decode()
    desk.post(address(work), {"do": "undo"})
    assert shape(work) == before
    desk.post(address(work), {"do": "redo"})
    assert shape(work) == expected


def test_the_section_that_is_shown_is_the_one_that_is_described(desk: Client, work: Document) -> None:
    sent = {
        "do": "describe",
        "section": key(work, "b"),
        "described": key(work, "a"),
        "title": "Alpha",
        "kind": "chapter",
        "starts_page": "yes",
        "version": load_plan(work).version,
    }
    desk.post(address(work), sent)
    row = work.sections.get(slug="a")
    assert (row.title, row.kind, row.starts_page) == ("Alpha", "chapter", True)
    assert work.sections.get(slug="b").title == "Section 5"


def test_who_comes_second_reads_why_nothing_was_done(desk: Client, work: Document) -> None:
    version = load_plan(work).version
    desk.post(address(work), {"do": "up", "section": key(work, "c"), "version": version})
    response = desk.post(address(work), {"do": "up", "section": key(work, "b"), "version": version}, follow=True)
    assert "Le plan a changé" in response.content.decode()
    assert shape(work) == "a1 a12 a113 a22 c1 b1 b12"


@pytest.mark.parametrize("sent", [{}, {"do": "up"}, {"do": "up", "section": "9" * 30}, {"do": "move", "section": "x"}])
def test_a_form_that_says_nothing_does_nothing(desk: Client, work: Document, sent: dict[str, str]) -> None:
    before = shape(work)
    assert desk.post(address(work), sent).status_code == 302
    assert shape(work) == before


def test_an_operation_that_is_none_is_not_found(desk: Client, work: Document) -> None:
    assert desk.post(address(work), {"do": "explode", "section": key(work, "a")}).status_code == 404


def test_a_section_of_another_work_is_out_of_reach(desk: Client, work: Document) -> None:
    other = Document.objects.create(title="Autre", slug="autre")
    row = Section.objects.create(document=other, position=1, depth=1, title="À elle", slug="a-elle")
    desk.post(address(work), {"do": "delete", "section": row.pk, "version": load_plan(work).version})
    assert other.sections.count() == 1
    assert desk.get(reverse("admin:theses_document_split", args=[work.pk, row.pk])).status_code == 404


@pytest.mark.parametrize("name", ["outline", "numbers", "split"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_those_who_edit_come_here(client: Client, work: Document, name: str, method: str) -> None:
    arguments = [work.pk, key(work, "a")] if name == "split" else [work.pk]
    place = reverse(f"admin:theses_document_{name}", args=arguments)
    assert getattr(client, method)(place).status_code == 302
    client.force_login(user_with("lea", "view_section", "view_document"))
    assert getattr(client, method)(place).status_code == 403
    assert not Change.objects.exists()


def test_a_section_is_cut_where_the_editor_chose(desk: Client, work: Document) -> None:
    place = reverse("admin:theses_document_split", args=[work.pk, key(work, "a")])
    response = desk.get(place)
    assert "Deux a." in response.content.decode()
    sent = {"paragraph": 1, "title": "Suite", "version": response.context["version"]}
    assert desk.post(place, sent).status_code == 302
    assert shape(work) == "a1 suite1 a12 a113 a22 b1 b12 c1"


def test_numbers_are_shown_before_they_are_given(desk: Client, work: Document) -> None:
    place = reverse("admin:theses_document_numbers", args=[work.pk])
    html = desk.get(place).content.decode()
    assert "1.1.1" in html
    assert not work.sections.exclude(number="").exists()
    desk.post(place, {"version": load_plan(work).version})
    assert work.sections.get(slug="a11").number == "1.1.1"


# In the browser ------------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(transactional_db: None, sign_in: Callable[..., None]) -> Callable[[Page], Document]:
    def open_desk(page: Page) -> Document:
        work = build(ROWS)
        sign_in(page, user_with("eva", *RIGHTS, "view_document", "change_document"))
        page.goto(address(work))
        return work

    return open_desk


def settled(page: Page) -> None:
    page.locator(".outline-desk:not([aria-busy])").wait_for()


@pytest.mark.django_db(transaction=True)
def test_by_the_keyboard_alone(page: Page, opened: Callable[[Page], Document]) -> None:
    work = opened(page)
    page.locator("#tree input").first.focus()
    for _times in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    settled(page)
    assert shape(work) == "b1 b12 a1 a12 a113 a22 c1"
    page.keyboard.press("Alt+ArrowDown")
    settled(page)
    page.keyboard.press("Alt+ArrowRight")
    settled(page)
    assert shape(work) == "a1 a12 a113 a22 b2 b13 c1"
    page.keyboard.press("F2")
    page.keyboard.type("Renommée")
    page.keyboard.press("Enter")
    settled(page)
    assert work.sections.get(slug="b").title == "Renommée"
    page.reload()
    page.locator("#tree input").first.focus()
    for _times in range(4):
        page.keyboard.press("Control+z")
        settled(page)
    assert shape(work) == "a1 a12 a113 a22 b1 b12 c1"
    assert work.sections.get(slug="b").title == "Section 5"


@pytest.mark.django_db(transaction=True)
def test_by_the_mouse(page: Page, opened: Callable[[Page], Document]) -> None:
    work = opened(page)
    page.locator(f"#s{key(work, 'c')} label").drag_to(
        page.locator(f"#s{key(work, 'a1')} label"), source_position={"x": 40, "y": 8}, target_position={"x": 30, "y": 2}
    )
    page.locator(f"#s{key(work, 'a')} + #s{key(work, 'c')}").wait_for()
    settled(page)
    assert shape(work) == "a1 c1 a12 a113 a22 b1 b12"


@pytest.mark.django_db(transaction=True)
def test_filtering_keeps_what_stands_above(page: Page, opened: Callable[[Page], Document]) -> None:
    opened(page)
    page.keyboard.press("/")
    page.keyboard.type("section 3")
    assert page.locator("#tree .row:visible").count() == 3
    assert page.locator("#found").inner_text() == "1"


@pytest.mark.django_db(transaction=True)
def test_without_a_script(new_page: Callable[..., Page], opened: Callable[[Page], Document]) -> None:
    page = new_page(java_script_enabled=False)
    work = opened(page)
    page.locator(f"#r{key(work, 'c')}").check()
    page.get_by_role("button", name="Monter").click()
    assert shape(work) == "a1 a12 a113 a22 c1 b1 b12"
    page.get_by_role("button", name="Annuler").click()
    assert shape(work) == "a1 a12 a113 a22 b1 b12 c1"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_outline_is_accessible(
    new_page: Callable[..., Page],
    opened: Callable[[Page], Document],
    axe: Callable[[Page], None],
    watch: Any,
    colour: str,
    width: int,
) -> None:
    page = new_page(width=width, colour=colour)
    work = opened(page)
    work.sections.filter(slug="c").update(body="")
    page.reload()
    axe(page)
    for name, arguments in (("numbers", [work.pk]), ("split", [work.pk, key(work, "a")])):
        page.goto(reverse(f"admin:theses_document_{name}", args=arguments))
        axe(page)
    # axe itself tries inline styles, which the policy refuses.
    watch.forgive("Applying inline style")
