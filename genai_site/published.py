"""What the public may see of an author or under a tag: published works, by what their current edition says.

The draft of a published work may already name another author or tag. Readers learn of it with the next edition only.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from taggit.models import Tag

from articles.models import Article, ArticleContribution
from publishing.models import Author, PublicationQuerySet, State
from theses.models import Document, DocumentContribution

A_LIST = 100
"""Works shown on the page of an author or a tag."""


def listed(works: PublicationQuerySet) -> PublicationQuerySet:
    """Works for a list: without their text."""
    if works.model is Article:
        return works.defer("body", "current_edition__body", "current_edition__html")
    return works.defer("lead", "current_edition__outline")


def authors_published() -> QuerySet[Author]:
    articles = ArticleContribution.objects.filter(author=OuterRef("pk"), article__state=State.PUBLISHED)
    documents = DocumentContribution.objects.filter(author=OuterRef("pk"), document__state=State.PUBLISHED)
    return Author.objects.filter(Exists(articles) | Exists(documents)).order_by("family_name", "name", "pk")


def articles_by(author: Author) -> list[Any]:
    return _naming(author, Article.objects.published())


def documents_by(author: Author) -> list[Any]:
    return _naming(author, Document.objects.published())


def articles_on(tag: Tag) -> list[Any]:
    return _tagged(tag, Article.objects.published())


def documents_on(tag: Tag) -> list[Any]:
    return _tagged(tag, Document.objects.published())


def _naming(author: Author, works: PublicationQuerySet) -> list[Any]:
    found = listed(works).filter(Q(contributions__author=author)).distinct()[:A_LIST]
    return [
        work
        for work in found
        if any(
            person.get("slug") == author.slug
            for role in ("authors", "contributors")
            for person in work.current_edition.facts.get(role, [])
        )
    ]


def _tagged(tag: Tag, works: PublicationQuerySet) -> list[Any]:
    found = listed(works).filter(tags=tag).distinct()[:A_LIST]
    return [
        work for work in found if any(row.get("slug") == tag.slug for row in work.current_edition.facts.get("tags", []))
    ]
