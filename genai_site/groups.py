"""The group of those who edit, and what it may do. Running it again adds what a newer version of the site brought."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EDITORS = "Éditeurs"
APPS = ("articles", "genai_site", "imports", "publishing", "taggit", "theses")
"""Everything in these: their own accounts and those of others stay with administrators."""

KEPT = Q(content_type__app_label="imports", codename="delete_sourcefile")
"""A source as received is kept for ever."""


def editors() -> Group:
    """The group with its permissions; those that an administrator added by hand stay."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.add(*Permission.objects.filter(content_type__app_label__in=APPS).exclude(KEPT))
    return group
