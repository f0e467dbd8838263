"""The lines of a source beside what they became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from manuscript.model import Manuscript

LONGEST = 5000
"""Characters of a line that are shown."""
LINES_A_PAGE = 250
NOTHING: Mapping[int, str] = {}


class Results:
    """What each line of the source became."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._labels = _block_labels()
        self._at: dict[int, list[str]] = defaultdict(list)
        self._places: dict[int, int] = {}
        headings = {section.line: section for section in manuscript.sections}
        for block in manuscript.blocks:
            section = headings.get(block.line) if block.type == "heading" else None
            if section is not None:
                title = f"{section.number or ''} {section.title}".strip()
                text = _("Titre de niveau %(depth)d : %(title)s") % {"depth": section.depth, "title": title}
            else:
                text = self._labels.get(block.type, block.type)
                if block.last_line > block.line:
                    text = _("%(what)s, lignes %(first)d à %(last)d") % {
                        "what": text,
                        "first": block.line,
                        "last": block.last_line,
                    }
            self._add(block.line, block.last_line, text)
            if block.section is not None:
                for line in range(block.line, block.last_line + 1):
                    self._places[line] = block.section
        reasons = _reason_labels()
        for row in manuscript.discarded:
            self._add(row.first_line, row.last_line, _("Écarté : %s") % reasons.get(row.reason, row.reason))

    def __call__(self, line: int) -> list[str]:
        return self._at.get(line, [])

    def place(self, line: int) -> int | None:
        """Index of the heading under which what the line became stands."""
        return self._places.get(line)

    def _add(self, first: int, last: int, text: str) -> None:
        for line in range(first, last + 1):
            self._at[line].append(text)


@dataclass(frozen=True, slots=True)
class Facing:
    """One line of the source beside what it became; `repeated` where that is what the line above became."""

    number: int
    text: str
    results: list[str]
    repeated: bool
    decided: str = ""


def facing(
    lines: Sequence[str],
    result: Callable[[int], list[str]],
    *,
    page: int,
    decided: Mapping[int, str] = NOTHING,
) -> list[Facing]:
    """The lines of one page of the source, the first page being 1, without the empty ones."""
    start = (page - 1) * LINES_A_PAGE
    rows: list[Facing] = []
    for number, text in enumerate(lines[start : start + LINES_A_PAGE], start=start + 1):
        results = result(number)
        if text.strip():
            repeated = bool(rows and results and rows[-1].results == results and result(number - 1) == results)
            rows.append(
                Facing(
                    number,
                    text if len(text) <= LONGEST else text[:LONGEST] + "…",
                    results,
                    repeated,
                    decided.get(number, ""),
                )
            )
    return rows


def page_of(line: int) -> int:
    return (max(line, 1) - 1) // LINES_A_PAGE + 1


def _reason_labels() -> dict[str, str]:
    return {
        "rule": _("filet"),
        "comment": _("commentaire"),
        "running-head": _("titre courant"),
        "page-number": _("numéro de page"),
        "printed-contents": _("sommaire imprimé"),
        "image-text": _("texte d’une image"),
        "empty-heading": _("titre vide"),
    }


def _block_labels() -> dict[str, str]:
    return {
        "heading": _("Titre"),
        "paragraph": _("Paragraphe"),
        "list": _("Liste"),
        "quote": _("Citation"),
        "table": _("Tableau"),
        "code": _("Code"),
        "note": _("Note"),
        "caption": _("Légende"),
        "reference": _("Référence"),
        "metadata": _("Notice"),
        "rule": _("Filet"),
        "image": _("Image"),
        "contents": _("Sommaire imprimé"),
        "furniture": _("Ornement de page"),
    }
