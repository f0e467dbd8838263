"""Every link inside a published work leads to a page and an anchor that exist, on the pages and on the whole work."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import call_command

from theses.models import Document, DocumentEdition

pytestmark = pytest.mark.django_db


class Anchors(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and values.get("href", "").startswith(("#", "../")):
            self.links.append(values["href"])


def broken(edition: DocumentEdition) -> list[tuple[str, str]]:
    pages = {page.slug: Anchors(page.html) for page in edition.pages.all()}
    # The first heading of a page is written by the template; its anchor is the page itself.
    ids = {slug: set(page.ids) for slug, page in pages.items()}
    found = []
    for slug, page in pages.items():
        for link in page.links:
            target, _, anchor = unquote(link.removeprefix("../")).partition("#")
            target = target.strip("/") or slug
            if target not in ids or (anchor and anchor not in ids[target]):
                found.append((slug, link))
    return found


def twice(html: str) -> list[str]:
    return [name for name, count in Counter(Anchors(html).ids).items() if count > 1]


def check(edition: DocumentEdition) -> int:
    """Fail on a broken link or an id that stands twice; returns how many links there are."""
    assert broken(edition) == []
    pages = list(edition.pages.all())
    assert {page.slug: twice(page.html) for page in pages if twice(page.html)} == {}
    whole = Anchors(edition.text.whole)
    assert twice(edition.text.whole) == []
    assert [link for link in whole.links if unquote(link.removeprefix("#")) not in set(whole.ids)] == []
    for item in edition.outline:
        page = next(page for page in pages if page.slug == item["page"])
        assert item["opens"] or f'id="{item["anchor"]}"' in page.html
    for page in pages:
        ids = set(Anchors(page.html).ids)
        headings = [passage.anchor for passage in page.passages.all() if passage.anchor not in ids]
        opening = [item["anchor"] for item in edition.outline if item["page"] == page.slug and item["opens"]]
        assert headings == opening
    return sum(len(Anchors(page.html).links) for page in pages)


def test_samples() -> None:
    call_command("import_samples", verbosity=0)
    documents = list(Document.objects.published())
    assert documents
    assert sum(check(document.current_edition) for document in documents) > 40


@pytest.mark.seeds
def test_real_documents(seeds: Path) -> None:
    call_command("import_documents", str(seeds), "--publish", verbosity=0)
    links = {document.kind: check(document.current_edition) for document in Document.objects.published()}
    assert links["thesis"] > 500
