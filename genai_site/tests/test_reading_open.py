"""What opens over a page, as axe sees it: notes, references, contents, help, figures, the menu of a passage; errors."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from genai_site.tests.addresses import pages_of, work
from genai_site.tests.browsing import Watch
from publishing.actions.withdraw import withdraw

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("samples")]

looks = pytest.mark.parametrize(("width", "colour"), [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")])


def address_with(words: str) -> str:
    """The first page of the longest work whose text holds these words."""
    document = work()
    found = next(page for page in pages_of(document) if words in page.html)
    return f"{document.get_absolute_url()}{found.slug}/"


@looks
def test_axe_finds_nothing_in_what_a_text_calls(
    new_page: Callable[..., Page], axe: Callable[[Page], None], width: int, colour: str
) -> None:
    page = new_page(width=width, colour=colour)
    for call in ("note-call", "citation"):
        page.goto(address_with(f'class="{call}"'))
        page.locator(f"main a.{call}").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        axe(page)
    page.goto(address_with('class="enlarge"'))
    page.locator("a.enlarge").first.click()
    expect(page.locator("dialog.viewer")).to_be_visible()
    axe(page)


@looks
def test_axe_finds_nothing_in_panels(
    new_page: Callable[..., Page], axe: Callable[[Page], None], width: int, colour: str
) -> None:
    page = new_page(width=width, colour=colour)
    page.goto(address_with('class="note-call"'))
    page.keyboard.press("?")
    expect(page.locator("#aide")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#filtre")).to_be_focused()
    page.keyboard.type("zzz")
    expect(page.locator(".contents .none")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    page.locator("main .heading a.anchor").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card.menu")).to_be_visible()
    axe(page)


@looks
def test_axe_finds_nothing_on_pages_of_one_kind(
    new_page: Callable[..., Page], axe: Callable[[Page], None], width: int, colour: str
) -> None:
    page = new_page(width=width, colour=colour)
    kinds = {found.kind: found.slug for found in pages_of(work())}
    for kind in ("interview", "bibliography", "annex"):
        page.goto(f"{work().get_absolute_url()}{kinds[kind]}/")
        axe(page)


@looks
def test_axe_finds_nothing_on_errors(
    new_page: Callable[..., Page], axe: Callable[[Page], None], watch: Watch, width: int, colour: str
) -> None:
    article = Article.objects.published().first()
    assert article is not None
    withdraw(work=article, user=None)
    page = new_page(width=width, colour=colour)
    for address, status in (("/nulle-part/", 404), (article.get_absolute_url(), 410)):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        expect(page.locator("h1")).to_be_visible()
        axe(page)
        watch.forgive(str(status))
