"""What the merge screen shows: conflicts and changes with their differences marked by word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.utils.translation import gettext as _

from imports.merging import Choice, Conflict, Version
from imports.merging.model import Change
from imports.versions import CSL
from imports.words import Span, differences, gist
from publishing.models import AI_FIELDS
from theses.models import Section

FEW = 30
"""Conflicts on one page: they are decided a page at a time."""
SHOWN_CHANGES = 100
LONGEST = 20_000
"""Characters of a text that is shown."""


@dataclass(frozen=True, slots=True)
class ShownConflict:
    key: str
    what: str
    where: str
    before: str | None
    now: list[Span] | None
    draft: list[Span] | None
    by_hand: bool
    draft_text: str
    """To begin with where it is written by hand."""
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class ShownChange:
    what: str
    where: str
    spans: list[Span]


def shown_conflicts(
    conflicts: Iterable[Conflict], choices: Mapping[str, Choice], titles: Mapping[str, str]
) -> list[ShownConflict]:
    out = []
    for row in conflicts:
        before, now, draft = (_text(value, row.name, row.kind, titles) for value in (row.before, row.now, row.draft))
        out.append(
            ShownConflict(
                key=row.key,
                what=_what(row),
                where=_where(row.where, titles),
                before=before,
                now=None if now is None else differences(before or "", now),
                draft=None if draft is None else differences(before or "", draft),
                by_hand=row.by_hand,
                draft_text=row.draft or row.now or "",
                choice=choices.get(row.key),
            )
        )
    return out


def shown_changes(changes: Iterable[Change], titles: Mapping[str, str]) -> list[ShownChange]:
    out = []
    for row in list(changes)[:SHOWN_CHANGES]:
        before, now = (_text(value, row.name, row.kind, titles) for value in (row.before, row.now))
        out.append(ShownChange(_what(row), _where(row.where, titles), gist(differences(before or "", now or ""))))
    return out


def titles_of(*versions: Version) -> dict[str, str]:
    """Slug of each section to its number and title; the later version holds."""
    return {
        part.slug: " ".join(str(part.facts.get(name) or "") for name in ("number", "title")).strip()
        for version in versions
        for part in version.parts
    }


def _where(where: str, titles: Mapping[str, str]) -> str:
    kind, colon, key = where.partition(":")
    if colon:
        kinds = {"figures": _("Figure %s"), "entries": _("Référence %s"), "abstracts": _("Résumé (%s)")}
        return kinds[kind] % key
    return titles.get(where, where) or _("L’œuvre")


def _what(row: Conflict | Change) -> str:
    if row.kind == "fact":
        known = _fact_names()
        return (
            known.get(row.name) or known.get(row.name.removeprefix(CSL)) or _("Champ %s") % row.name.removeprefix(CSL)
        )
    names = {"passage": _("Passage"), "part": _("Section entière"), "row": _("Fiche entière"), "place": _("Place")}
    return names[row.kind]


def _fact_names() -> dict[str, str]:
    return {
        "title": _("Titre"),
        "subtitle": _("Sous-titre"),
        "description": _("Chapeau"),
        "institution": _("Établissement"),
        "programme": _("Programme"),
        "date": _("Date"),
        "number": _("Numéro"),
        "depth": _("Niveau"),
        "kind": _("Nature"),
        "language": _("Langue"),
        "printed_page": _("Page imprimée"),
        "ai_level": _("Usage de l’IA"),
        **{name: _("Usage de l’IA : %s") % label_for_field(name, Section) for name in AI_FIELDS[1:]},
        "caption": _("Légende"),
        "credit": _("Source de la figure"),
        "alt": _("Texte de remplacement"),
        "raw": _("Comme imprimé"),
        "text": _("Texte"),
    }


def _text(value: Any, name: str, kind: str, titles: Mapping[str, str]) -> str | None:
    if value is None:
        return None
    if kind == "place":
        return _("après « %s »") % titles.get(value, value) if value else _("au début")
    if name in {"kind", "ai_level"}:
        choices = Section.Kind.choices if name == "kind" else Section.Level.choices
        return str(dict(choices).get(value, value))
    if isinstance(value, Mapping):
        rows = (f"{_fact_names().get(key, key)} : {text}" for key, text in value.items() if text not in (None, "", []))
        return "\n".join(rows)[:LONGEST]
    return str(value)[:LONGEST]
