"""Put the draft of a document, or one part of it, back to what it was at a moment; it can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from publishing.history import state_at
from publishing.putting_back import as_rows, put_rows
from theses.actions.changing import changing
from theses.models import Change, Document, Section
from theses.parts import PARTS, RIGHTS, text_fields, which


def put_back(*, document: Document, user: User | None, moment: datetime) -> Change:
    """The whole draft as it stood just after `moment`: text, figures, references, abstracts, people and notice.

    The address of the document, its state and its editions stay. Raises PermissionDenied, or ValidationError where the
    document did not exist then, or where nothing differs.
    """
    when = formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    with changing(
        document=document, user=user, what=_("Version du %s remise en place.") % when, rights=RIGHTS
    ) as change:
        notice = state_at(Document, moment, id=document.pk)
        if not notice:
            raise ValidationError(_("Ce document n’existait pas encore."))
        written = _put(Document, document, notice, keep_others=True)
        written += sum(_put(model, document, state_at(model, moment, **which(model, document))) for model in PARTS)
        if not written:
            raise ValidationError(_("Cette version est celle d’aujourd’hui : il n’y a rien à remettre."))
    return change


def put_section_back(*, section_id: int, user: User | None, version_id: int) -> Change:
    """One section as a version of it says, also one that was deleted since: it comes back at its place.

    Raises PermissionDenied, DoesNotExist, or ValidationError where nothing differs.
    """
    version: Any = Section.history.model.objects.exclude(history_type="-").get(history_id=version_id, id=section_id)
    document = Document.objects.get(pk=version.document_id)
    rights = ("theses.change_section", "theses.add_section")
    what = _("Version précédente de « %s » remise en place.") % version.title[:300]
    with changing(document=document, user=user, what=what, rights=rights) as change:
        if not _put(Section, document, [version], keep_others=True):
            raise ValidationError(_("Cette version est celle d’aujourd’hui : il n’y a rien à remettre."))
    return change


def _put(model: Any, document: Document, versions: list[Any], *, keep_others: bool = False) -> int:
    rows = as_rows(model, versions)
    return put_rows(model, which(model, document), rows, text_fields(model), keep_others=keep_others)
