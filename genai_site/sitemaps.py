"""All that search engines should know of, by section; everything starts from `published()`."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from articles.sitemaps import ArticleSitemap
from genai_site.published import authors_published
from publishing.models import Author
from theses.sitemaps import DocumentSitemap, PageSitemap


class SiteSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return ["home", "theses:list", "articles:list", "authors", "contact", "accessibility"]

    def location(self, item: str) -> str:
        return reverse(item)


class AuthorSitemap(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[Author]:
        return authors_published()


SITEMAPS: dict[str, type[Sitemap]] = {  # type: ignore[type-arg]
    "site": SiteSitemap,
    "ouvrages": DocumentSitemap,
    "pages": PageSitemap,
    "articles": ArticleSitemap,
    "auteurs": AuthorSitemap,
}
