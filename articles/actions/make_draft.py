"""Make the draft of an article what an edition froze; readers go on seeing what they see."""

from __future__ import annotations

from copy import copy

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.actions.changing import changing
from articles.models import Article, ArticleContribution, ArticleEdition
from articles.parts import text_fields, which
from publishing.frozen_notice import thaw_fields, thaw_people
from publishing.putting_back import put_rows

WHOLE = ("title", "description", "body")


def make_draft(*, edition: ArticleEdition, user: User | None) -> Article:
    """Text, people and notice become those of the edition; tags and address stay. The history keeps the draft that was.

    Editions of before the notice was kept give their text alone. Raises PermissionDenied, or ValidationError where
    nothing differs or a person of the edition is no longer known.
    """
    what = _("L’édition %d est redevenue le brouillon.") % edition.number
    with changing(article_id=edition.article_id, user=user, what=what) as article:
        goal, written = copy(article), 0
        if edition.notice:
            of_article = which(ArticleContribution, article)
            people = thaw_people(ArticleContribution, of_article, edition.notice)
            written += put_rows(ArticleContribution, of_article, people, text_fields(ArticleContribution))
            goal = thaw_fields(article, edition.notice)
        for name in WHOLE:
            setattr(goal, name, getattr(edition, name))
        written += put_rows(Article, which(Article, article), [goal], text_fields(Article), keep_others=True)
        if not written:
            raise ValidationError(_("Le brouillon dit déjà ce que dit cette édition : il n’y a rien à reprendre."))
    article.refresh_from_db()
    return article
