"""Send a draft to review, and give it back to those who write. The review ends with the publication, too.

What readers see does not change: a published work stays published while its changed draft is in review, and the draft
is not locked, so that a word can be mended on the way.
"""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.actions.permission import may_edit, may_publish, record
from publishing.models import Publication, State

Work = TypeVar("Work", bound=Publication)
LONGEST = 500
"""Characters of the note that goes with a draft."""


def send_to_review(*, work: Work, user: User | None, note: str = "") -> Work:
    """Ask those who publish to look at the draft. Raises PermissionDenied, or ValidationError where they are asked
    already, or where a publication is scheduled.
    """
    if user is not None and not may_edit(user, work):
        raise PermissionDenied
    with transaction.atomic():
        _hold(work)
        if work.review_asked_at is not None:
            raise ValidationError(_("La relecture est déjà demandée."))
        if work.scheduled_for is not None:
            raise ValidationError(_("La publication est déjà programmée."))
        work.review_asked_at = timezone.now()
        if work.state == State.DRAFT:
            work.state = State.IN_REVIEW
        _keep(work, user, note, _("Envoyé en relecture."))
    return work


def return_to_draft(*, work: Work, user: User | None, note: str = "") -> Work:
    """Those who write go on; `note` tells them why. Raises PermissionDenied, or ValidationError where the draft is not
    in review, or where its publication is scheduled.
    """
    if user is not None and not (may_edit(user, work) or may_publish(user, work)):
        raise PermissionDenied
    with transaction.atomic():
        _hold(work)
        if work.review_asked_at is None:
            raise ValidationError(_("Ce brouillon n’est pas en relecture."))
        if work.scheduled_for is not None:
            raise ValidationError(_("Annulez d’abord la publication programmée."))
        work.review_asked_at = None
        if work.state == State.IN_REVIEW:
            work.state = State.DRAFT
        _keep(work, user, note, _("Rendu à la rédaction."))
    return work


def end_review(work: Publication) -> None:
    """What publication does with the review; the caller stores `Publication.NOT_RECORDED`."""
    work.review_asked_at = work.review_by = None
    work.review_note = ""


def _hold(work: Publication) -> None:
    """The row is locked, and read again."""
    type(work)._default_manager.select_for_update().get(pk=work.pk)
    work.refresh_from_db(fields=["state", "scheduled_for", *Publication.NOT_RECORDED])


def _keep(work: Publication, user: User | None, note: str, message: str) -> None:
    work.review_note = " ".join(note.split())[:LONGEST]
    work.review_by = user
    work.save(update_fields=["state", *Publication.NOT_RECORDED])
    record(user, work, f"{message} {work.review_note}".strip())
