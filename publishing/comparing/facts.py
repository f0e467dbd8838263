"""What two states of a work say around their text: the notice field by field, and the figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing.dates import date_in_words
from publishing.facts import role_in_words
from publishing.models import LANGUAGES
from publishing.word_diff import in_line

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    html: SafeString
    """Both values woven into one, what went and what came marked."""


@dataclass(slots=True)
class FigureChange:
    name: str
    fate: str
    """`added`, `removed` or `changed`."""
    fields: list[FieldChange] = field(default_factory=list)
    pictures: tuple[str, str] | None = None
    """Addresses before and after, where they differ; empty where there is none."""


def notice_changes(old: Facts, new: Facts) -> list[FieldChange]:
    """In the order of a notice; a field of one side alone is told as well."""
    before, after = dict(_notice(old)), dict(_notice(new))
    labels = list(dict.fromkeys([*after, *before]))
    return [
        FieldChange(label, in_line(before.get(label, ""), after.get(label, "")))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def figure_changes(old: Facts, new: Facts) -> list[FigureChange]:
    """By key, in the order of the new list, those that went last. Captions in the text are told with the text."""
    before = {row["key"]: row for row in old.get("figures", [])}
    after = {row["key"]: row for row in new.get("figures", [])}
    found = []
    for key, row in after.items():
        if key not in before:
            found.append(FigureChange(_figure_name(row), "added", pictures=("", row["src"]) if row["src"] else None))
        elif (change := _figure_change(before[key], row)) is not None:
            found.append(change)
    return found + [FigureChange(_figure_name(row), "removed") for key, row in before.items() if key not in after]


def _figure_change(before: Facts, after: Facts) -> FigureChange | None:
    in_text = before["page"] and after["page"]
    fields = [
        FieldChange(label, in_line(str(before[name]), str(after[name])))
        for name, label in (
            ("number", _("Numéro")),
            *(() if in_text else (("caption", _("Légende")), ("credit", _("Source")))),
            ("alt", _("Texte de remplacement")),
        )
        if before[name] != after[name]
    ]
    pictures = (before["src"], after["src"]) if before["src"] != after["src"] else None
    return FigureChange(_figure_name(after), "changed", fields, pictures) if fields or pictures else None


def _figure_name(row: Facts) -> str:
    caption = str(row["caption"] or row["key"])
    return f"{_('Figure')} {row['number']}\u202f: {caption}" if row["number"] else caption


def _notice(facts: Facts) -> Iterator[tuple[str, str]]:
    """Label and value of each field; labels are those of the forms."""
    yield _("Titre"), _said(facts, "title")
    yield _("Sous-titre"), _said(facts, "subtitle")
    yield _("Chapeau"), _said(facts, "description")
    yield _("Nature"), _said(facts, "kind_label")
    yield _("Langue"), str(dict(LANGUAGES).get(facts.get("language", ""), facts.get("language", "")))
    yield _("Auteurs"), "\u202f; ".join(_person(row) for row in facts.get("authors", []))
    yield (
        _("Autres contributions"),
        "\u202f; ".join(f"{_person(row)} ({role_in_words(row['role'])})" for row in facts.get("contributors", [])),
    )
    yield _("Date"), date_in_words(facts["date"]) if facts.get("date") else ""
    yield _("Établissement"), _said(facts, "institution")
    yield _("Diplôme ou programme"), _said(facts, "programme")
    yield _("Licence"), _said(facts, "licence")
    yield "DOI", _said(facts, "doi")
    yield "ISBN", _said(facts, "isbn")
    for row in facts.get("abstracts", []):
        language = str(dict(LANGUAGES).get(row["language"], row["language"]))
        yield f"{_('Résumé')} ({language})", _words(row["html"])
        yield f"{_('Mots-clés')} ({language})", ", ".join(map(str, row["keywords"]))
    yield _("Mots-clés"), ", ".join(row["name"] for row in facts.get("tags", []))
    ai = facts.get("ai", {})
    yield _("Usage de l’IA"), "\u202f: ".join(filter(None, (ai.get("label", ""), ai.get("sentence", ""))))
    cover = facts.get("cover", {})
    picture = _("Image d’ouverture") if facts.get("kind") == "article" else _("Couverture")
    yield picture, PurePosixPath(cover.get("src", "")).name
    yield _("Texte de remplacement"), str(cover.get("alt", ""))
    yield _("Avant le premier titre"), _words(facts.get("lead", ""))


def _said(facts: Facts, name: str) -> str:
    return str(facts.get(name, "") or "")


def _person(row: Facts) -> str:
    about = ", ".join(filter(None, (row.get("occupation", ""), row.get("organisation", ""))))
    return f"{row['name']}, {about}" if about else str(row["name"])


def _words(html: str) -> str:
    return unescape(strip_tags(html.replace("</p>", "</p>\n"))).strip()
