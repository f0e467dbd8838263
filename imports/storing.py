"""Write a merged version over a draft: only the rows that changed, under the addresses that they have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article
from imports.decisions import storable
from imports.drafts.facts import read_iso, shortened
from imports.merging import Part, Row, Version
from imports.merging.passages import join, split
from imports.versions import CSL, FIGURE_FACTS, PART_FACTS, stored_text
from theses import models as theses
from theses.models import Document

LENGTHS = {"title": 1000, "number": 50, "printed_page": 20, "credit": 500, "image_name": 300, "language": 10}
WORK_LENGTHS = {"title": 500, "subtitle": 1000, "institution": 300, "programme": 300}


def store_article(article: Article, version: Version) -> None:
    _facts(article, version.facts)
    article.body = _body(article.body, version.lead)
    article.save()


def store_document(document: Document, version: Version) -> None:
    """Must run in a transaction that holds the document."""
    text = stored_text(document)
    _facts(document, version.facts)
    document.lead = _body(document.lead, version.lead)
    document.save()
    sections = [_section(part) for part in version.parts]
    _rows(theses.Section, "slug", text.sections, sections, document)
    rows = version.rows
    figures = [(row.key, {name: row.facts.get(name) for name in FIGURE_FACTS}) for row in rows["figures"]]
    _rows(theses.Figure, "key", text.figures, figures, document)
    _rows(theses.BibliographyEntry, "key", text.entries, [_entry(row) for row in rows["entries"]], document)
    _abstracts(document, text.abstracts, rows["abstracts"])


def _facts(work: Article | Document, facts: Mapping[str, Any]) -> None:
    values: dict[str, Any] = storable(dict(facts))
    date = values.pop("date")
    found, precision = read_iso(date) if date else (None, "")
    if found is not None:
        work.date, work.date_precision = found, precision
    for name, value in values.items():
        setattr(work, name, shortened(value, WORK_LENGTHS[name]) if name in WORK_LENGTHS else value)


def _body(body: str, passages: tuple[str, ...]) -> str:
    """The body as it was written where its passages are those; else put together anew."""
    if split(body) == passages:
        return body
    text: str = storable(join(passages))
    return text


def _section(part: Part) -> tuple[str, dict[str, Any]]:
    values = {name: part.facts.get(name) for name in PART_FACTS}
    values["title"] = values["title"] or _("Sans titre")
    return part.slug, {**values, "body": part.passages}


def _entry(row: Row) -> tuple[str, dict[str, Any]]:
    csl = {name.removeprefix(CSL): value for name, value in row.facts.items() if name.startswith(CSL)}
    csl = {name: value for name, value in csl.items() if value is not None}
    return row.key, {"raw": row.facts["raw"], "source_line": row.facts.get("source_line"), "csl": csl}


def _rows(
    model: Any,
    name: str,
    stored: Iterable[Any],
    wanted: list[tuple[str, dict[str, Any]]],
    document: Document,
) -> None:
    """Rows of one kind in their order. `save` and `delete` are called of each row that changes, so that whoever keeps
    a history of rows sees it; rows that only move on are written together."""
    known = {getattr(row, name): row for row in stored}
    kept = {key for key, _values in wanted}
    for key, row in known.items():
        if key not in kept:
            row.delete()
    moved = []
    for position, (key, values) in enumerate(wanted, start=1):
        row = known.get(key) or model(document=document, **{name: key})
        changed = row.pk is None
        for field, value in values.items():
            if field == "body":
                value = _body(row.body, value)
            elif field == "csl":
                value = {**({"id": row.csl["id"]} if "id" in row.csl else {"id": key}), **value}
            value = storable(_fitting(field, value))
            if getattr(row, field) != value:
                setattr(row, field, value)
                changed = True
        if changed:
            row.position = position
            row.save()
        elif row.position != position:
            row.position = position
            moved.append(row)
    model._default_manager.bulk_update(moved, ["position"], batch_size=500)


def _fitting(field: str, value: Any) -> Any:
    if isinstance(value, str) and field in LENGTHS and len(value) > LENGTHS[field]:
        return shortened(value, LENGTHS[field])
    return "" if value is None and field in LENGTHS else value


def _abstracts(document: Document, stored: list[theses.Abstract], wanted: tuple[Row, ...]) -> None:
    known = {row.language: row for row in stored}
    kept = {row.key for row in wanted}
    for language, abstract in known.items():
        if language not in kept:
            abstract.delete()
    for row in wanted:
        abstract = known.get(row.key) or theses.Abstract(document=document, language=row.key)
        text, keywords = storable(row.facts["text"] or ""), storable(list(row.facts["keywords"] or ()))
        if abstract.pk is None or (abstract.text, abstract.keywords) != (text, keywords):
            abstract.text, abstract.keywords = text, keywords
            abstract.save()
