"""What the actions on the text of a document ask first."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied


def require_right(user: User | None, permission: str) -> None:
    """Raises PermissionDenied. None is a command run on the machine of the site."""
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied
