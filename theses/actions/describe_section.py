"""What a section is called and how it counts: title, number, kind, whether it opens a page; and numbering them all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from theses.actions.changing import changing
from theses.actions.outline import clean_title, seen_plan
from theses.models import Change, Document, Section
from theses.numbering import proposed_numbers

DESCRIBED = ("title", "number", "kind", "starts_page")


def describe_section(
    *, document: Document, user: User | None, section: int, values: Mapping[str, Any], version: str | None
) -> Change:
    """`values` may hold title, number, kind, starts_page. Raises PermissionDenied, OutlineChanged, ValidationError."""
    with changing(document=document, user=user, what=_("Titre ou nature : %s") % values.get("title", "")) as change:
        plan = seen_plan(document, version)
        plan.index(section)
        row = document.sections.get(pk=section)
        for name in DESCRIBED:
            if name in values:
                setattr(row, name, clean_title(values[name]) if name == "title" else values[name])
        row.clean_fields(exclude=["document", "body", "slug"])
        row.save()
    return change


def renumber(*, document: Document, user: User | None, version: str | None) -> Change:
    """Give every section the number that the outline proposes. Raises PermissionDenied, OutlineChanged, or
    ValidationError where all have it already.
    """
    with changing(document=document, user=user, what=_("Numérotation d’après le plan")) as change:
        plan = seen_plan(document, version)
        numbers = {row.pk: number for row, number in proposed_numbers(plan.rows) if row.number != number}
        sections = list(document.sections.filter(pk__in=numbers))
        if not sections:
            raise ValidationError(_("Tous les numéros sont déjà ceux du plan."))
        for row in sections:
            row.number, row.updated_at = numbers[row.pk], timezone.now()
        Section.objects.bulk_update(sections, ["number", "updated_at"], batch_size=200)
    return change
