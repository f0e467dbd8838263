"""The table that a command prints: one row a source, columns as wide as what they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from imports.reports import by_severity, counts
from manuscript.model import Manuscript
from theses.models import Document

TITLE_WIDTH = 44
COUNTED = ("sections", "notes", "figures", "references")


@dataclass(slots=True)
class Outcome:
    """What became of one path."""

    name: str
    result: str
    """One or two words: « importé », « publié », « déjà importé », « refusé »."""
    manuscript: Manuscript | None = None
    title: str = ""
    kind: str = ""
    messages: list[str] = field(default_factory=list)
    failed: bool = False


def kind_label(kind: str) -> str:
    return str(dict(Document.Kind.choices).get(kind, _("Article")))


def table(outcomes: Sequence[Outcome]) -> str:
    """Lines of text, the numbers to the right; each source's messages stand under the table."""
    heads = [_("Fichier"), _("Résultat"), _("Nature"), _("Titre"), _("Titres"), _("Notes"), _("Figures")]
    heads += [_("Réf."), _("Erreurs"), _("Doutes"), _("Réparations")]
    rows = [heads, *(_row(outcome) for outcome in outcomes)]
    widths = [max(_width(row[index]) for row in rows) for index in range(len(heads))]
    lines = [
        "  ".join(
            _cell(text, width, index) for index, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    for outcome in outcomes:
        lines += [f"{outcome.name} : {message}" for message in outcome.messages]
    return "\n".join(lines)


def _row(outcome: Outcome) -> list[str]:
    named = [_cut(outcome.name, 32), outcome.result, outcome.kind, _cut(outcome.title, TITLE_WIDTH)]
    if outcome.manuscript is None:
        return [*named, *[""] * 7]
    amounts, found = counts(outcome.manuscript), by_severity(outcome.manuscript)
    return [*named, *(str(amounts[name]) for name in COUNTED), *(str(number) for number in found.values())]


def _cut(text: str, width: int) -> str:
    return text if _width(text) <= width else text[: width - 1] + "…"


def _width(text: str) -> int:
    """Columns of a terminal: an ideograph takes two, a combining accent none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cell(text: str, width: int, index: int) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if index > 3 else text + blanks
