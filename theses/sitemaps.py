"""Covers and pages of long documents for search engines."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from theses.models import Document, EditionPage


class DocumentSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[Document]:
        return Document.objects.published().select_related(None).only("slug", "published_at")

    def lastmod(self, item: Document) -> datetime | None:
        return item.published_at


class PageSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[EditionPage]:
        current = Document.objects.published().values("current_edition")
        return (
            EditionPage.objects.filter(edition__in=current)
            .select_related("edition__document")
            .only("slug", "edition__published_at", "edition__document__slug")
            .order_by("edition", "position")
        )

    def location(self, item: EditionPage) -> str:
        return reverse("theses:page", args=[item.edition.document.slug, item.slug])

    def lastmod(self, item: EditionPage) -> datetime:
        return item.edition.published_at
