"""Reading in every way: links alone, the keyboard alone, forced colours, paper."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from genai_site.tests.addresses import pages_of, work
from theses.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("samples")]

WORKS = ["ecrire-avec-relire-contre", "editer-avec-la-machine"]


def address_with(words: str) -> str:
    """The first page of the longest work whose text holds these words."""
    document = work()
    found = next(page for page in pages_of(document) if words in page.html)
    return f"{document.get_absolute_url()}{found.slug}/"


@pytest.mark.parametrize("slug", WORKS)
def test_by_links_alone_one_reaches_everything(new_page: Callable[..., Page], slug: str) -> None:
    """From the cover, without script: each page, section, note, reference and figure of a work."""
    page = new_page(java_script_enabled=False)
    document = Document.objects.get(slug=slug)
    base = document.get_absolute_url()
    waiting, linked, seen = [base], set(), set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page.goto(address)
        ids = set(page.locator("main [id]").evaluate_all("nodes => nodes.map((node) => node.id)"))
        for link in page.locator("main a[href]").evaluate_all(
            "nodes => nodes.map((node) => node.getAttribute('href'))"
        ):
            target, place = urldefrag(urljoin(address, link))
            if urlsplit(target).netloc or not target.startswith(base):
                continue
            if target == address and place:
                assert place in ids, f"{address}: #{place} is nowhere"
            linked.add((target, place))
            is_page = not re.search(r"/(editions|passages)/|\.\w+$", target)
            if is_page and target not in seen and target not in waiting:
                waiting.append(target)
        for caption in page.locator("main figure.figure figcaption").all():
            expect(caption).to_be_visible()

    assert document.current_edition is not None
    assert seen >= {f"{base}{found.slug}/" for found in pages_of(document)} | {f"{base}integral/"}
    for item in document.current_edition.outline:
        opened = f"{base}{item['page']}/"
        assert (opened, item["anchor"]) in linked or (item["opens"] and (opened, "") in linked), item["title"]
    facts = document.current_edition.facts
    for figure in facts["figures"]:
        assert (f"{base}{figure['page']}/", figure["anchor"]) in linked, figure["caption"]
    for found in pages_of(document):
        for note in re.findall(r'<li id="(note-[^"]+)"', found.html):
            assert (f"{base}{found.slug}/", note) in linked, note
        for call in re.findall(r'class="citation" href="([^"]+)"', found.html):
            assert urldefrag(urljoin(f"{base}{found.slug}/", call))[0] in seen, call


def test_contents_open_on_a_telephone_without_script(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=800, java_script_enabled=False)
    page.goto(address_with('class="note-call"'))
    page.locator(".bar button").click()
    expect(page.locator("#sommaire a").last).to_be_attached()
    expect(page.locator("#sommaire .work-name a")).to_be_visible()
    expect(page.locator("#sommaire .filter")).to_be_hidden()


def test_a_chapter_by_the_keyboard_alone(new_page: Callable[..., Page]) -> None:
    """To a note and back, to the bibliography and back to the same citation, and on to the next page."""
    page = new_page(reduced_motion="reduce")
    page.goto(address_with('class="citation"'))
    here = page.url
    assert tab_to(page, "a.note-call")
    call = page.evaluate("document.activeElement.id")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(f"#{call}")).to_be_focused()

    assert tab_to(page, "a.citation")
    before = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_focused()
    assert tab_to(page, ".card a.go")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bibliographie/#ref-*")
    expect(page.locator(":target")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(here)
    citation = page.locator("a.citation:focus")
    expect(citation).to_have_text(before)
    expect(citation).to_be_in_viewport()

    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != here)


SHOWN = """() => {
  const node = document.activeElement;
  const box = node.getClientRects()[0];
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const ringed = getComputedStyle(node).outlineStyle !== "none";
  return ringed && top !== null && (node.contains(top) || top.contains(node));
}"""
"""Whether the element with the focus is seen: with an outline, in the window, under nothing else."""


def tab_to(page: Page, selector: str) -> bool:
    """Whether the keyboard comes to such an element, and shows it."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return bool(page.evaluate(SHOWN))
    return False


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("width", [390, 1440])
def test_what_has_the_focus_is_seen(new_page: Callable[..., Page], width: int, key: str) -> None:
    """Through a whole chapter, forwards and backwards, the bar of a small screen never hides where one is."""
    page = new_page(width=width, height=600, reduced_motion="reduce")
    page.goto(address_with('class="note-call"'))
    hidden = []
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            break
        if not page.evaluate(SHOWN):
            hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert not hidden


@pytest.mark.parametrize("colour", ["light", "dark"])
def test_forced_colours_keep_what_colour_alone_would_say(new_page: Callable[..., Page], colour: str) -> None:
    page = new_page(colour=colour, forced_colors="active")
    page.goto(address_with('class="note-call"'))
    border = "node => parseFloat(getComputedStyle(node).borderInlineStartWidth)"
    assert page.locator('.tree [aria-current="page"]').evaluate(border) >= 2
    page.locator("a.note-call").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").evaluate(border) >= 1
    page.goto(work().get_absolute_url())
    assert page.locator("a.button").first.evaluate(border) >= 1


def test_paper_shows_the_chapter_and_no_interface(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(width=390)
    page.goto(address_with('class="note-call"'))
    page.keyboard.press("?")
    page.emulate_media(media="print")
    for part in (".site-header", ".site-footer", ".bar", ".contents", ".turn", ".report", ".help-button", ".panel"):
        for node in page.locator(part).all():
            expect(node).to_be_hidden()
    for part in ("button", "input", "[role=dialog]"):
        for node in page.locator(part).all():
            expect(node).to_be_hidden()
    for part in ("h1", ".prose p >> nth=0", ".notes li >> nth=0", ".printed-from"):
        expect(page.locator(part)).to_be_visible()
    interface = [
        "Sommaire",
        "Signaler",
        "Suivant",
        "Précédent",
        "Aller au contenu",
        "Filtrer",
        "Fermer",
        "Sur cette page",
    ]
    text = page.locator("body").inner_text()
    assert not [words for words in interface if words in text]

    printed = tmp_path / "chapter.pdf"
    page.pdf(path=printed, format="A4")
    assert printed.read_bytes().startswith(b"%PDF")
    if reader := shutil.which("pdftotext"):
        read = subprocess.run([reader, str(printed), "-"], capture_output=True, check=True, text=True)
        assert not [words for words in interface if words in read.stdout]
        assert page.locator("h1").inner_text().split()[-1] in read.stdout
