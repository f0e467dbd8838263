"""Which stored pictures the public may see: those that an edition of a published work shows, current or earlier.

A picture that only a draft holds, that of a published work among them, is not public; nor is one that nothing shows.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from django.conf import settings

from articles.models import Article, ArticleEdition
from genai_site.published import authors_published
from publishing.models import State
from publishing.renditions import original
from theses.models import Document, DocumentEdition

WORKS: dict[str, type[Article] | type[Document]] = {"articles": Article, "covers": Document, "figures": Document}
"""The kind of work that a folder of the media belongs to."""
EDITIONS: dict[Any, tuple[Any, str]] = {Article: (ArticleEdition, "article"), Document: (DocumentEdition, "document")}


def is_public(name: str) -> bool:
    """The renditions of a picture go with it: one query, and a second one after each publication."""
    name = original(name)
    folder = name.partition("/")[0]
    if folder in WORKS:
        return name in shown(WORKS[folder])
    if folder == "authors":
        return authors_published().filter(portrait=name).exists()
    # Nobody can tell which text a picture of a body is in: only its address, which cannot be guessed, protects it.
    return name.startswith(settings.MARKDOWNX_MEDIA_PATH)


def holds(work: Article | Document, name: str) -> bool:
    """Whether the draft of this work shows the picture."""
    name = original(name)
    if isinstance(work, Article):
        return bool(name) and work.hero_image == name
    return bool(name) and (work.cover_image == name or work.figures.filter(image=name).exists())


def shown(kind: type[Article] | type[Document]) -> frozenset[str]:
    """The pictures of all editions of the published works of a kind."""
    editions, work = EDITIONS[kind]
    public = editions.objects.filter(**{f"{work}__state": State.PUBLISHED}).order_by("pk")
    return _names(editions, tuple(public.values_list("pk", "published_at")))


@lru_cache(maxsize=8)
def _names(editions: Any, public: tuple[tuple[int, datetime], ...]) -> frozenset[str]:
    """Editions never change, so what they show is read once as long as the public ones are the same."""
    names: set[str] = set()
    for edition in editions.objects.filter(pk__in=[pk for pk, _moment in public]).only("facts").iterator(chunk_size=50):
        pictures = [edition.facts.get("cover", {}), *edition.facts.get("figures", [])]
        names.update(unquote(row["src"]).removeprefix(settings.MEDIA_URL) for row in pictures if row.get("src"))
    return frozenset(names)
