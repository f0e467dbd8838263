"""Which work an upload may be a new version of."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User

from articles.models import Article
from imports.actions.merge_source import may_merge
from imports.drafts.facts import proposed_title
from imports.merging.passages import likeness
from imports.models import SourceFile
from manuscript.model import Manuscript
from manuscript.wording import fold
from theses.models import Document

MOST = 300
"""Works that are looked at, the latest imported first."""
LEAST = 0.75
HEAVY = ("report", "decisions", "article__body", "document__lead")


def mergeable(user: User | AnonymousUser) -> list[Article | Document]:
    """The works that came from a source and that this account may update, each once, the latest imported first."""
    sources = SourceFile.objects.select_related("article", "document").defer(*HEAVY)[:MOST]
    works: dict[tuple[type, int], Article | Document] = {}
    for source in sources:
        work = source.work
        if work is not None and may_merge(user, work):
            works.setdefault((type(work), work.pk), work)
    return list(works.values())


def recognised(manuscript: Manuscript, works: list[Article | Document]) -> list[Article | Document]:
    """Those of nearly the same title, the most alike first."""
    title = proposed_title(manuscript)
    scored = [
        (1.0 if fold(work.title) == fold(title) else likeness(work.title, title), index)
        for index, work in enumerate(works)
    ]
    return [works[index] for score, index in sorted(scored, key=lambda row: (-row[0], row[1])) if score >= LEAST]


def name_of(work: Article | Document) -> str:
    """A name for forms: `document-12`."""
    return f"{work._meta.model_name}-{work.pk}"
