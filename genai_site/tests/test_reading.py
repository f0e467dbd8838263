"""Reading in a browser: without script, on 320 pixels, in the dark, and as axe sees it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from genai_site.tests.addresses import NAMES, page_types, pages_of, work

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("samples")]

SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
  const inside = (element) => {
    let up = element.parentElement;
    while (up !== document.body && !scrolls(up)) up = up.parentElement;
    return up !== document.body;
  };
  const beyond = (element) => element.getBoundingClientRect().right > width + 1 && element.checkVisibility();
  return [...document.body.querySelectorAll("*")]
    .filter((element) => beyond(element) && !inside(element))
    .map((element) => `${element.tagName}.${element.className} ${element.getBoundingClientRect().right}`)
    .concat(document.documentElement.scrollWidth > width ? [`page ${document.documentElement.scrollWidth}`] : []);
}"""
"""What reaches beyond the right edge of the page, but what scrolls within an element of its own."""


@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(new_page: Callable[..., Page], axe: Callable[[Page], None], width: int, colour: str) -> None:
    page = new_page(width=width, colour=colour)
    for address in page_types().values():
        page.goto(address)
        axe(page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_scrolls_sideways_on_320_pixels(new_page: Callable[..., Page], language: str) -> None:
    page = new_page(width=320, height=640)
    wide = {}
    for name in NAMES:
        address = page_types()[name]
        page.goto(address if language == "fr" else f"/en{address}")
        if found := page.evaluate(SIDEWAYS):
            wide[name] = found[:5]
    assert not wide


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
"""The spacing of text that a reader may ask for (WCAG 1.4.12)."""

CLIPPED = """() => [...document.body.querySelectorAll("*")]
  .filter((element) => {
    const style = getComputedStyle(element);
    const hides = style.overflowY === "hidden" && style.webkitLineClamp === "none" && style.position !== "absolute";
    const says = element.textContent.trim() && element.checkVisibility();
    return hides && says && element.scrollHeight > element.clientHeight + 2;
  })
  .map((element) => `${element.tagName}.${element.className}: ${element.scrollHeight} in ${element.clientHeight}`)"""


@pytest.mark.parametrize(("width", "size"), [(320, 100), (640, 200)])
def test_spaced_and_enlarged_text_is_neither_clipped_nor_wide(
    new_page: Callable[..., Page], width: int, size: int
) -> None:
    page = new_page(width=width, height=900, bypass_csp=True)
    wrong = {}
    for name in NAMES:
        page.goto(page_types()[name])
        page.add_style_tag(content=f"{SPACED} html {{ font-size: {size}% !important; }}")
        if found := page.evaluate(SIDEWAYS) + page.evaluate(CLIPPED):
            wrong[name] = found[:5]
    assert not wrong


def test_a_note_and_back_without_script(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    document = work()
    cited = next(page_ for page_ in pages_of(document) if 'class="note-call"' in page_.html)
    page.goto(f"{document.get_absolute_url()}{cited.slug}/")
    call = page.locator("main a.note-call").first
    target = call.get_attribute("href") or ""
    call.click()
    expect(page).to_have_url(re.compile(re.escape(target) + "$"))
    expect(page.locator(target)).to_be_in_viewport()
    page.locator(target).locator("a.back").first.click()
    expect(call).to_be_in_viewport()


def test_skip_link_comes_first_and_leads_to_the_text(page: Page) -> None:
    page.goto(page_types()["theses:page"])
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def hrefs(page: Page, selector: str) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator(selector).all()]
