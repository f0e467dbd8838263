"""Nothing that a reader looks at moves by itself: not when a page opens, not while one scrolls through it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from genai_site.tests.addresses import page_types, pages_of, work

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("samples")]

OBSERVE = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map(({ node, previousRect: a, currentRect: b }) =>
        `${node?.nodeName}.${node?.className ?? ""} «${node?.textContent?.trim().slice(0, 40)}» ${a.y} to ${b.y}`);
      window.shifts.push(`${entry.value.toFixed(4)} at ${scrollY}: ${moved.join("; ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}"""
"""Every shift that Chromium counts, with what moved; none of a test follows a key or a click, which would excuse it."""

SCROLL = """async (step) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const to = async (y) => { scrollTo(0, y); await painted(); await painted(); };
  const end = document.documentElement.scrollHeight - innerHeight;
  const followed = new Set();
  const jumps = [0.2, 0.9, 0.5, 0].map((share) => share * end);
  for (const y of [...Array(Math.ceil(end / step)).keys()].map((count) => count * step).concat(end, jumps)) {
    await to(y);
    const here = document.querySelector(".tree [aria-current='location']");
    if (here) followed.add(here.hash);
  }
  return followed.size;
}"""
"""Down the whole page, then up and down by long jumps, each as the browser paints it; how many entries were marked."""


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_beside_a_chapter_that_is_read(new_page: Callable[..., Page], width: int) -> None:
    """The contents at its side follow: the pages with the most headings of the fourth level, and of all levels."""
    document = work()
    deepest = max(pages_of(document), key=lambda page: sum(heading["depth"] >= 4 for heading in page.outline))
    others = sorted(pages_of(document), key=lambda page: len(page.outline), reverse=True)[:2]
    for chapter in dict.fromkeys([deepest, *others]):
        page = new_page(width=width)
        page.add_init_script(f"({OBSERVE})()")
        page.goto(f"{document.get_absolute_url()}{chapter.slug}/", wait_until="networkidle")
        assert max(page.evaluate(SCROLL, step) for step in (300, 1300)) >= 1
        page.wait_for_timeout(200)
        assert page.evaluate("window.shifts") == [], chapter.slug


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["theses:page", "theses:document", "theses:whole", "articles:article", "home"])
def test_nothing_moves_by_itself(new_page: Callable[..., Page], name: str, width: int) -> None:
    page = new_page(width=width)
    page.add_init_script(f"({OBSERVE})()")
    page.goto(page_types()[name], wait_until="networkidle")
    page.evaluate(SCROLL, 700)
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifts") == []
