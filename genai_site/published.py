"""What the public may see of an author or under a tag: published works, by what their current edition says.

The draft of a published work may already name another author or tag. Readers learn of it with the next edition only.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.http import Http404
from django.shortcuts import get_object_or_404
from taggit.models import Tag

from articles.models import Article, ArticleContribution
from publishing.facts import role_in_words
from publishing.models import Author, Contribution, PublicationQuerySet, State
from theses.models import Document, DocumentContribution

A_LIST = 100
"""Works shown on the page of an author or a tag."""


def listed(works: PublicationQuerySet) -> PublicationQuerySet:
    """Works for a list: without their text."""
    if works.model is Article:
        return works.defer("body", "current_edition__body", "current_edition__html")
    return works.defer("lead", "current_edition__outline")


def authors_published() -> QuerySet[Author]:
    """Those whom a published work names: its draft, and its current edition too."""
    articles = Exists(_naming_edition(ArticleContribution, "article"))
    documents = Exists(_naming_edition(DocumentContribution, "document"))
    # Those without a family name, such as a team, stand among the others by the name that they have.
    sorted_by = Coalesce(NullIf("family_name", Value("")), "name")
    return Author.objects.filter(articles | documents).order_by(sorted_by, "name", "pk")


def _naming_edition(contributions: type[Contribution], work: str) -> QuerySet[Any]:
    facts = f"{work}__current_edition__facts"
    people = [Cast(KeyTextTransform(key, facts), TextField()) for key in ("authors", "contributors")]
    # PostgreSQL puts a space after the colon, SQLite none.
    said = [Concat(Value(f'"slug":{space}"'), OuterRef("slug"), Value('"')) for space in ("", " ")]
    return (
        contributions._default_manager.filter(**{"author": OuterRef("pk"), f"{work}__state": State.PUBLISHED})
        .alias(people=Concat(*people))
        .filter(Q(people__contains=said[0]) | Q(people__contains=said[1]))
    )


def articles_by(author: Author) -> list[Any]:
    return _naming(author, Article.objects.published())


def documents_by(author: Author) -> list[Any]:
    return _naming(author, Document.objects.published())


def articles_on(tag: Tag) -> list[Any]:
    return _tagged(tag, Article.objects.published())


def documents_on(tag: Tag) -> list[Any]:
    return _tagged(tag, Document.objects.published())


def tag_or_404(slug: str) -> Tag:
    """A keyword under which something published stands. Raises Http404."""
    found = get_object_or_404(Tag, slug=slug)
    if not (articles_on(found) or documents_on(found)):
        raise Http404
    return found


def _naming(author: Author, works: PublicationQuerySet) -> list[Any]:
    """Each work with `named_as`: the roles in which its current edition names the person, but that of author."""
    found = listed(works).filter(Q(contributions__author=author)).distinct()[:A_LIST]
    named = []
    for work in found:
        facts = work.current_edition.facts
        writes = any(person.get("slug") == author.slug for person in facts.get("authors", []))
        helps = [
            role_in_words(p.get("role", "")) for p in facts.get("contributors", []) if p.get("slug") == author.slug
        ]
        if writes or helps:
            work.named_as = [] if writes else helps
            named.append(work)
    return named


def _tagged(tag: Tag, works: PublicationQuerySet) -> list[Any]:
    found = listed(works).filter(tags=tag).distinct()[:A_LIST]
    return [
        work for work in found if any(row.get("slug") == tag.slug for row in work.current_edition.facts.get("tags", []))
    ]
