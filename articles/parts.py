"""The rows that together are the draft of an article, as the history of the work knows them."""

from __future__ import annotations

from typing import Any

from articles.models import Article, ArticleContribution
from publishing.putting_back import NOT_OF_THE_TEXT

RIGHTS = (
    "articles.change_article",
    *(f"articles.{verb}_articlecontribution" for verb in ("add", "change", "delete")),
)
"""What one must be allowed in order to put a whole article back."""


def text_fields(model: Any) -> list[str]:
    """The columns of a row that an editor may put back."""
    left = NOT_OF_THE_TEXT if model is Article else {"id", "article_id"}
    return [kept.attname for kept in model.history.model.tracked_fields if kept.attname not in left]


def which(model: Any, article: Article) -> dict[str, Any]:
    """The condition on versions or rows of a model that belong to this article."""
    return {"id": article.pk} if model is Article else {"article_id": article.pk}


PARTS: tuple[Any, ...] = (Article, ArticleContribution)
