"""Say how AI was used in some sections of a document: one answer for all of them, in one act that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.models import AI_FIELDS
from theses.actions.changing import changing, name
from theses.models import Change, Document, Section

MOST = 2000
"""Sections at once; the longest thesis has about 500."""


def disclose_ai(*, document: Document, user: User | None, sections: Sequence[int], values: Mapping[str, Any]) -> Change:
    """`values` are the whole answer, by the names in AI_FIELDS; what is left out is emptied, so that an empty mapping
    lets the sections say again what stands above them.

    Raises PermissionDenied, or ValidationError where no section is chosen, one is gone, or a value cannot be.
    """
    with changing(document=document, user=user, what=_("Usage de l’IA")) as change:
        wanted = set(sections)
        if not wanted or len(wanted) > MOST:
            raise ValidationError(_("Choisissez d’abord des sections, %d au plus.") % MOST)
        rows = list(document.sections.select_for_update().filter(pk__in=wanted).order_by("position", "pk"))
        if len(rows) < len(wanted):
            raise ValidationError(_("Une de ces sections n’existe plus : rien n’a été changé."))
        answer = _checked(values)
        changed = [row for row in rows if any(getattr(row, field) != answer[field] for field in AI_FIELDS)]
        if not changed:
            raise ValidationError(_("Ces sections le disent déjà."))
        name(change, _what(answer, changed))
        for row in changed:
            for field in AI_FIELDS:
                setattr(row, field, answer[field])
            row.updated_at = timezone.now()
        Section.objects.bulk_update(changed, [*AI_FIELDS, "updated_at"], batch_size=100)
    return change


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the fields keep them. Raises ValidationError."""
    asked = Section(**{field: values[field] for field in AI_FIELDS if field in values})
    asked.clean_fields(exclude={field.name for field in Section._meta.fields} - set(AI_FIELDS))
    return {field: getattr(asked, field) for field in AI_FIELDS}


def _what(answer: Mapping[str, Any], rows: Sequence[Section]) -> str:
    said = dict(Section.Level.choices).get(answer["ai_level"]) or _("rien de particulier")
    where = rows[0].title if len(rows) == 1 else ngettext("%d section", "%d sections", len(rows)) % len(rows)
    return _("Usage de l’IA, %(said)s : %(where)s") % {"said": str(said)[:100], "where": where[:300]}
