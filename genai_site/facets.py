"""The filters of the search page: those that can narrow what was found, and those that are set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models import Article
from genai_site.asked import FILTERS, Asked
from publishing.models import LANGUAGES
from search.results import Results
from theses.models import Document

LABELS = {
    "nature": _("Nature du passage"),
    "ouvrage": _("Texte"),
    "auteur": _("Auteur"),
    "motcle": _("Mot-clé"),
    "langue": _("Langue"),
}
NAMES: dict[str, dict[str, Any]] = {
    "language": dict(LANGUAGES),
}
"""What codes are called, by the filter."""
CHOICES = 60
"""Values of one filter that are offered."""


@dataclass(frozen=True)
class Facet:
    name: str
    """Of the field, as in the address."""
    label: str
    choices: list[dict[str, Any]]
    """Dictionaries of `value`, `label`, `count` and `chosen`."""
    without: str
    """The query string without this filter; empty where the filter is not set."""

    @property
    def chosen(self) -> str:
        return next((choice["label"] for choice in self.choices if choice["chosen"]), "")


def facets_of(results: Results | None, asked: Asked) -> list[Facet]:
    """A filter is shown where it is set, or where it would tell some of the results from others."""
    found = []
    for name, label in LABELS.items():
        field = FILTERS[name]
        value = getattr(asked, field)
        choices = [{**choice, "chosen": choice["value"] == value} for choice in _choices(results, field)[:CHOICES]]
        if value and not any(choice["chosen"] for choice in choices):
            label_of_value = titles(value) if field == "work" else value
            choices.append({"value": value, "label": label_of_value, "count": 0, "chosen": True})
        if value or len(choices) > 1:
            found.append(Facet(name, str(label), choices, f"?{asked.query(**{field: ''})}" if value else ""))
    return found


def titles(slug: str) -> str:
    """The title of a published work; of any other, only what the address says already."""
    for works in (Document.objects.published(), Article.objects.published()):
        title = works.filter(slug=slug).values_list("current_edition__title", flat=True).first()
        if title:
            return str(title)
    return slug


def _choices(results: Results | None, field: str) -> list[dict[str, Any]]:
    rows = results.facets.get(field, ()) if results else ()
    names = NAMES.get(field, {})
    return [{"value": value, "label": str(names.get(value, label)), "count": count} for value, label, count in rows]


def years_of(results: Results | None, asked: Asked) -> bool:
    """Whether years can tell some of the results from others, or are set."""
    return bool(asked.year_from or asked.year_to) or (results is not None and len(results.facets.get("year", ())) > 1)
