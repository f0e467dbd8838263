"""An edition made of an article as it stands: to be stored by publication, or only looked at in a preview."""

from __future__ import annotations

from django.utils import timezone

from articles.facts import article_facts
from articles.models import Article, ArticleEdition
from articles.rendering import outline_of, render_body
from publishing.rendering import RENDERER_VERSION

FROZEN = ("title", "description", "body", "html", "outline", "words", "facts", "renderer")
"""What makes two editions the same to a reader."""


def edition_of(article: Article) -> ArticleEdition:
    """The draft as an edition without a number, not stored."""
    rendered = render_body(article.body, article.language)
    return ArticleEdition(
        article=article,
        number=0,
        published_at=timezone.now(),
        renderer=RENDERER_VERSION,
        title=article.title,
        description=article.description,
        body=article.body,
        html=rendered.html,
        outline=outline_of(rendered),
        words=rendered.words,
        facts=article_facts(article, rendered.words),
    )


def same_text(one: ArticleEdition, other: ArticleEdition) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in FROZEN)
