"""Publish an article: its draft becomes an edition, numbered and frozen, which readers see from then on."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checking
from articles.editions import composed, same_text, write_passages
from articles.models import Article, ArticleEdition, ArticlePassage
from articles.searching import index_article
from publishing import checks
from publishing.actions.make_current import make_current
from publishing.actions.permission import record, require_publisher
from publishing.actions.review import end_review
from publishing.frozen_notice import freeze_notice
from publishing.history import recording
from publishing.kept_anchors import earlier_paragraphs


def publish(
    *, article: Article, user: User | None, change_note: str = "", strict: bool | None = None
) -> ArticleEdition:
    """The edition that readers now see; the last one where nothing changed since. `article` is read again first.

    What the check calls blocking forbids it where `strict`, which a person always meets; see `checks.refuse`.

    Raises PermissionDenied, or ValidationError with sentences for the editor.
    """
    require_publisher(user, article)
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        article.refresh_from_db()
        last = article.editions.order_by("-number").first()
        of_all = ArticlePassage.objects.filter(edition__article=article).order_by("-edition__number", "pk")
        edition, rendered = composed(article, earlier_paragraphs(last.passages.all(), of_all) if last else ())
        found = checking.of(article, rendered)
        checks.refuse(found.remarks, strict=user is not None if strict is None else strict)
        if last is not None and same_text(last, edition):
            edition, message = last, _("Édition %d de nouveau publiée, sans changement.")
        else:
            edition.number = last.number + 1 if last else 1
            edition.published_by = user
            edition.change_note = change_note.strip()[:500]
            edition.notice = freeze_notice(article)
            edition.save()
            write_passages(edition, rendered.passages)
            message = _("Édition %d publiée.")
        waits = article.scheduled_for or article.review_asked_at
        if article.is_public and article.current_edition_id == edition.pk and not waits:
            return edition
        with recording(user=user, what=message % edition.number):
            end_review(article)
            article.scheduled_for = None
            make_current(article, edition, timezone.now() if edition is last else edition.published_at)
        index_article(article)
        record(user, article, message % edition.number)
    return edition
