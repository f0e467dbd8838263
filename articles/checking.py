"""What an editor should mend before an article is published; `publishing.checks` has the levels and the rest."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from articles.rendering import render_body
from publishing import checks
from publishing.checks import Level, Remark, Report, SiteLink
from publishing.rendering import Rendered


def report(article: Article) -> Report:
    return of(article, render_body(article.body, article.language))


def of(article: Article, rendered: Rendered) -> Report:
    """The same where the text is rendered already."""
    address = reverse("admin:articles_article_change", args=[article.pk])
    remarks = [
        *checks.notice_remarks(article, address, has_author=article.contributions.exists()),
        *_article(article, address),
        *(
            Remark(problem.code, problem.message, checks.level_of(problem.code), _("Texte"), f"{address}#id_body")
            for problem in rendered.problems
        ),
    ]
    paths = checks.site_paths(article.body, article.get_absolute_url())
    links = [SiteLink(path, _("Texte"), f"{address}#id_body") for path in paths]
    return checks.completed(article, Report(remarks, links))


def _article(article: Article, address: str) -> Iterator[Remark]:
    if not article.body.strip():
        sentence = _("L’article n’a pas de texte.")
        yield Remark("text-missing", sentence, Level.BLOCKING, _("Texte"), f"{address}#id_body")
    place = _("Image d’ouverture")
    if article.hero_image and not article.hero_image_alt.strip():
        sentence = _("Le texte de remplacement manque.")
        yield Remark("cover-alternative-missing", sentence, place=place, address=f"{address}#id_hero_image_alt")
    if article.hero_image_name and not article.hero_image:
        sentence = _("L’image « %s » est à fournir.") % article.hero_image_name
        yield Remark("cover-missing", sentence, place=place, address=f"{address}#id_hero_image")
