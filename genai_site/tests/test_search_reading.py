"""The search in a browser: from the field to the passage with the hit marked, by keyboard, and without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from search import index, snippets
from search.marking import terms
from search.results import parse
from search.terms import terms_of
from search.words import clean

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("samples")]

MARKED = "() => [...(CSS.highlights.get('found') ?? [])].map((range) => range.toString())"
HERE = "() => [...(CSS.highlights.get('found-here') ?? [])].map((range) => range.toString())"
IN_VIEW = """() => {
  const { top, bottom } = [...CSS.highlights.get('found-here')][0].getBoundingClientRect();
  return top > 0 && bottom < innerHeight;
}"""
ELEMENTS = "delete globalThis.Highlight;"
"""What an older browser lacks."""


def open_a_hit(page: Page, words: str = "machine") -> None:
    page.goto(f"/recherche/?q={words}")
    page.locator(".hits a[href*='#']").first.click()
    page.wait_for_url(re.compile(r"\?q=.*#"))


def test_from_the_field_to_the_passage_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type("remont", delay=30)
    options = page.locator(".suggestions [role=option]")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".site-search [role=status]")).to_contain_text("suggestion")
    # Up from the field leads to the last one, down from there to the field again, and down to the first.
    for key in ("ArrowUp", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/theses/.*\?q=remont"))
    expect(page.locator(".hits-bar")).to_be_visible()
    assert any(text.startswith("Remont") for text in page.evaluate(MARKED))


def test_escape_closes_the_list_and_enter_sends_the_words(page: Page) -> None:
    page.goto("/")
    page.locator("#recherche").click()
    page.keyboard.type("remont", delay=30)
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".suggestions")).to_be_hidden()
    expect(page.locator("#recherche")).to_have_value("remont")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche/\?q=remont$"))
    expect(page.locator("h1")).to_contain_text("remont")


def test_a_refusal_of_suggestions_leaves_the_form(page: Page, watch: object) -> None:
    page.route("**/suggestions/*", lambda route: route.fulfill(status=429, json={"suggestions": []}))
    page.goto("/")
    page.locator("#recherche").click()
    with page.expect_response("**/suggestions/*"):
        page.keyboard.type("machine")
    expect(page.locator(".suggestions [role=option]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".result").first).to_be_visible()
    watch.forgive("429")  # type: ignore[attr-defined]


def test_a_hit_is_marked_where_the_link_leads(page: Page) -> None:
    open_a_hit(page)
    bar = page.get_by_role("region", name="Occurrences de la recherche")
    expect(bar).to_be_visible()
    marked = page.evaluate(MARKED)
    assert marked
    assert all(text.lower().startswith("machin") for text in marked)
    anchor = page.url.partition("#")[2]
    inside = "([id]) => document.getElementById(id).contains([...CSS.highlights.get('found-here')][0].startContainer)"
    assert page.evaluate(inside, [anchor])
    assert page.evaluate(IN_VIEW)
    assert page.locator("main mark").count() == 0, "the page itself is as it was stored"


def test_stepping_through_the_hits_and_leaving(page: Page) -> None:
    open_a_hit(page, "texte")
    bar = page.get_by_role("region", name="Occurrences de la recherche")
    count = bar.locator(".count")
    total = int((count.text_content() or "").partition("/")[2])
    assert total > 1
    start = int((count.text_content() or "").partition("/")[0])
    page.keyboard.press("j")
    expect(count).to_have_text(f"{start % total + 1} / {total}")
    page.keyboard.press("k")
    expect(count).to_have_text(f"{start} / {total}")
    bar.get_by_role("button", name="Occurrence suivante").click()
    expect(count).to_have_text(f"{start % total + 1} / {total}")
    expect(bar.get_by_role("status")).to_contain_text(f"{start % total + 1} sur {total}")
    assert len(page.evaluate(HERE)) == 1
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    assert page.evaluate(MARKED) == []
    assert "?q=" not in page.url


HARD = [
    ("aujourd'hui", "Aujourd’hui, c’est aujourd'hui."),
    ("oeuvre", "L’Œuvre d’art et les œuvres, au cœur d’une main-d’œuvre."),
    ('"oeuvre d\'art"', "Des œuvres d’art, une œuvre d’art ; une œuvre, l’art."),
    ("bandes-annonces", "La bande-annonce, les bandes‑annonces, des bandes annonces."),
    ("email", "Un e-mail, des E-Mails, un email."),
    ("e-mail", "Un e-mail, des mails, un email."),
    ("c'est-à-dire", "C’est-à-dire, c'est à dire, cest-a-dire."),
    ("génératives", "Génération générative : l’IA génératif, GÉNÉRATIVES."),
    ("l'IA", "L’IA d'IA ; qu’IA, l’« IA » et liaIA."),
    ("travaux", "Le travail, les travaux, travailler."),
    ("ete", "l’e\u0301te\u0301 et l’été ; É\u00adté, s’étend."),
    ("it", "It’s what it isn’t: its end."),
    ("strasse", "Straße, STRASSE, straſse."),
    ("o'reilly", "O’Reilly, oʼreilly ; reilly."),
    ("l'I.A.", "Les I.A., l’IA, l’A.I. et l’I. A."),
    ("IA", "Les I.A., l’IA et l’I. A."),
    ("2024", "En 2024-2025, en 2024 ; 20242."),
    ('"intelligence artificielle"', "Les intelligences artificielles, l’intelligence\u00a0: artificielle."),
]


def test_a_page_marks_what_the_results_mark(page: Page) -> None:
    entries = [index.Entry("text", "/x/", [index.Passage(f"p-{n}", "text", text)]) for n, (_, text) in enumerate(HARD)]
    index.replace(index.Work("articles:x", "x", "article", "Article", "X", "/x/"), entries)
    page.goto("/")
    script = page.locator(".site-search").get_attribute("data-hits")
    for query, text in HARD:
        looked_for = terms_of(parse(query))[0]
        told = clean(text)
        in_results = [told[start:end] for start, end in snippets.marked(told, looked_for)[0]]
        in_page = page.evaluate(
            """async ([script, text, terms]) =>
            (await import(script)).marked(text, terms).map(([start, end]) => text.slice(start, end))""",
            [script, text, terms(parse(query))],
        )
        assert in_results, query
        assert snippets.place([["a", "text", "Rien."], ["b", "text", told]], looked_for).anchor == "b"
        assert [clean(words) for words in in_page] == in_results, query


def test_elements_mark_where_highlights_are_unknown(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script(ELEMENTS)
    open_a_hit(page)
    expect(page.locator("main mark.here").first).to_be_in_viewport()
    before = page.locator(".prose").inner_text()
    page.get_by_role("button", name="Fermer et retirer les marques").click()
    expect(page.locator("main mark")).to_have_count(0)
    assert page.locator(".prose").inner_text() == before


def test_without_script_the_passage_is_reached(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.locator("#recherche").fill("machine")
    page.locator(".site-search button").click()
    expect(page.locator(".hits mark").first).to_be_visible()
    page.locator(".hits a[href*='#']").first.click()
    expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_be_in_viewport()


def test_on_a_phone_a_link_leads_to_the_field(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390)
    page.goto("/")
    page.get_by_role("link", name="Rechercher").click()
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_be_visible()
    page.locator("#recherche").fill("machine")
    page.keyboard.press("Enter")
    expect(page.locator(".result").first).to_be_visible()


def test_search_in_one_work(page: Page) -> None:
    page.goto("/theses/editer-avec-la-machine/")
    page.get_by_label("Chercher dans cet ouvrage").fill("machine")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("ouvrage=editer-avec-la-machine"))
    expect(page.locator(".result")).to_have_count(1)


@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_the_search(
    new_page: Callable[..., Page], axe: Callable[[Page], None], width: int, colour: str
) -> None:
    page = new_page(width=width, colour=colour)
    page.goto("/recherche/?q=machine&langue=fr")
    axe(page)
    page.locator("#recherche").fill("")
    page.locator("#recherche").press_sequentially("remont", delay=30)
    expect(page.locator(".suggestions [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    axe(page)
    page.goto("/recherche/?q=zzyzxquux")
    axe(page)
    open_a_hit(page)
    expect(page.locator(".hits-bar")).to_be_visible()
    axe(page)
