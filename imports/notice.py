"""What a source says of itself beyond the fields that the review lets one correct."""

from __future__ import annotations

from django.utils.translation import gettext as _

from imports.ai_sentence import guess_level
from imports.drafts.facts import role_of, tags
from imports.reports import mentions
from manuscript.model import Manuscript, Metadata, Person
from publishing.models import LANGUAGES, AIDisclosure, Contribution

NAMED = 12
"""People named before the others are only counted."""


def notice(manuscript: Manuscript) -> list[tuple[str, str]]:
    """Labels and values, only where there is one."""
    metadata = manuscript.metadata
    languages = {code: str(label).lower() for code, label in LANGUAGES}
    rows = [
        (_("Mots-clés"), ", ".join(tags(manuscript))),
        (_("Résumés"), ", ".join(languages.get(code, code) for code, text in metadata.abstract.items() if text)),
        (_("Établissement"), metadata.institution),
        (_("Diplôme ou programme"), metadata.programme),
        (_("Autres contributions"), _people(manuscript)),
        (_("À la une"), _("oui") if metadata.featured else ""),
        (_("Image nommée"), metadata.hero_image),
        (_("Usage de l’IA"), _ai(metadata)),
        *metadata.extra.items(),
        (_("Autres mentions"), " · ".join(mentions(manuscript))),
    ]
    return [(label, value) for label, value in rows if value]


def _ai(metadata: Metadata) -> str:
    """The sentence with its level, or what a header says field by field."""
    sentence, said = metadata.ai_disclosure, metadata.ai
    level = said.get("level") or guess_level(sentence)
    label = str(AIDisclosure.Level(level).label) if level else _("niveau à préciser")
    details = ", ".join(value for name, value in said.items() if name != "level")
    if not sentence:
        return ", ".join(part for part in (label if said else "", details) if part)
    if details:
        label = f"{label}, {details}"
    return _("« %(sentence)s » (%(level)s)") % {"sentence": sentence, "level": label}


def _people(manuscript: Manuscript) -> str:
    named = [(role_of(row.role), row.person) for row in manuscript.metadata.contributors]
    named += [
        (Contribution.Role.INTERVIEWEE.value, section.person)
        for section in manuscript.sections
        if section.person is not None
    ]
    labels = dict(Contribution.Role.choices)
    people = list(dict.fromkeys(f"{_name(person)} ({str(labels[role]).lower()})" for role, person in named))
    more = len(people) - NAMED
    return ", ".join(people[:NAMED]) + (_(" et %d autres") % more if more > 0 else "")


def _name(person: Person) -> str:
    return person.literal or f"{person.given} {person.family}".strip()
