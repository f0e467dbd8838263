"""A document loaded as one outline: one query, and the tree follows from order and depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from theses.models import Document, Section


@dataclass(slots=True, eq=False)
class Node:
    """A section in its tree. `level` counts from 1 and has no gaps, whatever depths the sections carry."""

    section: Section
    level: int
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    words: int = 0
    """Words of the body of this section alone."""
    total: int = 0
    """Words of this section and all under it."""

    def ancestors(self) -> Iterator[Node]:
        """From the nearest to the farthest."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self) -> Iterator[Node]:
        """In reading order, without the node itself."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(node.children[::-1])


@dataclass(frozen=True, slots=True)
class Outline:
    nodes: list[Node]
    """All sections in reading order."""

    @property
    def roots(self) -> list[Node]:
        return [node for node in self.nodes if node.parent is None]

    @property
    def words(self) -> int:
        return sum(node.words for node in self.nodes)


def load(document: Document) -> Outline:
    """The outline of the draft, bodies included: one query."""
    return grow(Section.objects.filter(document=document).order_by("position", "pk"))


def grow(sections: Iterable[Section]) -> Outline:
    """The tree of sections in reading order: each is a child of the last one before it that stands less deep."""
    nodes: list[Node] = []
    open_nodes: list[Node] = []
    for section in sections:
        while open_nodes and open_nodes[-1].section.depth >= section.depth:
            open_nodes.pop()
        parent = open_nodes[-1] if open_nodes else None
        node = Node(section, len(open_nodes) + 1, parent, words=len(section.body.split()))
        if parent is not None:
            parent.children.append(node)
        open_nodes.append(node)
        nodes.append(node)
    for node in reversed(nodes):
        node.total += node.words
        if node.parent is not None:
            node.parent.total += node.total
    return Outline(nodes)
