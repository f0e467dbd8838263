"""Write the HTML of editions again from their own Markdown, after the renderer changed. What they say stays."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from articles.editions import write_passages
from articles.models import Article, ArticleEdition
from articles.rendering import outline_of, render_body
from articles.searching import index_article
from publishing.kept_anchors import earlier_paragraphs
from publishing.rendering import RENDERER_VERSION


def stale_editions() -> Iterator[int]:
    """Keys of the editions whose HTML an older or newer renderer wrote, without loading them."""
    return (
        ArticleEdition.objects.exclude(renderer=RENDERER_VERSION)
        .order_by("pk")
        .values_list("pk", flat=True)
        .iterator(chunk_size=500)
    )


def rerender(*, edition_id: int) -> ArticleEdition:
    """One edition, in one transaction; run by the command alone, since the text stays what was published."""
    with transaction.atomic():
        edition = ArticleEdition.objects.select_for_update().get(pk=edition_id)
        earlier = earlier_paragraphs(edition.passages.all())
        rendered = render_body(edition.body, str(edition.facts.get("language", "fr")), earlier)
        edition.html = rendered.html
        edition.outline = outline_of(rendered)
        edition.renderer = RENDERER_VERSION
        edition.passages.all().delete()
        write_passages(edition, rendered.passages)
        edition.save(rerender=True, update_fields=["html", "outline", "renderer"])
        article = Article.objects.get(pk=edition.article_id)
        if article.current_edition_id == edition.pk:
            index_article(article)
    return edition
