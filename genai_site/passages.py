"""What stands at an address of the site: the title of the page and the words of one passage of it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import strip_tags
from django.utils.translation import get_language_from_path, override

from articles.models import ArticleEdition
from publishing.models import State
from theses.models import EditionPage, Passage

LONGEST = 1500
"""Characters of a passage that are quoted."""

_ANCHOR = re.compile(r"[\w-]{1,200}")


@dataclass(frozen=True, slots=True)
class Place:
    address: str = ""
    """A path of this site; empty where there is no such page."""
    anchor: str = ""
    title: str = ""
    text: str = ""

    @property
    def link(self) -> str:
        return f"{self.address}#{self.anchor}" if self.anchor else self.address


def place_at(address: str, anchor: str) -> Place:
    """The public page at a path, and its passage; of other pages only the path, of what is no page nothing."""
    path = address.partition("#")[0].partition("?")[0]
    if not path.startswith("/") or path.startswith("//") or "\x00" in path:
        return Place()
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return Place()
    anchor = anchor if _ANCHOR.fullmatch(anchor) else ""
    title, text = _passage(match.view_name, match.kwargs, anchor)
    # An anchor that the page does not have is kept out of the link, which would lead to nothing.
    return Place(path, anchor if text else "", title, text[:LONGEST])


def _passage(view: str, named: dict[str, Any], anchor: str) -> tuple[str, str]:
    slug = str(named.get("slug", ""))
    if view in {"theses:page", "theses:edition_page"}:
        pages = EditionPage.objects.public(slug) if "number" in named else EditionPage.objects.current(slug)
        if "number" in named:
            pages = pages.filter(edition__number=named["number"])
        page = pages.filter(slug=named["page"]).defer("html").first()
        if page is None:
            return "", ""
        passage = Passage.objects.filter(page=page, anchor=anchor).first()
        return f"{page.edition.title}, {page}", passage.text if passage else ""
    if view == "theses:whole":
        passage = (
            Passage.objects.filter(page__in=EditionPage.objects.current(slug), anchor=anchor)
            .select_related("page__edition")
            .defer("page__html")
            .first()
        )
        return (passage.page.edition.title, passage.text) if passage else ("", "")
    if view in {"articles:article", "articles:edition"}:
        editions = ArticleEdition.objects.filter(article__slug=slug, article__state=State.PUBLISHED)
        edition = editions.filter(number=named["number"]).first() if "number" in named else editions.first()
        return (edition.title, _element_text(edition.html, anchor)) if edition else ("", "")
    return "", ""


def _element_text(markup: str, anchor: str) -> str:
    """The words of the element with that anchor, which the renderer wrote: it nests no element in one of its kind."""
    found = re.search(rf'<(\w+)[^>]*\bid="{re.escape(anchor)}"[^>]*>(.*?)</\1>', markup, re.DOTALL) if anchor else None
    return " ".join(html.unescape(strip_tags(found[2])).split()) if found else ""
