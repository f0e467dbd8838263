"""Make a link by which somebody without an account reads the draft of a work, and close it again."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.actions.permission import record, require_publisher
from publishing.models import Publication
from publishing.preview_link import PreviewLink, digest_of

TOKEN_BYTES = 24
"""192 bits: 32 characters."""
DAYS = 14
MOST_DAYS = 90
MOST_LINKS = 20
"""Open links of one work."""


def create_preview_link(
    *, work: Publication, user: User | None, label: str, days: int = DAYS
) -> tuple[PreviewLink, str]:
    """The link and its token, which is kept nowhere. Raises PermissionDenied, or ValidationError."""
    require_publisher(user, work)
    label = " ".join(label.split())[:200]
    if not label:
        raise ValidationError(_("Dites pour qui est ce lien."))
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(_("Un lien d’aperçu vaut de 1 à %d jours.") % MOST_DAYS)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        type(work)._default_manager.select_for_update().only("pk").get(pk=work.pk)
        if work.preview_links.open().count() >= MOST_LINKS:
            raise ValidationError(_("%d liens sont déjà ouverts : fermez-en d’abord un.") % MOST_LINKS)
        now = timezone.now()
        link = work.preview_links.create(
            digest=digest_of(token),
            label=label,
            created_at=now,
            created_by=user,
            expires_at=now + timedelta(days=days),
        )
        day = formats.date_format(timezone.localtime(link.expires_at), "DATE_FORMAT")
        record(user, work, _("Lien d’aperçu créé (%(label)s), jusqu’au %(day)s.") % {"label": label, "day": day})
    return link, token


def revoke_preview_link(*, work: Publication, user: User | None, link_id: int) -> PreviewLink:
    """The link, which opens nothing from now on. Raises PermissionDenied, DoesNotExist, or ValidationError where it is
    closed already.
    """
    require_publisher(user, work)
    with transaction.atomic():
        link: PreviewLink = work.preview_links.select_for_update().get(pk=link_id)
        if not link.is_open:
            raise ValidationError(_("Ce lien n’ouvre déjà plus rien."))
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        record(user, work, _("Lien d’aperçu fermé (%s).") % link.label)
    return link


def revoke_all(work: Publication) -> str:
    """What withdrawal does: a sentence for the journal, empty where no link was open."""
    count = work.preview_links.open().update(revoked_at=timezone.now())
    return ngettext("%d lien d’aperçu fermé.", "%d liens d’aperçu fermés.", count) % count if count else ""
