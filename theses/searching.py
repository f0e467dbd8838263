"""What the search knows of a document: the sections, notes, captions and references of its current edition."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from publishing.searching import key_of, people_and_tags, work_of
from search import index
from search.index import Entry, Work
from search.models import IndexedUnit
from theses.models import Document, DocumentEdition, Passage
from theses.reading import Place

Kind = IndexedUnit.Kind
APART: dict[str, Kind] = {
    Passage.Kind.NOTE: Kind.NOTE,
    Passage.Kind.CAPTION: Kind.CAPTION,
    Passage.Kind.REFERENCE: Kind.REFERENCE,
}
"""Passages that are found by themselves; the others are found with their section."""


def index_document(document: Document) -> None:
    """The search finds the edition that readers see of a document, and nothing of one that they do not."""
    if document.is_public and document.current_edition is not None:
        index.replace(*indexed(document, document.current_edition))
    else:
        index.remove(key_of(document))


def indexed(document: Document, edition: DocumentEdition) -> tuple[Work, list[Entry]]:
    with translation.override("fr"):
        address = document.get_absolute_url()
        work = work_of(key_of(document), document.slug, edition, address)
        summary = " ".join(abstract.get("html", "") for abstract in edition.facts.get("abstracts", []))
        entries = list(people_and_tags(edition, address, edition.facts.get("subtitle", ""), summary))
    return work, [*entries, *_sections(edition, Place(edition, address))]


def _sections(edition: DocumentEdition, place: Place) -> Iterator[Entry]:
    """A unit for each section of each page, in reading order: two queries."""
    titles = _heading_paths(edition)
    language = str(edition.facts.get("language", ""))
    rows = edition.passages().values_list("page__slug", "anchor", "kind", "section", "language", "text")
    page = section = None
    held: list[index.Passage] = []
    above: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    spoken = ""

    def text() -> Iterator[Entry]:
        if held:
            path = (*above, *inner)
            title = path[-1] if path else edition.title
            address = place.address(str(page))
            yield Entry(Kind.TEXT, address, tuple(held), title, path, spoken or language)

    apart: list[Entry] = []
    for slug, anchor, kind, of_section, tongue, words in rows:
        if kind in APART:
            path = titles.get(of_section) or (*above, *inner)
            passage = index.Passage(anchor, kind, words)
            apart.append(Entry(APART[kind], place.address(slug), (passage,), "", path, tongue or language))
            continue
        if (slug, of_section) != (page, section):
            yield from text()
            held, page, section, spoken = [], slug, of_section, tongue
            if of_section in titles:
                above, inner = titles[of_section], ()
            elif kind == Passage.Kind.HEADING:
                inner = (words,)
        held.append(index.Passage(anchor, kind, words))
    yield from text()
    yield from apart


def _heading_paths(edition: DocumentEdition) -> dict[str, tuple[str, ...]]:
    """Anchor of each section to the titles above it, with its own."""
    paths: dict[str, tuple[str, ...]] = {}
    above: list[str] = []
    for item in edition.outline:
        del above[item["depth"] - 1 :]
        above.append(f"{item['number']} {item['title']}".strip())
        paths[item["anchor"]] = tuple(above)
    return paths
