"""Documents made of few words, for tests of what happens to them."""

from __future__ import annotations

from typing import Any

from theses.models import Document, Section
from theses.outline import Outline, grow

Row = tuple[Any, ...]
"""Depth, kind, number, title and words of a section; the last ones may be left out."""


def words(count: int, seed: str = "mot") -> str:
    """Paragraphs of eighty words at most, no two of them alike."""
    lines = []
    for start in range(0, count, 80):
        lines.append(" ".join(f"{seed}{start + index}" for index in range(min(80, count - start))))
    return "\n\n".join(lines)


def section(position: int, row: Row, **fields: Any) -> Section:
    depth, kind, number, title, count = (*row, *(1, "section", "", f"Section {position}", 0)[len(row) :])
    slug = fields.pop("slug", f"s{position}")
    body = fields.pop("body", words(count, f"t{position}x"))
    return Section(
        position=position, depth=depth, kind=kind, number=number, title=title, slug=slug, body=body, **fields
    )


def outline(*rows: Row) -> Outline:
    return grow(section(position, row) for position, row in enumerate(rows, start=1))


def add_sections(document: Document, *sections: Section) -> None:
    for row in sections:
        row.document = document
        row.save()
