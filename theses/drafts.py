"""The draft of a document as one value: loaded from the database, or thawed from what an edition froze.

A thawed draft is made of unsaved rows, so that the composer does not know where its draft comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext, override

from publishing.facts import ai_values
from publishing.frozen_notice import freeze_notice
from publishing.pictures import size_of
from publishing.putting_back import frozen
from theses.models import BibliographyEntry, Document, Figure, Section
from theses.outline import Outline, grow

SECTION_FIELDS = (
    "position",
    "depth",
    "kind",
    "number",
    "title",
    "slug",
    "body",
    "language",
    "starts_page",
    "printed_page",
    "note_calls",
    "speaker",
    "source_line",
    "source_last_line",
)
FIGURE_FIELDS = ("position", "key", "number", "caption", "credit", "alt", "image_name")
ENTRY_FIELDS = ("position", "key", "raw", "csl", "source_line")
ABSTRACT_FIELDS = ("language", "text", "keywords")


@dataclass(frozen=True, slots=True)
class Draft:
    title: str
    language: str
    lead: str
    page_depth: int | None
    sections: list[Section]
    figures: list[Figure]
    entries: list[BibliographyEntry]
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Figure key to the width and height of its picture, in pixels."""
    ai: dict[str, str] = field(default_factory=dict)
    """What the document as a whole says on the use of AI, as `ai_values` gives it."""

    def outline(self) -> Outline:
        """The sections as a tree. A bibliography without a section gets one, a text without headings too."""
        sections = list(self.sections)
        with override(self.language):
            if not sections and self.lead.strip():
                sections.append(_section(1, Section.Kind.SECTION, self.title, "texte", body=self.lead))
            if self.entries and not any(section.kind == Section.Kind.BIBLIOGRAPHY for section in sections):
                taken = {section.slug for section in sections}
                slug = next(
                    s for s in ("bibliographie", *(f"bibliographie-{n}" for n in range(2, 99))) if s not in taken
                )
                sections.append(_section(len(sections) + 1, Section.Kind.BIBLIOGRAPHY, gettext("Bibliographie"), slug))
        return grow(sections)


def _section(position: int, kind: str, title: str, slug: str, body: str = "") -> Section:
    return Section(position=position, depth=1, kind=kind, title=title, slug=slug, body=body)


def load(document: Document) -> Draft:
    """The draft as it stands now: three queries, and one look at each picture."""
    figures = list(Figure.objects.filter(document=document).order_by("position", "pk"))
    return Draft(
        title=document.title,
        language=document.language,
        lead=document.lead,
        page_depth=document.page_depth,
        sections=list(Section.objects.filter(document=document).order_by("position", "pk")),
        figures=figures,
        entries=list(BibliographyEntry.objects.filter(document=document).order_by("position", "pk")),
        sizes={figure.key: size for figure in figures if figure.image and (size := size_of(figure.image))},
        ai=ai_values(document),
    )


def freeze(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "language": draft.language,
        "lead": draft.lead,
        "page_depth": draft.page_depth,
        "ai": draft.ai,
        # Only sections that say something on the use of AI have these fields, as in editions that are older than them.
        "sections": [
            {**{name: getattr(row, name) for name in SECTION_FIELDS}, **ai_values(row)} for row in draft.sections
        ],
        "figures": [
            {
                **{name: getattr(row, name) for name in FIGURE_FIELDS},
                "image": row.image.name or "",
                "size": draft.sizes.get(row.key),
            }
            for row in draft.figures
        ],
        "entries": [{name: getattr(row, name) for name in ENTRY_FIELDS} for row in draft.entries],
    }


def _thawed_section(row: dict[str, Any]) -> Section:
    section = Section(**row)
    if "ai_reviewed_on" in row:
        section.ai_reviewed_on = parse_date(row["ai_reviewed_on"])
    return section


def freeze_document(document: Document) -> dict[str, Any]:
    """The notice beside the text, for an edition that may become the draft again: two queries."""
    rows = document.abstracts.order_by("language")
    return {**freeze_notice(document), "abstracts": [frozen(row, ABSTRACT_FIELDS) for row in rows]}


def thaw(kept: dict[str, Any]) -> Draft:
    return Draft(
        title=kept["title"],
        language=kept["language"],
        lead=kept["lead"],
        page_depth=kept["page_depth"],
        sections=[_thawed_section(row) for row in kept["sections"]],
        figures=[Figure(**{name: row[name] for name in (*FIGURE_FIELDS, "image")}) for row in kept["figures"]],
        entries=[BibliographyEntry(**row) for row in kept["entries"]],
        sizes={row["key"]: (row["size"][0], row["size"][1]) for row in kept["figures"] if row["size"]},
        ai=kept.get("ai", {}),
    )
