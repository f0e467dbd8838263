"""The facts of an edition that articles and documents share: people, dates, use of AI, reading time."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.dates import date_in_words
from publishing.models import AI_FIELDS, AIDisclosure, Contribution, DatePrecision, Publication

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


def role_in_words(role: str) -> str:
    """What a role is called in the current language; facts keep the role itself beside its name when published."""
    return str(dict(Contribution.Role.choices).get(role, role))


def date_facts(work: Publication) -> dict[str, str]:
    """`date` in ISO 8601 as precise as it is known, and `date_label` in the language of whoever publishes.

    Pages say `date` in their own language, by the filter `date_in_words`.
    """
    if work.date is None:
        return {"date": "", "date_label": ""}
    precise = {DatePrecision.YEAR.value: 4, DatePrecision.MONTH.value: 7}
    date = work.date.isoformat()[: precise.get(work.date_precision)]
    return {"date": date, "date_label": date_in_words(date)}


def ai_values(said: AIDisclosure) -> dict[str, str]:
    """What was answered on the use of AI, field by field, as JSON keeps it; nothing where nothing was.

    A level or a sentence is an answer; without either, a tool or a name says nothing that readers would see.
    """
    if not said.ai_level and not said.ai_note.strip():
        return {}
    # A date that was just set may still be text.
    return {name: str(value) for name in AI_FIELDS if (value := getattr(said, name))}


def ai_facts(work: AIDisclosure, place: str = "") -> dict[str, str]:
    """`level`, its label, and the sentence for readers: the editors' own, or one made of what they answered.

    `language` is that of the sentence: of the text, or of whoever publishes. `place` says what the sentence is about
    where that is not the whole text: « ce chapitre ».
    """
    label = str(work.get_ai_level_display()) if work.ai_level else ""
    note = work.ai_note.strip()
    language = str(getattr(work, "language", "")) if note else ""
    return {
        "level": work.ai_level,
        "label": label,
        "sentence": note or _ai_sentence(work, place),
        "language": language or get_language() or "",
    }


def _openings(place: str) -> dict[str, str]:
    level = AIDisclosure.Level
    if not place:
        return {
            level.NONE.value: _("Ce texte a été écrit sans intelligence artificielle générative"),
            level.ASSISTED.value: _("Ce texte a été écrit avec l’aide d’une intelligence artificielle générative"),
            level.REVIEWED.value: _("Ce texte a été généré par une intelligence artificielle, puis relu"),
            level.GENERATED.value: _("Ce texte a été généré par une intelligence artificielle"),
        }
    openings = {
        level.NONE.value: _("Le texte de %(place)s a été écrit sans intelligence artificielle générative"),
        level.ASSISTED.value: _(
            "Le texte de %(place)s a été écrit avec l’aide d’une intelligence artificielle générative"
        ),
        level.REVIEWED.value: _("Le texte de %(place)s a été généré par une intelligence artificielle, puis relu"),
        level.GENERATED.value: _("Le texte de %(place)s a été généré par une intelligence artificielle"),
    }
    return {name: opening % {"place": place} for name, opening in openings.items()}


def _ai_sentence(work: AIDisclosure, place: str) -> str:
    opening = _openings(place).get(work.ai_level)
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
