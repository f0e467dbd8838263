"""Schedule a publication, or give it up. `manage.py publish_scheduled` publishes what is due.

A work that readers already see stays visible: its state does not change until the new edition is there.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from publishing import checks
from publishing.actions.permission import record, require_publisher
from publishing.models import Publication, State

Work = TypeVar("Work", bound=Publication)


def schedule(*, work: Work, user: User | None, moment: datetime) -> Work:
    """Publish at `moment`, an aware time to come. Raises PermissionDenied or ValidationError.

    A person is refused what the check calls blocking now rather than at that moment.
    """
    require_publisher(user, work)
    if timezone.is_naive(moment) or moment <= timezone.now():
        raise ValidationError(_("Une publication se programme à une date à venir."))
    checks.refuse(checks.report(work).remarks, strict=user is not None)
    with transaction.atomic():
        type(work)._default_manager.select_for_update().get(pk=work.pk)
        work.refresh_from_db(fields=["state"])
        work.scheduled_for = moment
        if work.state in {State.DRAFT, State.IN_REVIEW}:
            work.state = State.SCHEDULED
        work.save(update_fields=["state", "scheduled_for"])
        when = formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
        record(user, work, _("Publication programmée : %s.") % when)
    return work


def unschedule(*, work: Work, user: User | None) -> Work:
    """Give the scheduled publication up; what was never published is in review or a draft again, as it was before."""
    require_publisher(user, work)
    with transaction.atomic():
        type(work)._default_manager.select_for_update().get(pk=work.pk)
        work.refresh_from_db(fields=["state", "scheduled_for", "review_asked_at"])
        if work.scheduled_for is None:
            raise ValidationError(_("Aucune publication n’est programmée."))
        work.scheduled_for = None
        if work.state == State.SCHEDULED:
            work.state = State.IN_REVIEW if work.review_asked_at else State.DRAFT
        work.save(update_fields=["state", "scheduled_for"])
        record(user, work, _("Publication programmée annulée."))
    return work
