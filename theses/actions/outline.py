"""What every action on the outline shares: the outline as the editor saw it, and the writing of a new one."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from theses.models import Document, Section
from theses.plan import Plan, Row, load_plan, positioned


class OutlineChanged(ValidationError):
    """Somebody changed the outline since the editor saw it: nothing was written."""


def seen_plan(document: Document, version: str | None) -> Plan:
    """The outline as it stands; must run within `changing`. Raises OutlineChanged; None asks for no check."""
    plan = load_plan(document)
    if version is not None and version != plan.version:
        raise OutlineChanged(
            _(
                "Le plan a changé depuis que vous l’avez ouvert : votre modification n’a pas été faite. "
                "Voici le plan tel qu’il est ; recommencez si elle a encore un sens."
            ),
            code="stale",
        )
    return plan


def write_rows(document: Document, plan: Plan, rows: Sequence[Row]) -> None:
    """Store order and depths of rows that are there already: only the rows that changed are read and written."""
    before = {row.pk: (row.position, row.depth) for row in plan.rows}
    wanted = {row.pk: row for row in positioned(rows) if row.pk and before[row.pk] != (row.position, row.depth)}
    sections = list(Section.objects.filter(document=document, pk__in=wanted))
    for section in sections:
        section.position, section.depth = wanted[section.pk].position, wanted[section.pk].depth
        section.updated_at = timezone.now()
    if sections:
        Section.objects.bulk_update(sections, ["position", "depth", "updated_at"], batch_size=200)


def free_slug(plan: Plan, title: str) -> str:
    """An address that no section of the document has."""
    taken = {row.slug for row in plan.rows}
    base = slugify(title)[:180] or "section"
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def clean_title(title: str) -> str:
    """Raises ValidationError for a title that is none."""
    title = " ".join(title.split())
    if not title:
        raise ValidationError(_("Une section a besoin d’un titre."))
    if len(title) > 1000:
        raise ValidationError(_("Ce titre est trop long : 1 000 signes au plus."))
    return title
