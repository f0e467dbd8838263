"""The entries of a bibliography, formatted, and the section under which each is listed."""

from __future__ import annotations

from html import escape

from publishing.citation import format_reference
from publishing.rendering import BibliographyItem
from theses.models import BibliographyEntry, Section
from theses.outline import Node, Outline


def formatted(entries: list[BibliographyEntry], language: str) -> dict[str, BibliographyItem]:
    """Key to the entry as it is shown, without the places that cite it yet."""
    return {entry.key: _item(entry, language) for entry in entries}


def _item(entry: BibliographyEntry, language: str) -> BibliographyItem:
    shown = format_reference(entry.csl, language, entry.raw)
    return BibliographyItem(key=entry.key, html=shown.html or escape(entry.key), text=shown.text or entry.key)


def listed_under(entries: list[BibliographyEntry], outline: Outline) -> dict[str, Node]:
    """Key to the bibliography section that lists it: the one whose source lines hold the entry, or the first."""
    sections = [node for node in outline.nodes if node.section.kind == Section.Kind.BIBLIOGRAPHY]
    if not sections:
        return {}
    found: dict[str, Node] = {}
    for entry in entries:
        line = entry.source_line
        holding = [
            node
            for node in sections
            if line
            and node.section.source_line
            and node.section.source_last_line
            and node.section.source_line <= line <= node.section.source_last_line
        ]
        found[entry.key] = holding[-1] if holding else sections[0]
    return found
