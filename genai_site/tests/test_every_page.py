"""What holds on every page that readers see, whatever the app that writes it: head, headers, cookies, links."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from benchmarks.pages import weigh
from genai_site.tests.addresses import CANONICAL_ELSEWHERE, NAMES, NOT_INDEXED, page_types

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: object) -> Iterator[dict[str, str]]:
    """The sample documents, imported once for this module, in a transaction that is undone at its end."""
    undone = transaction.atomic()
    # As Django's own test cases mark theirs: an import may then ask for a transaction that stands alone.
    undone._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), undone:  # type: ignore[attr-defined]
        call_command("import_samples", verbosity=0)
        yield page_types()
        transaction.set_rollback(True)


class Outline(HTMLParser):
    """The few elements of a page that every page must have, and what it points to."""

    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.descriptions: list[str] = []
        self.canonicals: list[str] = []
        self.languages: list[str] = []
        self.landmarks: list[str] = []
        self.links: list[str] = []
        self.resources: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self._open: str = ""
        self._in_svg = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "svg":
            self._in_svg += 1
        if "id" in values:
            self.ids.append(values["id"])
        self.inline += [f"<{tag} {name}>" for name in values if name == "style" or name.startswith("on")]
        if tag in {"style", "script"} and "src" not in values and values.get("type") != "application/ld+json":
            self.inline.append(f"<{tag}>")
        if tag == "html":
            self.languages.append(values.get("lang", ""))
        elif tag in {"main", "header", "footer"}:
            self.landmarks.append(tag)
        elif tag == "title" and not self._in_svg:
            self.titles.append("")
            self._open = tag
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append((int(tag[1]), ""))
            self._open = tag
        elif tag == "meta" and values.get("name") == "description":
            self.descriptions.append(values.get("content", ""))
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonicals.append(values["href"])
        elif tag == "link" and values.get("rel") in {"stylesheet", "icon", "modulepreload"}:
            self.resources.append(values["href"])
        elif tag in {"img", "script"} and "src" in values:
            self.resources.append(values["src"])
        elif tag == "a" and "href" in values:
            self.links.append(values["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._in_svg -= 1
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open == "title" and not self._in_svg:
            self.titles[-1] += data
        elif self._open.startswith("h"):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_page(addresses: dict[str, str], client: Client, name: str, language: str) -> None:
    address = addresses[name] if language == "fr" else f"/en{addresses[name]}"
    response = client.get(address)
    assert response.status_code == 200
    outline = Outline(response.content.decode())

    assert len(outline.titles) == 1
    assert outline.titles[0].strip()
    assert [level for level, _ in outline.headings].count(1) == 1
    assert all(text.strip() for _, text in outline.headings)
    levels = [level for level, _ in outline.headings]
    assert levels[0] == 1
    skipped = [(before, after) for before, after in pairwise(outline.headings) if after[0] > before[0] + 1]
    assert not skipped, "a heading skips a level"
    assert len(outline.descriptions) == 1
    assert 20 <= len(outline.descriptions[0]) <= 320
    if name in NOT_INDEXED:
        assert '<meta name="robots" content="noindex">' in response.content.decode()
    else:
        assert len(outline.canonicals) == 1
        path = urlsplit(outline.canonicals[0]).path
        assert path == address or name in CANONICAL_ELSEWHERE
        assert client.get(path).status_code == 200
    assert outline.languages == [language]
    assert outline.landmarks.count("main") == 1
    assert outline.inline == []
    assert len(outline.ids) == len(set(outline.ids)), "an id is there twice"
    assert not [url for url in outline.resources if not url.startswith(("/static/", "/media/", "data:image/"))]


@pytest.mark.parametrize("name", NAMES)
def test_headers(addresses: dict[str, str], client: Client, name: str) -> None:
    headers = client.get(addresses[name]).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "style-src 'self';" in f"{policy};"
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("name", NAMES)
def test_weight(addresses: dict[str, str], name: str) -> None:
    weight = weigh(addresses[name])
    assert weight.words > 20
    assert weight.css > 1000, "the style sheets were not found"
    assert not weight.over(), weight
    # Pages that list what is published ask for it in one query more; the others are stored.
    most = 8 if name.startswith("search") else 3 if name in {"home", "author", "tag"} else 2
    assert weight.queries <= most, weight


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"contact", "report"}])
def test_readers_get_no_cookie(addresses: dict[str, str], client: Client, name: str) -> None:
    assert not client.get(addresses[name]).cookies


def test_titles_and_descriptions_differ(addresses: dict[str, str], client: Client) -> None:
    pages = {
        name: Outline(client.get(addresses[name]).content.decode()) for name in NAMES if name not in CANONICAL_ELSEWHERE
    }
    titles = [outline.titles[0].strip() for outline in pages.values()]
    assert sorted(titles) == sorted(set(titles))


def test_every_link_of_the_site_leads_somewhere(addresses: dict[str, str], client: Client) -> None:
    """Follows every link from the home page on; a link to a place on a page finds the place there."""
    seen: dict[str, Outline | None] = {}
    waiting = [("", "/")]
    places: list[tuple[str, str, str]] = []
    broken = []
    while waiting:
        source, address = waiting.pop()
        if address in seen:
            continue
        assert len(seen) < 2000, "the site has no end"
        response = client.get(address)
        if response.status_code in {301, 302}:
            waiting.append((source, urljoin(address, response["Location"])))
            seen[address] = None
            continue
        if response.status_code != 200:
            broken.append(f"{source} -> {address}: {response.status_code}")
            seen[address] = None
            continue
        if not response["Content-Type"].startswith("text/html"):
            seen[address] = None
            continue
        outline = seen[address] = Outline(response.content.decode())
        for link in outline.links:
            target, place = urldefrag(urljoin(address, link))
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or parts.path.startswith(("/admin/", "/media/")):
                continue
            waiting.append((address, target))
            if place:
                places.append((address, target, place))
    for source, target, place in places:
        found = seen.get(target)
        if found is not None and place not in found.ids:
            broken.append(f"{source} -> {target}#{place}: no such place")
    assert not broken, "\n".join(sorted(set(broken))[:40])
    assert len(seen) > 30
