"""Withdraw a work: its pages answer that it is gone; its editions are kept and it can be published again.

Links by which strangers read its draft are closed too; new ones can be made.
"""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.actions.permission import record, require_publisher
from publishing.actions.preview_links import revoke_all
from publishing.models import Publication, State
from publishing.searching import key_of
from search import index

Work = TypeVar("Work", bound=Publication)


def withdraw(*, work: Work, user: User | None, reason: str = "") -> Work:
    """Raises PermissionDenied, or ValidationError for a work that is not published."""
    require_publisher(user, work)
    with transaction.atomic():
        type(work)._default_manager.select_for_update().get(pk=work.pk)
        work.refresh_from_db(fields=["state"])
        if work.state != State.PUBLISHED:
            raise ValidationError(_("« %s » n’est pas publié : il n’y a rien à retirer.") % work.title)
        work.state = State.WITHDRAWN
        work.withdrawn_at = timezone.now()
        work.scheduled_for = None
        work.save(update_fields=["state", "withdrawn_at", "scheduled_for"])
        index.remove(key_of(work))
        said = [_("Retiré. %s").strip() % reason if reason else _("Retiré."), revoke_all(work)]
        record(user, work, " ".join(said).strip())
    return work
