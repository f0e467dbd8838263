"""Publish an imported work, whatever it is: each kind has its own action."""

from __future__ import annotations

from importlib import import_module

from articles.models import Article
from imports.actions.import_source import Actor
from theses.models import Document


def publish(*, work: Article | Document, user: Actor) -> None:
    """Raises what the action raises: PermissionDenied, or ValidationError with the sentences of its check."""
    if isinstance(work, Article):
        import_module("articles.actions.publish").publish(article=work, user=user)
    else:
        import_module("theses.actions.publish").publish(document=work, user=user)


def may_publish(user: Actor, work: Article | Document | None = None) -> bool:
    """Whether to offer it; the action decides."""
    if user is None:
        return True
    models = [type(work)] if work else [Article, Document]
    return any(user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}") for model in models)
