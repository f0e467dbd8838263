"""Put the draft of an article back to what it was at a moment: an act like any other, after which one can go back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from articles.actions.changing import changing
from articles.models import Article, ArticleContribution
from articles.parts import text_fields, which
from publishing.history import state_at
from publishing.putting_back import as_rows, put_rows


def put_back(*, article: Article, user: User | None, moment: datetime) -> Article:
    """Text, people and notice as they stood just after `moment`; tags, address, state and editions stay.

    Raises PermissionDenied, or ValidationError where the article did not exist then, or where nothing differs.
    """
    when = formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    with changing(article_id=article.pk, user=user, what=_("Version du %s remise en place.") % when) as found:
        notice = state_at(Article, moment, id=found.pk)
        if not notice:
            raise ValidationError(_("Cet article n’existait pas encore."))
        written = 0
        for model, versions in (
            (Article, notice),
            (ArticleContribution, state_at(ArticleContribution, moment, article_id=found.pk)),
        ):
            rows = as_rows(model, versions)
            written += put_rows(model, which(model, found), rows, text_fields(model), keep_others=model is Article)
        if not written:
            raise ValidationError(_("Cette version est celle d’aujourd’hui : il n’y a rien à remettre."))
    found.refresh_from_db()
    return found
