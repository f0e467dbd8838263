"""Put an earlier edition of an article back before readers; the draft, its schedule and all editions stay."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, ArticleEdition
from articles.searching import index_article
from publishing.actions.make_current import make_current
from publishing.actions.permission import record, require_publisher
from publishing.history import recording


def restore(*, edition: ArticleEdition, user: User | None) -> Article:
    """Raises PermissionDenied, or ValidationError where readers see this edition already."""
    require_publisher(user, edition.article)
    with transaction.atomic():
        article: Article = Article.objects.select_for_update().get(pk=edition.article_id)
        if article.is_public and article.current_edition_id == edition.pk:
            raise ValidationError(_("Les lecteurs voient déjà cette édition."))
        with recording(user=user, what=_("Édition %d rétablie.") % edition.number):
            # The draft holds what was written since: it counts as changed, and can be published.
            make_current(article, edition, edition.published_at)
        index_article(article)
        record(user, article, _("Édition %d rétablie.") % edition.number)
    return article
