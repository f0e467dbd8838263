"""Make one entry of several that are the same work; what cited the others cites the one that stays."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theses.actions.changing import changing
from theses.citing import with_keys
from theses.models import BibliographyEntry, Document

RIGHTS = ("theses.change_bibliographyentry", "theses.delete_bibliographyentry", "theses.change_section")


def merge_entries(*, document: Document, user: User | None, keep: int, others: Collection[int]) -> BibliographyEntry:
    """The entry that stays, with the fields that it lacked and another had; its printed form stays as it is.

    Raises PermissionDenied, and ValidationError where an entry is no longer there.
    """
    gone = set(others) - {keep}
    count = len(gone)
    what = ngettext("%d référence fondue dans une autre.", "%d références fondues dans une autre.", count) % count
    with changing(document=document, user=user, what=what, rights=RIGHTS):
        rows = {row.pk: row for row in document.bibliography.select_for_update().filter(pk__in={keep, *gone})}
        if keep not in rows or not gone or len(rows) < count + 1:
            raise ValidationError(_("Une de ces références n’est plus là : voici ce qui reste."), code="gone")
        kept: BibliographyEntry = rows[keep]
        for pk in sorted(gone, key=lambda pk: rows[pk].position):
            kept.csl = {**{name: value for name, value in rows[pk].csl.items() if name != "id"}, **kept.csl}
        kept.save()
        _cite_instead(document, {rows[pk].key: kept.key for pk in gone})
        for pk in gone:
            rows[pk].delete()
    return kept


def _cite_instead(document: Document, keys: dict[str, str]) -> None:
    for section in document.sections.select_for_update().filter(body__contains="(cite:"):
        body = with_keys(section.body, keys)
        if body != section.body:
            section.body = body
            section.save()
    for figure in document.figures.select_for_update().filter(caption__contains="(cite:"):
        caption = with_keys(figure.caption, keys)
        if caption != figure.caption:
            figure.caption = caption
            figure.save()
    lead = with_keys(document.lead, keys)
    if lead != document.lead:
        document.lead = lead
        document.save()
