"""Where the keys of a document lead: sections, figures, tables, references, notes and printed pages.

A page is read under several addresses (the document's, an edition's, a preview's, in each language of the interface),
so links between pages are relative: `../page/#anchor`. On the page that holds the whole work they are `#anchor`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from publishing.rendering import FigureTarget, ReferenceTarget, Targets
from theses.drafts import Draft
from theses.models import Section
from theses.outline import Node, Outline
from theses.paging import Page

BEYOND_LAST = 60
"""Printed pages after the last one that begins a section, which still belong to it."""

_FIGURE = re.compile(r"!\[[^\]\n]*\]\(figure:([^)\s]+)")
_TABLE = re.compile(r"^[ ]{0,3}:[ \t]+(?:Tableau|Table|Tab\.)[ \t]+([\w.-]*\w)", re.IGNORECASE | re.MULTILINE)
_NOTE_CALL = re.compile(r"\[\^([^\]\s]{1,100})\]")
_NOTE_TEXT = re.compile(r"^[ ]{0,3}\[\^([^\]\s]{1,100})\]:[ \t]*(.*)$")


class Addresses:
    """The places of everything that links lead to, once the pages are known."""

    def __init__(self, pages: list[Page], *, whole: bool = False) -> None:
        self.whole = whole
        self.page_of: dict[Node, Page] = {node: page for page in pages for node in page.nodes}

    def section(self, node: Node) -> str:
        page = self.page_of[node]
        if not self.whole and node is page.first and not page.is_group:
            return f"../{page.slug}/"
        return self.at(node, node.section.slug)

    def at(self, node: Node, anchor: str) -> str:
        return f"#{anchor}" if self.whole else f"../{self.page_of[node].slug}/#{anchor}"


def targets(
    draft: Draft, outline: Outline, addresses: Addresses, references: dict[str, str], bibliography: dict[str, Node]
) -> Targets:
    """`references` gives the plain text of each entry by key, `bibliography` the section that lists it."""
    figure_places = places(outline, _FIGURE)
    return Targets(
        figures={
            figure.key: FigureTarget(
                number=figure.number,
                caption=figure.caption,
                credit=figure.credit,
                alt=figure.alt,
                src=figure.image.url if figure.image else "",
                width=draft.sizes.get(figure.key, (None, None))[0],
                height=draft.sizes.get(figure.key, (None, None))[1],
                href=addresses.at(node, figure.key) if (node := figure_places.get(figure.key)) else "",
            )
            for figure in draft.figures
        },
        references={
            key: ReferenceTarget(href=addresses.at(bibliography[key], f"ref-{key}"), text=text)
            for key, text in references.items()
        },
        sections={node.section.slug: addresses.section(node) for node in outline.nodes},
        tables={
            f"table-{number}": addresses.at(node, f"table-{number}") for number, node in places(outline, _TABLE).items()
        },
        pages=_printed_pages(outline, addresses),
    )


def places(outline: Outline, mark: re.Pattern[str]) -> dict[str, Node]:
    """The first section whose body holds each mark."""
    found: dict[str, Node] = {}
    for node in outline.nodes:
        for match in mark.finditer(node.section.body):
            found.setdefault(match[1], node)
    return found


def figure_places(outline: Outline) -> dict[str, Node]:
    return places(outline, _FIGURE)


def _printed_pages(outline: Outline, addresses: Addresses) -> dict[str, str]:
    """Printed page to the section that begins on it, or that is the last to begin before it."""
    known: dict[int, Node] = {}
    found: dict[str, str] = {}
    for node in outline.nodes:
        printed = node.section.printed_page
        if printed.isdecimal():
            known.setdefault(int(printed), node)
        elif printed:
            found.setdefault(printed, addresses.section(node))
    starts = sorted(known)
    if starts and starts[-1] < 100_000:
        for number in range(starts[0], starts[-1] + BEYOND_LAST):
            found[str(number)] = addresses.section(known[starts[bisect_right(starts, number) - 1]])
    return found


def note_texts(sections: Iterable[Section]) -> dict[str, str]:
    """Label to Markdown of every note of the document; the first text of a label counts."""
    notes: dict[str, list[str]] = {}
    for section in sections:
        lines: list[str] | None = None
        for line in section.body.split("\n"):
            if match := _NOTE_TEXT.match(line):
                lines = notes.setdefault(match[1], []) if match[1] not in notes else None
                line = match[2]
            elif line[:1] not in {" ", "\t", ""} and lines and not lines[-1].strip():
                # After an empty line, only what is indented still belongs to the note.
                lines = None
            if lines is not None:
                lines.append(line.strip())
    return {label: "\n".join(lines).strip() for label, lines in notes.items()}


def notes_from_elsewhere(page: Page, notes: dict[str, str]) -> dict[str, str]:
    """The notes that a page calls and whose text stands on another page."""
    called: dict[str, None] = {}
    own: set[str] = set()
    for node in page.nodes:
        called.update(dict.fromkeys(node.section.note_calls))
        called.update(dict.fromkeys(_NOTE_CALL.findall(node.section.body)))
        for line in node.section.body.split("\n"):
            if match := _NOTE_TEXT.match(line):
                own.add(match[1])
    return {label: notes[label] for label in called if label in notes and label not in own}
