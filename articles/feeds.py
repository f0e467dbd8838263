"""The articles as an Atom feed."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from publishing.models import PublicationQuerySet


class ArticleFeed(Feed):  # type: ignore[type-arg]  # Not generic when it runs.
    feed_type = Atom1Feed
    title = _("Articles")
    subtitle = _("Les derniers articles publiés.")

    def link(self) -> str:
        return reverse("articles:list")

    def items(self) -> PublicationQuerySet:
        return Article.objects.published().defer("body", "current_edition__body")[:20]

    def item_title(self, item: Article) -> str:
        return item.current_edition.title  # type: ignore[union-attr]

    def item_description(self, item: Article) -> str:
        return item.current_edition.description  # type: ignore[union-attr]

    def item_author_name(self, item: Article) -> str:
        return ", ".join(person["name"] for person in item.current_edition.facts["authors"])  # type: ignore[union-attr]

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_categories(self, item: Article) -> list[str]:
        return [tag["name"] for tag in item.current_edition.facts["tags"]]  # type: ignore[union-attr]
