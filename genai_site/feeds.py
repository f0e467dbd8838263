"""Atom feeds of the whole site, of an author and of a tag."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from taggit.models import Tag

from articles.models import Article
from genai_site.published import (
    articles_by,
    articles_on,
    authors_published,
    documents_by,
    documents_on,
    listed,
    tag_or_404,
)
from publishing.models import Author
from theses.feeds import summary
from theses.models import Document

LATEST = 30


def newest(works: list[Any]) -> list[Any]:
    return sorted(works, key=lambda work: work.published_at, reverse=True)[:LATEST]


class WorkFeed(Feed):  # type: ignore[type-arg]
    """Articles and documents in one feed; every edition brings its work back to the top."""

    feed_type = Atom1Feed

    def item_title(self, item: Article | Document) -> str:
        return item.current_edition.title  # type: ignore[union-attr]

    def item_description(self, item: Article | Document) -> str:
        return item.current_edition.description if isinstance(item, Article) else summary(item)  # type: ignore[union-attr]

    def item_author_name(self, item: Article | Document) -> str:
        return ", ".join(person["name"] for person in item.current_edition.facts.get("authors", []))  # type: ignore[union-attr]

    def item_pubdate(self, item: Article | Document) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Article | Document) -> datetime | None:
        return item.published_at

    def item_categories(self, item: Article | Document) -> list[str]:
        return [tag["name"] for tag in item.current_edition.facts.get("tags", [])]  # type: ignore[union-attr]


class SiteFeed(WorkFeed):
    def title(self) -> str:
        return settings.SITE_NAME

    def subtitle(self) -> str:
        return _("Les derniers textes publiés.")

    def link(self) -> str:
        return reverse("home")

    def items(self) -> list[Article | Document]:
        articles = listed(Article.objects.published()).order_by("-published_at")[:LATEST]
        documents = listed(Document.objects.published()).order_by("-published_at")[:LATEST]
        return newest([*articles, *documents])


class AuthorFeed(WorkFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Author:
        return get_object_or_404(authors_published(), slug=slug)

    def title(self, obj: Author) -> str:
        return f"{obj.name} · {settings.SITE_NAME}"

    def link(self, obj: Author) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Author) -> list[Article | Document]:
        return newest([*articles_by(obj), *documents_by(obj)])


class TagFeed(WorkFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        return tag_or_404(slug)

    def title(self, obj: Tag) -> str:
        return f"{obj.name} · {settings.SITE_NAME}"

    def link(self, obj: Tag) -> str:
        return reverse("tag", args=[obj.slug])

    def items(self, obj: Tag) -> list[Article | Document]:
        return newest([*articles_on(obj), *documents_on(obj)])
