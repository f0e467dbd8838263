"""The links of published texts to this site itself, and those of them that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from articles.models import Article
from genai_site.old_addresses import target_of
from theses.models import Document, EditionPage


@dataclass(frozen=True, slots=True)
class Link:
    page: str
    """Address of the page that holds the link."""
    path: str


class _Hrefs(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value or "" for name, value in attrs if name == "href"]


def broken_links() -> list[Link]:
    known: dict[str, bool] = {}
    broken = []
    for link in own_links():
        if link.path not in known:
            known[link.path] = leads_somewhere(link.path)
        if not known[link.path]:
            broken.append(link)
    return broken


def own_links() -> Iterator[Link]:
    """Links to absolute paths of this site, page by page; links inside a work are made by the renderer."""
    for article in Article.objects.published().defer("body", "current_edition__body"):
        yield from _links(article.get_absolute_url(), article.current_edition.html)
    current = Document.objects.published().order_by().values("current_edition")
    pages = EditionPage.objects.filter(edition__in=current).select_related("edition__document")
    for page in pages.defer("edition__outline", "edition__facts").order_by("pk").iterator(chunk_size=100):
        yield from _links(f"{page.edition.document.get_absolute_url()}{page.slug}/", page.html)


def _links(page: str, html: str) -> Iterator[Link]:
    paths = [urlsplit(href).path for href in _Hrefs(html).found if href.startswith("/")]
    for path in dict.fromkeys(paths):
        yield Link(page, unquote(path))


def leads_somewhere(path: str) -> bool:
    """Whether a reader who follows this path sees a page: it is asked for as a reader would."""
    for tried in dict.fromkeys([path, f"{path.rstrip('/')}/"]):
        try:
            match = resolve(tried)
        except Resolver404:
            continue
        try:
            if match.func(_request(tried), *match.args, **match.kwargs).status_code < 400:
                return True
        except Http404:
            continue
    return bool(target_of(path))


def _request(path: str) -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser

    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {"SERVER_NAME": (settings.ALLOWED_HOSTS or ["localhost"])[0].lstrip(".*") or "localhost"}
    request.META["SERVER_PORT"] = "443"
    request.user = SimpleLazyObject(AnonymousUser)  # type: ignore[assignment]
    return request
