"""An edition made of an article as it stands: to be stored by publication, or only looked at in a preview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from articles.facts import article_facts
from articles.models import Article, ArticleEdition, ArticlePassage
from articles.rendering import outline_of, render_body
from publishing.rendering import RENDERER_VERSION, PassageText, Rendered
from publishing.same_passages import Earlier

FROZEN = ("title", "description", "body", "html", "outline", "words", "facts", "renderer")
"""What makes two editions the same to a reader."""


def edition_of(article: Article) -> ArticleEdition:
    """The draft as an edition without a number, not stored."""
    return composed(article)[0]


def composed(article: Article, earlier: Sequence[Earlier] = ()) -> tuple[ArticleEdition, Rendered]:
    """The same with what was rendered; `earlier` are the paragraphs of the edition before, whose anchors stay."""
    rendered = render_body(article.body, article.language, earlier)
    edition = ArticleEdition(
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
    return edition, rendered


def write_passages(edition: ArticleEdition, passages: Iterable[PassageText]) -> None:
    """The passages of a stored edition that has none."""
    ArticlePassage.objects.bulk_create(
        [
            ArticlePassage(
                edition=edition,
                position=position,
                anchor=passage.anchor,
                kind=passage.kind,
                section=passage.section,
                language=passage.language,
                text=passage.text,
            )
            for position, passage in enumerate(passages, start=1)
        ],
        batch_size=1000,
    )


def same_text(one: ArticleEdition, other: ArticleEdition) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in FROZEN)
