"""Put the draft of a document, or one part of it, back to what it was at a moment; it can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from publishing.history import state_at, values_of
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
        written = _put_rows(Document, document, notice, keep_others=True)
        written += sum(_put_rows(model, document, state_at(model, moment, **which(model, document))) for model in PARTS)
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
        if not _put_rows(Section, document, [version], keep_others=True):
            raise ValidationError(_("Cette version est celle d’aujourd’hui : il n’y a rien à remettre."))
    return change


def _put_rows(model: Any, document: Document, versions: list[Any], *, keep_others: bool = False) -> int:
    """How many rows were written. Rows that are in no version are deleted, unless they are to be kept."""
    wanted = {version.id: version for version in versions}
    names = text_fields(model)
    rows = {row.pk: row for row in model.objects.filter(**which(model, document))}
    gone = [key for key in rows if key not in wanted]
    if gone and not keep_others:
        model.objects.filter(pk__in=gone).delete()
    changed = []
    for key, version in wanted.items():
        row = rows.get(key)
        if row is not None and any(getattr(row, name) != getattr(version, name) for name in names):
            for name in names:
                setattr(row, name, getattr(version, name))
            if hasattr(row, "updated_at"):
                row.updated_at = timezone.now()
            changed.append(row)
    if changed:
        _write(model, changed, names)
    lost = [version for key, version in wanted.items() if key not in rows]
    back = [model(**values_of(version, version)) for version in lost]
    model.objects.bulk_create(back)
    return len(changed) + len(back) + (0 if keep_others else len(gone))


def _write(model: Any, rows: list[Any], names: list[str]) -> None:
    dated = ["updated_at"] if hasattr(rows[0], "updated_at") else []
    fields = [field.name for field in model._meta.concrete_fields if field.attname in {*names, *dated}]
    model.objects.bulk_update(rows, fields, batch_size=100)
