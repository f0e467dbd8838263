"""Which sections open a web page: what an editor chose, else a good default by the length of the text.

A reader meets neither a page of forty screens nor one of three lines. A chapter stays whole while it can be read in one
sitting; a longer one is cut at its sections, and short sisters share a page. Front matter, annexes, interviews and
the bibliography stand on pages of their own. `Section.starts_page` overrides all of this.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from theses.models import Section
from theses.outline import Node, Outline

MOST = 6000
"""Words of a page that need not be cut: about twenty-five minutes of reading."""
ENOUGH = 1500
"""Words from which a page of sections is long enough, so that the next sister opens another one."""
TINY = 150
"""Words below which a chapter or a piece of front matter deserves no page of its own."""

Kind = Section.Kind
APART = {Kind.INTERVIEW, Kind.BIBLIOGRAPHY, Kind.ANNEX}
"""Kinds that always open a page."""
WHOLE = {Kind.INTERVIEW, Kind.BIBLIOGRAPHY}
"""Kinds that are never cut by length."""
MAJOR = APART | {
    Kind.FRONT_MATTER,
    Kind.INTRODUCTION,
    Kind.PART,
    Kind.CHAPTER,
    Kind.CONCLUSION,
    Kind.BACK_MATTER,
}

RESERVED = {"figures", "integral", "editions", "apercu", "flux"}
"""Ends of addresses under a document that are no pages of it."""


@dataclass(slots=True, eq=False)
class Page:
    nodes: list[Node] = field(default_factory=list)
    slug: str = ""
    words: int = 0

    @property
    def first(self) -> Node:
        return self.nodes[0]

    @property
    def siblings(self) -> list[Node]:
        """The nodes of the page that stand under no other node of it; one, where the page is one section."""
        held = set(self.nodes)
        return [node for node in self.nodes if node.parent not in held]

    @property
    def is_group(self) -> bool:
        """Whether several sisters share the page, so that none of them can be its title."""
        return len(self.siblings) > 1

    @property
    def kind(self) -> str:
        return self.first.section.kind

    @property
    def number(self) -> str:
        """`2.5`, or `2.5 – 2.7` where sisters share the page."""
        sisters = self.siblings
        first, last = sisters[0].section.number, sisters[-1].section.number
        return f"{first} – {last}"[:50] if self.is_group and first and last else first if not self.is_group else ""

    @property
    def title(self) -> str:
        """The title of its section; of sisters, the one they stand under, or the first and the last."""
        sisters = self.siblings
        if not self.is_group:
            return sisters[0].section.title
        parent = sisters[0].parent
        if self.number and parent is not None:
            return parent.section.title
        return f"{sisters[0].section.title} – {sisters[-1].section.title}"[:1000]

    def heading_depths(self) -> list[int]:
        """For each node: 1 where it is the title of the page, 2 and more for what stands under it."""
        top = min(node.level for node in self.nodes) - (2 if self.is_group else 1)
        return [node.level - top for node in self.nodes]


def cut(outline: Outline, page_depth: int | None = None) -> list[Page]:
    """The pages of a document in reading order; each node is on exactly one."""
    pages = _by_depth(outline, page_depth) if page_depth else _by_length(outline)
    _address(pages)
    return pages


def _by_depth(outline: Outline, page_depth: int) -> list[Page]:
    pages: list[Page] = []
    for node in outline.nodes:
        chosen = node.section.starts_page
        opens = chosen if chosen is not None else node.level <= page_depth or node.section.kind in APART
        _put(pages, node, opens)
    return pages


def _by_length(outline: Outline) -> list[Page]:
    pages: list[Page] = []
    whole: Node | None = None
    """The node whose text stays together, while its descendants are placed."""
    for node in outline.nodes:
        if whole is not None and not any(ancestor is whole for ancestor in node.ancestors()):
            whole = None
        chosen = node.section.starts_page
        _put(pages, node, chosen if chosen is not None else _opens(node, pages[-1] if pages else None, whole))
        if whole is None and _stays_whole(node):
            whole = node
    return _without_remnants(pages)


def _put(pages: list[Page], node: Node, opens: bool) -> None:
    if opens or not pages:
        pages.append(Page())
    pages[-1].nodes.append(node)
    pages[-1].words += node.words


def _stays_whole(node: Node) -> bool:
    """Whether nothing under this node opens a page, save where an editor wants it or the kind does."""
    return node.section.kind in WHOLE or node.total <= MOST


def _opens(node: Node, page: Page | None, whole: Node | None) -> bool:
    if page is None:
        return True
    kind = node.section.kind
    if kind in APART:
        # Parts of one bibliography stay together; so does an annex within an annex that has a text of its own.
        nested = whole is not None and whole.section.kind == kind
        return not (nested and whole is not None and (kind == Kind.BIBLIOGRAPHY or whole.words >= TINY))
    if whole is not None and (kind not in MAJOR or whole.section.kind in MAJOR - {Kind.PART}):
        return False
    under_page = any(ancestor is page.first for ancestor in node.ancestors())
    if under_page and page.words < TINY:
        # The heading of a part, with a few lines at most: its first chapter follows on the same page.
        return False
    if page.kind in APART and not under_page:
        return True
    if node.level == 1 or kind in MAJOR:
        alike = not under_page and kind == page.kind and node.level == page.first.level
        return not (alike and node.section.depth == page.first.section.depth and min(page.words, node.total) < TINY)
    if node.level < page.first.level:
        return True
    if page.words < TINY:
        return False
    # A section that will be cut itself may begin here.
    return page.words >= ENOUGH or page.words + (node.total if _stays_whole(node) else node.words) > MOST


def _without_remnants(pages: list[Page]) -> list[Page]:
    """Join a last short section to the page before it: nobody turns a page for three lines."""
    kept: list[Page] = []
    for page in pages:
        before = kept[-1] if kept else None
        if (
            before is not None
            and page.words < TINY
            and page.first.section.kind not in MAJOR
            and page.first.level > 1
            and page.first.section.starts_page is None
            and before.kind not in APART
            and before.words + page.words <= MOST
            and before.first.level <= page.first.level
        ):
            before.nodes += page.nodes
            before.words += page.words
        else:
            kept.append(page)
    return kept


def _address(pages: list[Page]) -> None:
    taken = set(RESERVED)
    for page in pages:
        wanted = page.first.section.slug[:190] or "page"
        slug, count = wanted, 1
        while slug in taken:
            count += 1
            slug = f"{wanted}-{count}"
        taken.add(slug)
        page.slug = slug
