"""What pages say about a text: how long it takes to read, and its first words without their marks."""

from __future__ import annotations

import html
import re

from django import template
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from publishing.facts import minutes

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


@register.filter
def plain(markup: object) -> str:
    """`<p>A &amp; b</p><p>c</p>` gives « A & b c »: words of two blocks stay apart, and nothing is escaped twice."""
    spaced = re.sub(r"(?i)</(?:p|li|h[1-6]|blockquote|td|th)>", r"\g<0> ", str(markup or ""))
    return re.sub(r"[ \t\r\n]+", " ", html.unescape(strip_tags(spaced))).strip()


@register.filter
def reading_minutes(words: object) -> int:
    """Reading time of so many words, for `duration`."""
    return minutes(words) if isinstance(words, int) else 0
