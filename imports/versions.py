"""Versions of a work for a merge: as a source reads it, and as its draft stands."""

from __future__ import annotations

from typing import Any

from articles.models import Article
from imports.drafts.article import article_body, standfirst
from imports.drafts.document import Text, text_of
from imports.drafts.facts import TITLE_LENGTH, proposed_title, shortened
from imports.drafts.supply import Supply
from imports.merging import Part, Row, Version
from imports.merging.passages import split
from manuscript.model import Manuscript
from publishing.models import AI_FIELDS, DatePrecision, Publication
from theses import models as theses
from theses.drafts import SECTION_FIELDS
from theses.models import Document

PART_FACTS = (*(name for name in SECTION_FIELDS if name not in ("position", "slug", "body")), *AI_FIELDS)
FIGURE_FACTS = ("number", "caption", "credit", "alt", "image_name", "source_line")
CSL = "csl."
"""Before the name of each field of an entry: they are merged one by one."""
_DATE_LENGTHS = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}


def version_of_source(manuscript: Manuscript, work: Article | Document) -> Version:
    """The manuscript as the import would draft it, for a work of this model; pictures stay names."""
    title = shortened(proposed_title(manuscript), TITLE_LENGTH)
    metadata = manuscript.metadata
    if isinstance(work, Article):
        facts = {"title": title, "description": standfirst(manuscript), "date": metadata.date}
        return Version(facts, split(article_body(manuscript, Supply())))
    facts = {
        "title": title,
        "subtitle": shortened(metadata.subtitle, 1000),
        "institution": shortened(metadata.institution, 300),
        "programme": shortened(metadata.programme, 300),
        "date": metadata.date,
    }
    return _version(facts, text_of(Document(), manuscript, Supply()))


def version_of_draft(work: Article | Document) -> Version:
    """The draft as it stands: five queries for a document, none for an article."""
    if isinstance(work, Article):
        facts = {"title": work.title, "description": work.description, "date": written_date(work)}
        return Version(facts, split(work.body))
    names = ("title", "subtitle", "institution", "programme")
    facts = {**{name: getattr(work, name) for name in names}, "date": written_date(work)}
    return _version(facts, stored_text(work))


def stored_text(document: Document) -> Text:
    return Text(
        document.lead,
        list(theses.Abstract.objects.filter(document=document)),
        list(theses.Section.objects.filter(document=document).order_by("position", "pk")),
        list(theses.Figure.objects.filter(document=document).order_by("position", "pk")),
        list(theses.BibliographyEntry.objects.filter(document=document).order_by("position", "pk")),
    )


def written_date(work: Publication) -> str:
    """A date with its precision, as a source writes it."""
    return work.date.isoformat()[: _DATE_LENGTHS[DatePrecision(work.date_precision)]] if work.date else ""


def _version(facts: dict[str, Any], text: Text) -> Version:
    parts = tuple(
        Part(row.slug, {name: getattr(row, name) for name in PART_FACTS}, split(row.body)) for row in text.sections
    )
    figures = tuple(
        Row(row.key, {**{name: getattr(row, name) for name in FIGURE_FACTS}, "image": row.image.name or ""})
        for row in text.figures
    )
    entries = tuple(
        Row(
            row.key,
            {
                "raw": row.raw,
                "source_line": row.source_line,
                **{CSL + name: value for name, value in row.csl.items() if name != "id"},
            },
        )
        for row in text.entries
    )
    abstracts = tuple(Row(row.language, {"text": row.text, "keywords": row.keywords}) for row in text.abstracts)
    return Version(facts, split(text.lead), parts, {"figures": figures, "entries": entries, "abstracts": abstracts})
