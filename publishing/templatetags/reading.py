"""What pages say about a text: how long it takes to read, and its first words without their marks."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from django import template
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from publishing.dates import date_in_words as _date_in_words
from publishing.disclosing import disclosure as _disclosure
from publishing.facts import minutes
from publishing.facts import role_in_words as _role_in_words
from publishing.typography import typeset as _typeset

register = template.Library()


@register.filter
def date_in_words(date: object) -> str:
    """The date of a work, from its facts, in the language of the page around the text."""
    return _date_in_words(str(date or ""))


@register.filter
def disclosure(level: object) -> str:
    """The use of AI of a work, from its facts, for machines."""
    return _disclosure([str(level or "")])


@register.filter
def duration(minutes: object) -> str:
    """`210` gives « 3 h 30 », `12` gives « 12 min »; anything else than a number gives nothing."""
    try:
        count = max(round(float(str(minutes))), 1)
    except ValueError:
        return ""
    if count < 60:
        return _("%(count)s min") % {"count": count}
    hours, rest = divmod(count, 60)
    if not rest:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(hours)s h %(rest)02d") % {"hours": hours, "rest": rest}


@register.filter
def plain(markup: object) -> str:
    """`<p>A &amp; b</p><p>c</p>` gives « A & b c »: words of two blocks stay apart, and nothing is escaped twice."""
    spaced = re.sub(r"(?i)</(?:p|li|h[1-6]|blockquote|td|th)>", r"\g<0> ", str(markup or ""))
    return re.sub(r"[ \t\r\n]+", " ", html.unescape(strip_tags(spaced))).strip()


@register.filter
def reading_minutes(words: object) -> int:
    """Reading time of so many words, for `duration`."""
    return minutes(words) if isinstance(words, int) else 0


@register.filter
def role_in_words(role: object) -> str:
    """What someone did for a work, in the language of the page around the text."""
    return _role_in_words(str(role or ""))


@register.filter
def typeset(text: object, language: object = "fr") -> str:
    """A title or a sentence with the spaces and apostrophes of its language; the stored text stays as it was typed."""
    return _remembered(str(text or ""), str(language or "fr"))


# The contents of a long work are the same few hundred titles on each of its pages.
@lru_cache(maxsize=8192)
def _remembered(text: str, language: str) -> str:
    return _typeset(text, language)
