"""An edition of an article, or its draft, compared with another on a screen of the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from articles.editions import composed
from articles.models import Article, ArticleEdition
from publishing.comparing.places import WHOLE
from publishing.comparing.screen import comparison_screen, require_reader
from publishing.comparing.sides import Side
from publishing.rendering import PassageText


def side_of(article: Article, edition: ArticleEdition | None) -> Side:
    """The address of a passage of the draft is the form of the article."""
    if edition is None:
        draft, rendered = composed(article)
        place = reverse("admin:articles_article_change", args=[article.pk])
        return _side(draft, rendered.passages, lambda _row: place)
    names = ("anchor", "kind", "section", "language", "text")
    passages = [PassageText(*row) for row in edition.passages.values_list(*names)]
    edition.article = article
    base = edition.get_absolute_url()
    return _side(edition, passages, lambda row: f"{base}#{row.anchor}")


def _side(edition: ArticleEdition, passages: list[PassageText], address: Any) -> Side:
    outline = [{**item, "number": ""} for item in edition.outline]
    facts = {**edition.facts, "description": edition.description}
    return Side(facts, outline, passages, address, bodies={WHOLE: edition.body})


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    require_reader(request, Article)
    article = get_object_or_404(Article, pk=pk)
    return comparison_screen(
        request,
        work=article,
        editions=ArticleEdition.objects.filter(article=article).defer("html", "body"),
        side=lambda edition: side_of(article, edition),
    )


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    return [path("<int:pk>/comparer/", wrap(compare), name="articles_article_compare")]
