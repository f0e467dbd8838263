"""A draft becomes web pages: each page rendered once, the bibliography last, since it says where it is cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.text import Truncator

from publishing.kept_anchors import kept_anchors
from publishing.pictures import sizes_in
from publishing.rendering import BibliographyItem, Piece, Problem, Rendered, Targets, render
from publishing.renditions import sources_of
from publishing.same_passages import Earlier
from theses import addresses as places
from theses.disclosures import Disclosures
from theses.drafts import Draft
from theses.models import Section
from theses.outline import Node, Outline
from theses.paging import TINY, Page, cut
from theses.references import formatted, listed_under

NOTHING_KEPT: Mapping[str, str] = MappingProxyType({})

Progress = Callable[[int, int], None]
"""Told after each page how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class ComposedPage:
    page: Page
    rendered: Rendered


@dataclass(frozen=True, slots=True)
class Composition:
    draft: Draft
    outline: Outline
    pages: list[ComposedPage]
    """In reading order."""
    page_of: dict[str, Page]
    """Section anchor to its page."""
    figure_places: dict[str, Node]
    disclosures: Disclosures
    whole: str
    """HTML of the whole work on one page; empty where it was not asked for."""

    @property
    def words(self) -> int:
        return sum(composed.rendered.words for composed in self.pages)

    @property
    def problems(self) -> list[tuple[Page, Problem]]:
        return [(composed.page, problem) for composed in self.pages for problem in composed.rendered.problems]


class Composer:
    def __init__(
        self,
        draft: Draft,
        pages: Callable[[Outline], list[Page]] | None = None,
        earlier: Sequence[Earlier] = (),
    ) -> None:
        """`pages` says how the outline is cut where that was settled before, as in an edition.

        `earlier` are the paragraphs of the edition before, whose anchors stay.
        """
        self.draft = draft
        self.earlier = earlier
        self.outline = draft.outline()
        self.pages = pages(self.outline) if pages else cut(self.outline, draft.page_depth)
        self.disclosures = Disclosures(self.outline, draft.ai, draft.language)
        self.items = formatted(draft.entries, draft.language)
        self.listed = listed_under(draft.entries, self.outline)
        self.numbers = Counter(node.section.number for node in self.outline.nodes)
        self.notes = places.note_texts(draft.sections)
        self.addresses = places.Addresses(self.pages)
        self.figure_sources = sources_of(
            {row.image.url: draft.sizes[row.key] for row in draft.figures if row.image and row.key in draft.sizes}
        )
        self.targets = self._targets(self.addresses)
        self.cited: dict[str, list[tuple[Node, str]]] = {}
        """Entry to the sections and passages that cite it, in reading order."""

    def compose(self, *, whole: bool = True, progress: Progress | None = None) -> Composition:
        rendered: dict[str, Rendered] = {}
        listing = [page for page in self.pages if any(self._lists_entries(node) for node in page.nodes)]
        citing = [page for page in self.pages if page not in listing]
        for count, page in enumerate(citing, start=1):
            rendered[page.slug] = self.render_page(page)
            if progress:
                progress(count, len(self.pages))
        kept = self._keep_anchors(citing, rendered)
        for page in citing:
            self._note_citations(page, rendered[page.slug])
        for count, page in enumerate(listing, start=len(citing) + 1):
            rendered[page.slug] = self.render_page(page)
            self._note_citations(page, rendered[page.slug])
            if progress:
                progress(count, len(self.pages))
        composed = [ComposedPage(page, rendered[page.slug]) for page in self.pages]
        return self._composition(composed, self.render_whole(kept) if whole else "")

    def _keep_anchors(self, pages: list[Page], rendered: dict[str, Rendered]) -> dict[str, str]:
        """Render again the pages on which a paragraph keeps the anchor of the edition before.

        Returns the anchors that change, of all pages together, for the page that holds the whole work.
        """
        if not self.earlier:
            return {}
        changes = kept_anchors({page.slug: rendered[page.slug].passages for page in pages}, list(self.earlier))
        for page in pages:
            if page.slug in changes:
                rendered[page.slug] = self.render_page(page, changes[page.slug])
        present = Counter(passage.anchor for page in pages for passage in rendered[page.slug].passages)
        together: dict[str, str] = {}
        for derived, anchor in ((derived, anchor) for change in changes.values() for derived, anchor in change.items()):
            # On that page an anchor stands once for the whole work.
            if derived not in present and present[anchor] == 1:
                together[derived] = anchor
        return together

    def counted(self) -> Composition:
        """The pages without their text, only its words counted: enough for contents and neighbours in a preview."""
        pages = [ComposedPage(page, Rendered("", [], [], page.words, [])) for page in self.pages]
        return self._composition(pages, "")

    def _composition(self, pages: list[ComposedPage], whole: str) -> Composition:
        return Composition(
            draft=self.draft,
            outline=self.outline,
            pages=pages,
            page_of={node.section.slug: page for page in self.pages for node in page.nodes},
            figure_places=places.figure_places(self.outline),
            disclosures=self.disclosures,
            whole=whole,
        )

    def render_page(self, page: Page, anchors: Mapping[str, str] = NOTHING_KEPT) -> Rendered:
        """`anchors` are those that paragraphs keep, as in `Targets`."""
        depths = page.heading_depths()
        said = self.disclosures.beside(page)
        pieces = [
            self._piece(node, depth, self.addresses, said.get(node))
            for node, depth in zip(page.nodes, depths, strict=True)
        ]
        if sum(node.words for node in page.nodes) < TINY:
            pieces[-1] = replace(pieces[-1], body=f"{pieces[-1].body}\n\n{_ways_down(page)}".strip())
        targets = replace(
            self._with_pictures(self.targets, pieces),
            notes=places.notes_from_elsewhere(page, self.notes),
            anchors=anchors,
        )
        return render(pieces, targets=targets, language=self.draft.language)

    def render_whole(self, anchors: Mapping[str, str] = NOTHING_KEPT) -> str:
        here = places.Addresses(self.pages, whole=True)
        said = self.disclosures.differing()
        pieces = [self._piece(node, node.level + 1, here, said.get(node)) for node in self.outline.nodes]
        targets = replace(self._with_pictures(self._targets(here), pieces), anchors=anchors)
        return render(pieces, targets=targets, language=self.draft.language).html

    def _with_pictures(self, targets: Targets, pieces: Sequence[Piece]) -> Targets:
        pictures = sizes_in("\n".join(piece.body for piece in pieces))
        return replace(targets, pictures=pictures, sources={**self.figure_sources, **sources_of(pictures)})

    def _targets(self, addresses: places.Addresses) -> Targets:
        texts = {key: item.text for key, item in self.items.items() if key in self.listed}
        return places.targets(self.draft, self.outline, addresses, texts, self.listed)

    def _piece(self, node: Node, depth: int, addresses: places.Addresses, ai: dict[str, str] | None) -> Piece:
        section = node.section
        return Piece(
            body=section.body,
            title=section.title,
            number=section.number,
            anchor=section.slug,
            depth=depth,
            kind=section.kind,
            language=section.language if section.language != self.draft.language else "",
            note_calls=section.note_calls,
            printed_page=section.printed_page,
            ai=ai or {},
            speaker=section.speaker,
            bibliography=self._entries(node, addresses),
        )

    def _lists_entries(self, node: Node) -> bool:
        return node.section.kind == Section.Kind.BIBLIOGRAPHY

    def _entries(self, node: Node, addresses: places.Addresses) -> list[BibliographyItem]:
        if not self._lists_entries(node):
            return []
        return [
            replace(self.items[entry.key], cited=self._cited(entry.key, addresses))
            for entry in self.draft.entries
            if self.listed.get(entry.key) is node
        ]

    def _cited(self, key: str, addresses: places.Addresses) -> list[tuple[str, str]]:
        return [(addresses.at(node, anchor), self._named(node)) for node, anchor in self.cited.get(key, [])]

    def _named(self, node: Node) -> str:
        """A section in few words: its number, after that of its part where it is not the only one; else its title.

        The number of an item (« 2. ») counts inside its section alone, and names nothing from afar.
        """
        number = node.section.number
        if not number or number.endswith("."):
            return Truncator(node.section.title).words(8)
        part = next((above.section.number for above in node.ancestors() if above.section.kind == Section.Kind.PART), "")
        return f"{part}, {number}" if part and self.numbers[number] > 1 else number

    def _note_citations(self, page: Page, rendered: Rendered) -> None:
        """Remember the first citation of each entry in each section."""
        sections = {node.section.slug: node for node in page.nodes}
        node_of: dict[str, Node] = {}
        node = page.first
        for passage in rendered.passages:
            # A heading inside a body opens a section of the page, not of the outline: it stays with the last one.
            node = sections.get(passage.section, node)
            node_of[passage.anchor] = node
        for citation in rendered.citations:
            cited = self.cited.setdefault(citation.key, [])
            citing = node_of.get(citation.anchor, page.first)
            if all(known is not citing for known, _ in cited):
                cited.append((citing, citation.anchor))


def _ways_down(page: Page) -> str:
    """Links to the pages right under a page that says almost nothing itself, such as the title of the annexes."""
    held = set(page.nodes)
    below = [child for node in page.nodes for child in node.children if child not in held]
    return "\n".join(f"- [{_escaped(str(child.section))}](section:{child.section.slug})" for child in below)


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in "\\[]()*_`<>^!|#~" else character for character in text)
