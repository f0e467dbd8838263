"""What every action on the draft of an article has around it: the right, one transaction, one entry in the history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.parts import RIGHTS
from publishing.actions.permission import record
from publishing.history import recording


@contextmanager
def changing(*, article_id: int, user: User | None, what: str) -> Iterator[Article]:
    """The article as it stands, locked until the block ends. Raises PermissionDenied; None is a command."""
    if user is not None and not user.has_perms(RIGHTS):
        raise PermissionDenied
    with transaction.atomic(), recording(user=user, what=what):
        article: Article = Article.objects.select_for_update().get(pk=article_id)
        yield article
        # Where the people alone changed, the draft did so, too.
        Article.objects.filter(pk=article.pk, updated_at=article.updated_at).update(updated_at=timezone.now())
        record(user, article, what)
