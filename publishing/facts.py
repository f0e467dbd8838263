"""The facts of an edition that articles and documents share: people, dates, use of AI, reading time."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import gettext as _

from publishing.models import AIDisclosure, Contribution, DatePrecision, Publication

WORDS_A_MINUTE = 220
"""Silent reading of French non-fiction: between 200 and 240 words a minute (Brysbaert, 2019, gives 238 for English)."""


def minutes(words: int) -> int:
    return max(1, round(words / WORDS_A_MINUTE)) if words else 0


def people(contributions: Iterable[Contribution]) -> list[dict[str, str]]:
    """Those who contributed, in order; the occupation and organisation of the time come before those of today."""
    return [
        {
            "name": row.author.name,
            "slug": row.author.slug,
            "family": row.author.family_name,
            "given": row.author.given_name,
            "occupation": row.occupation or row.author.occupation,
            "organisation": row.organisation,
            "role": row.role,
            "role_label": str(row.get_role_display()),
        }
        for row in contributions
    ]


def date_facts(work: Publication) -> dict[str, str]:
    """`date` in ISO 8601 as precise as it is known, and `date_label` in the current language."""
    date = work.date
    if date is None:
        return {"date": "", "date_label": ""}
    if work.date_precision == DatePrecision.YEAR:
        return {"date": f"{date.year:04d}", "date_label": str(date.year)}
    if work.date_precision == DatePrecision.MONTH:
        return {"date": f"{date:%Y-%m}", "date_label": formats.date_format(date, "F Y").lower()}
    return {"date": date.isoformat(), "date_label": formats.date_format(date, "DATE_FORMAT")}


def ai_facts(work: AIDisclosure) -> dict[str, str]:
    """`level`, its label, and the sentence for readers: the editors' own, or one made of what they answered."""
    label = str(work.get_ai_level_display()) if work.ai_level else ""
    return {"level": work.ai_level, "label": label, "sentence": work.ai_note.strip() or _ai_sentence(work)}


def _ai_sentence(work: AIDisclosure) -> str:
    level = AIDisclosure.Level
    opening = {
        level.NONE.value: _("Ce texte a été écrit sans intelligence artificielle générative"),
        level.ASSISTED.value: _("Ce texte a été écrit avec l’aide d’une intelligence artificielle générative"),
        level.REVIEWED.value: _("Ce texte a été généré par une intelligence artificielle, puis relu"),
        level.GENERATED.value: _("Ce texte a été généré par une intelligence artificielle"),
    }.get(work.ai_level)
    if opening is None:
        return ""
    if work.ai_tool:
        opening = f"{opening} ({work.ai_tool})"
    parts = [opening]
    if work.ai_purpose:
        parts.append(_("usages : %s") % work.ai_purpose)
    if work.ai_reviewer and work.ai_reviewed_on:
        day = formats.date_format(work.ai_reviewed_on, "DATE_FORMAT")
        parts.append(_("relu par %(name)s le %(day)s") % {"name": work.ai_reviewer, "day": day})
    elif work.ai_reviewer:
        parts.append(_("relu par %s") % work.ai_reviewer)
    if work.ai_responsible:
        parts.append(_("responsable éditorial : %s") % work.ai_responsible)
    return "\u202f; ".join(parts) + "."
