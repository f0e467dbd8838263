"""What an edition of an article says around its text, frozen with it: people, dates, tags, picture, use of AI."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from articles.models import Article
from publishing.facts import ai_facts, date_facts, minutes, people
from publishing.models import Contribution
from publishing.pictures import size_of


def article_facts(article: Article, words: int) -> dict[str, Any]:
    """The facts in the language of the article; two queries, and the head of the picture's file."""
    with translation.override(article.language):
        contributions = list(article.contributions.select_related("author").order_by("position", "pk"))
        return {
            "title": article.title,
            "kind": "article",
            "kind_label": str(Article._meta.verbose_name),
            "language": article.language,
            "authors": people(row for row in contributions if row.role == Contribution.Role.AUTHOR),
            "contributors": people(row for row in contributions if row.role != Contribution.Role.AUTHOR),
            **date_facts(article),
            "tags": [{"name": tag.name, "slug": tag.slug} for tag in article.tags.order_by("name")],
            "ai": ai_facts(article),
            "cover": _cover(article),
            "words": words,
            "minutes": minutes(words),
        }


def _cover(article: Article) -> dict[str, Any]:
    image = article.hero_image
    if not image:
        return {"src": "", "alt": article.hero_image_alt, "name": article.hero_image_name}
    width, height = size_of(image) or (None, None)
    return {
        "src": image.url,
        "alt": article.hero_image_alt,
        "name": article.hero_image_name,
        "width": width,
        "height": height,
    }
