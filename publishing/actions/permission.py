"""What every action on a work does first and last: ask who may, and write down who did."""

from __future__ import annotations

import logging

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied

from publishing.models import Publication

logger = logging.getLogger(__name__)


def may_publish(user: User, work: Publication | type[Publication]) -> bool:
    """Whether this user may publish, schedule and withdraw works of this kind."""
    return user.has_perm(f"{work._meta.app_label}.publish_{work._meta.model_name}")


def may_read_drafts(user: User | AnonymousUser, kind: type[Publication]) -> bool:
    """Whether this user may see works of this kind before they are published: the screens of the admin and previews."""
    app, name = kind._meta.app_label, kind._meta.model_name
    return user.is_staff and any(user.has_perm(f"{app}.{verb}_{name}") for verb in ("view", "change"))


def may_edit(user: User, work: Publication | type[Publication]) -> bool:
    """Whether this user may change works of this kind, and hand their drafts on."""
    return user.has_perm(f"{work._meta.app_label}.change_{work._meta.model_name}")


def require_publisher(user: User | None, work: Publication) -> None:
    """Raises PermissionDenied. None is a command run on the machine of the site."""
    if user is not None and not may_publish(user, work):
        raise PermissionDenied


def record(user: User | None, work: Publication, message: str) -> None:
    """A line in the history of the work, which the admin shows, and one in the log."""
    if user is not None:
        LogEntry.objects.log_actions(user.pk, [work], CHANGE, message, single_object=True)
    logger.info("%s %s [%s]: %s", work._meta.label, work.slug, user.get_username() if user else "command", message)
