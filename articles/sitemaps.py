"""The articles for search engines."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap

from articles.models import Article
from publishing.models import PublicationQuerySet


class ArticleSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> PublicationQuerySet:
        return Article.objects.published().defer("body", "current_edition__body", "current_edition__html")

    def lastmod(self, item: Article) -> datetime | None:
        return item.published_at
