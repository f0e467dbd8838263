"""Publish an imported work, whatever it is: each kind has its own action."""

from __future__ import annotations

from django.contrib.auth.models import User

from articles.actions.publish import publish as publish_article
from articles.models import Article
from imports.actions.import_source import Actor
from theses.actions.publish import publish as publish_document
from theses.models import Document


def publish(*, work: Article | Document, user: User | None, strict: bool | None = None) -> None:
    """Raises what the action raises: PermissionDenied, or ValidationError with the sentences of its check."""
    if isinstance(work, Article):
        publish_article(article=work, user=user, strict=strict)
    else:
        publish_document(document=work, user=user, strict=strict)


def may_publish(user: Actor, kind: type[Article | Document]) -> bool:
    """Whether to offer it; the action decides."""
    return user is None or user.has_perm(f"{kind._meta.app_label}.publish_{kind._meta.model_name}")
