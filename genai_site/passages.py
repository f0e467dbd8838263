"""What stands at an address of the site: the title of the page and the words of one passage of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from articles.models import Article, ArticleEdition
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
        articles = Article.objects.published().filter(slug=slug)
        editions = ArticleEdition.objects.filter(article__in=articles.order_by())
        current = editions.filter(pk__in=articles.order_by().values("current_edition"))
        edition = (editions.filter(number=named["number"]) if "number" in named else current).first()
        texts = edition.passages.filter(anchor=anchor).values_list("text", flat=True) if edition else ()
        return (edition.title, next(iter(texts), "")) if edition else ("", "")
    return "", ""
