"""What readers may see of an article right now: the one question that each request for a stored page asks."""

from __future__ import annotations

from dataclasses import dataclass

from articles.models import Article, ArticleEdition
from publishing.models import State
from publishing.serving import Lookup

_current = Lookup(
    lambda slug: (
        Article.objects.filter(slug=slug)
        .order_by()
        .values_list("state", "published_at", "current_edition", "current_edition__renderer")
    ),
    "slug",
)
_edition = Lookup(
    lambda slug, number: (
        ArticleEdition.objects.filter(article__slug=slug, number=number)
        .order_by()
        .values_list("article__state", "published_at", "pk", "renderer", "article__current_edition")
    ),
    "slug",
    1,
)
LARGEST = 2**31 - 1
"""The number of no edition is larger; the database refuses to look for one."""


@dataclass(frozen=True, slots=True)
class Standing:
    state: str
    """Published or withdrawn; of an article in another state there is nothing to tell."""
    edition: int
    shows: tuple[object, ...]
    """As `publishing.serving.answer` wants it."""
    newer: bool = False

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN


def current(slug: str) -> Standing | None:
    """The edition under the address of the article."""
    for state, published_at, edition, renderer in _current(slug):
        if state in {State.PUBLISHED, State.WITHDRAWN} and edition:
            return Standing(state, edition, ("work", published_at, edition, renderer))
    return None


def numbered(slug: str, number: int) -> Standing | None:
    """One edition under its own address."""
    for state, published_at, edition, renderer, shown in _edition(slug, min(number, LARGEST)):
        if state in {State.PUBLISHED, State.WITHDRAWN}:
            newer = edition != shown
            return Standing(state, edition, ("edition", published_at, edition, renderer, newer), newer)
    return None
