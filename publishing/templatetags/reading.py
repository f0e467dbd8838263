"""How long a text takes to read, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def duration(minutes: object) -> str:
    """`210` gives « 3 h 30 », `12` gives « 12 min »; anything else than a number gives nothing."""
    try:
        count = max(round(float(str(minutes))), 1)
    except ValueError:
        return ""
    if count < 60:
        return _("%(count)s\u202fmin") % {"count": count}
    hours, rest = divmod(count, 60)
    if not rest:
        return _("%(hours)s\u202fh") % {"hours": hours}
    return _("%(hours)s\u202fh\u202f%(rest)02d") % {"hours": hours, "rest": rest}
