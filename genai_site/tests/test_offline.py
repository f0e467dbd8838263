"""A work kept on the reader's device: read whole without a network, refreshed, dropped when it is withdrawn."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from genai_site.tests.browsing import Watch
from publishing.actions.withdraw import withdraw
from theses.actions.publish import publish
from theses.models import Document, EditionPage

WAIT = 30_000
KEPT = """async () => {
    const titles = [];
    for (const name of (await caches.keys()).filter((name) => name.startsWith("ouvrage "))) {
        const base = name.split(" ")[1];
        const manifest = await (await caches.open(name)).match(`${base}hors-connexion.json`);
        titles.push(manifest ? (await manifest.json()).title : "");
    }
    return titles;
}"""


@pytest.fixture
def whitepaper(db: None) -> Document:
    call_command("import_samples", verbosity=0)
    return Document.objects.get(kind="whitepaper")


def test_the_manifest_lists_cover_pages_and_figures(whitepaper: Document, client: Client) -> None:
    base = whitepaper.get_absolute_url()
    told = client.get(f"{base}hors-connexion.json").json()
    pages = EditionPage.objects.filter(edition=whitepaper.current_edition).order_by("position")
    assert told["title"] == whitepaper.title
    assert told["files"] == [base, *(f"{base}{page.slug}/" for page in pages), f"{base}figures/"]
    for file in told["files"]:
        assert client.get(file).status_code == 200
    assert client.get(f"/en{base}hors-connexion.json").json()["files"][0] == f"/en{base}"


def test_the_version_changes_with_the_edition(whitepaper: Document, client: Client) -> None:
    address = f"{whitepaper.get_absolute_url()}hors-connexion.json"
    before = client.get(address).json()["version"]
    assert client.get(address).json()["version"] == before
    _publish_again(whitepaper)
    assert client.get(address).json()["version"] != before


def test_what_is_not_public_is_not_kept(whitepaper: Document, client: Client) -> None:
    address = f"{whitepaper.get_absolute_url()}hors-connexion.json"
    withdraw(work=whitepaper, user=None)
    assert client.get(address).status_code == 410
    Document.objects.update(state="draft", withdrawn_at=None)
    assert client.get(address).status_code == 404


def test_the_worker_comes_from_the_root_and_is_asked_for_each_time(client: Client) -> None:
    response = client.get("/worker.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in response["Cache-Control"]
    assert response.content.startswith(b'const SHELL = ["/hors-connexion/", "/en/hors-connexion/", ')
    assert client.get("/worker.js", headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.browser
def test_a_kept_work_is_read_without_a_network(
    samples: None, page: Page, watch: Watch, axe: Callable[[Page], None]
) -> None:
    whitepaper = Document.objects.get(kind="whitepaper")
    base = whitepaper.get_absolute_url()
    slugs = list(EditionPage.objects.filter(edition=whitepaper.current_edition).values_list("slug", flat=True))
    page.goto(base)
    keep(page)
    axe(page)

    page.context.set_offline(True)
    for slug in slugs:
        page.goto(f"{base}{slug}/")
        expect(page.locator(".prose")).to_be_visible()
        # Style sheets and pictures come along.
        assert page.evaluate("[...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet)")
        assert page.evaluate("[...document.images].every((image) => image.loading === 'lazy' || image.naturalWidth)")
    page.goto(f"{base}?deplace=1")
    expect(page.locator("h1")).to_contain_text(whitepaper.title[:20])
    for address, language in (("/articles/", "fr"), ("/en/articles/", "en")):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(".kept-works a")).to_have_attribute("href", base)
    page.context.set_offline(False)
    watch.problems[:] = [problem for problem in watch.problems if "ERR_INTERNET_DISCONNECTED" not in problem]


@pytest.mark.browser
def test_a_kept_work_follows_what_is_published(samples: None, page: Page, watch: Watch) -> None:
    whitepaper = Document.objects.get(kind="whitepaper")
    base = whitepaper.get_absolute_url()
    page.goto(base)
    keep(page)
    _publish_again(whitepaper)
    # Online, the new edition is there at once, and the kept copy follows it.
    page.goto(base)
    expect(page.locator("h1")).to_contain_text("revu")
    until(page, "revu")
    page.context.set_offline(True)
    page.goto(base)
    expect(page.locator("h1")).to_contain_text("revu")
    page.context.set_offline(False)
    page.goto(base)
    page.locator(".offline summary").click()
    button = page.locator(".offline button")
    expect(button).to_have_text("Retirer de cet appareil")
    button.click()
    expect(button).to_have_text("Garder sur cet appareil")
    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('ouvrage ')))") == []
    watch.problems[:] = [problem for problem in watch.problems if "ERR_INTERNET_DISCONNECTED" not in problem]


@pytest.mark.browser
def test_a_withdrawn_work_is_dropped(samples: None, page: Page, watch: Watch) -> None:
    whitepaper = Document.objects.get(kind="whitepaper")
    base = whitepaper.get_absolute_url()
    page.goto(base)
    keep(page)
    withdraw(work=whitepaper, user=None)
    assert page.goto(base).status == 410  # type: ignore[union-attr]
    until(page, "")
    watch.forgive("410")


def keep(page: Page) -> None:
    page.locator(".offline summary").click()
    page.locator(".offline button").click()
    expect(page.locator(".offline [role=status]")).to_contain_text("Gardé sur cet appareil", timeout=WAIT)


def until(page: Page, words: str) -> None:
    """Wait until one work is kept whose title has these words; without words, until none is."""
    deadline = time.monotonic() + WAIT / 1000
    while True:
        titles = page.evaluate(KEPT)
        if (len(titles) == 1 and words in titles[0]) if words else not titles:
            return
        assert time.monotonic() < deadline, titles
        time.sleep(0.1)


def _publish_again(document: Document) -> None:
    document.refresh_from_db()
    document.title += " (revu)"
    document.save()
    publish(document=document, user=None)
