"""Undo what an editor did to a document, and do it again: the act is taken back field by field, and nothing else is.

What others wrote since into other fields or other rows stays. Where somebody changed the very same field, the act can
no longer be taken back, and the editor is told which part stands in the way.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.actions.permission import record
from publishing.history import before, recording
from publishing.putting_back import as_rows
from theses.actions.permission import require_right
from theses.models import Change, Document
from theses.parts import PARTS, text_fields, which


def undoable(document: Document, user: User | None) -> Change | None:
    """The last thing that this user did to the document."""
    return Change.objects.filter(document=document, user=user, done=True).order_by("-pk").first()


def redoable(document: Document, user: User | None) -> Change | None:
    """What this user undid last."""
    return Change.objects.filter(document=document, user=user, done=False).order_by("pk").first()


def undo(*, document: Document, user: User | None) -> Change:
    """Raises PermissionDenied, or ValidationError where there is nothing to undo or something stands in the way."""
    return _turn(document, user, done=True)


def redo(*, document: Document, user: User | None) -> Change:
    """Raises PermissionDenied, or ValidationError, as `undo` does."""
    return _turn(document, user, done=False)


def _turn(document: Document, user: User | None, *, done: bool) -> Change:
    require_right(user, "theses.change_section")
    with transaction.atomic():
        Document.objects.select_for_update().only("pk").get(pk=document.pk)
        change = undoable(document, user) if done else redoable(document, user)
        if change is None:
            raise ValidationError(_("Il n’y a rien à annuler.") if done else _("Il n’y a rien à refaire."))
        what = (_("Annulé : %s") if done else _("Refait : %s")) % change.what
        with recording(user=user, what=what) as act:
            try:
                with transaction.atomic():
                    for model in (Document, *PARTS):
                        _take_back(model, document, change)
            except IntegrityError as error:
                raise ValidationError(_("Une adresse a été reprise entre-temps : rien n’a été annulé.")) from error
            change.done, change.moment = not done, act.moment
            change.save(update_fields=["done", "moment"])
            Document.objects.text_changed(document.pk)
            record(user, document, what)
    return change


def _take_back(model: Any, document: Document, change: Change) -> None:
    found = model.history.model.objects.filter(history_date=change.moment, **which(model, document))
    versions = list(found.order_by("history_id"))
    if not versions:
        return
    # An act may have written a row more than once: its last version says what it left, and none what was before.
    written, earlier = {version.id: version for version in versions}, before(versions)
    rows = {row.pk: row for row in model.objects.select_for_update().filter(pk__in=written)}
    names = text_fields(model)
    changed, back, gone = [], [], []
    for key, version in written.items():
        row, old = rows.get(key), earlier.get(key)
        was_there = old is not None and old.history_type != "-"
        if version.history_type == "-":
            if row is not None:
                raise _in_the_way(row)
            if was_there:
                back.append(old)
        elif row is None:
            raise _in_the_way(version)
        elif not was_there:
            if any(getattr(row, name) != getattr(version, name) for name in names):
                raise _in_the_way(row)
            gone.append(key)
        elif _put_fields(row, old, version, names):
            changed.append(row)
    if gone:
        model.objects.filter(pk__in=gone).delete()
    if changed:
        fields = [field.name for field in model._meta.concrete_fields if field.attname in {*names, "updated_at"}]
        model.objects.bulk_update(changed, fields, batch_size=100)
    there = as_rows(model, back)
    if len(there) < len(back):
        raise ValidationError(_("Une personne n’est plus parmi les auteurs du site : rien n’a été annulé."))
    model.objects.bulk_create(there)


def _put_fields(row: Any, old: Any, version: Any, names: list[str]) -> bool:
    """Put back the fields that the act changed. Raises ValidationError where one of them changed again since."""
    touched = [name for name in names if getattr(old, name) != getattr(version, name)]
    for name in touched:
        if getattr(row, name) != getattr(version, name):
            raise _in_the_way(row)
        setattr(row, name, getattr(old, name))
    if touched and hasattr(row, "updated_at"):
        row.updated_at = timezone.now()
    return bool(touched)


def _in_the_way(row: Any) -> ValidationError:
    name = getattr(row, "title", "") or getattr(row, "caption", "") or getattr(row, "key", "")
    return ValidationError(
        _("« %s » a changé depuis : rien n’a été annulé. Son historique permet d’y revenir.") % str(name)[:200]
    )
