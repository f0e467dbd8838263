"""What the form of a work says of its review: who asked for it or gave the draft back, when, and with what word."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publishing.models import Publication


def review_sentence(work: Publication) -> str:
    """Empty where nobody asked for a review since the last publication."""
    who = work.review_by.get_full_name() or work.review_by.get_username() if work.review_by is not None else ""
    if work.review_asked_at is not None:
        date = date_format(localtime(work.review_asked_at), "DATETIME_FORMAT")
        if who:
            return _("Relecture demandée par %(who)s, le %(date)s") % {"who": who, "date": date}
        return _("Relecture demandée le %s") % date
    if who or work.review_note:
        return _("Rendu à la rédaction par %s") % who if who else _("Rendu à la rédaction")
    return ""
