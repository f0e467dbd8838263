"""What a document says on the use of AI, section by section, and where readers are told.

A section that answers speaks for itself and for all that stands under it, until another one answers; a section that
does not says what stands above it says, and the document as a whole speaks last. An answer is taken whole: nobody
inherits a tool or a reviewer under a level of their own.

On a page a sentence stands where what is said changes: at its top where it differs from what the document says,
wherever the answer comes from, and beside each heading that says otherwise than what it stands under.
"""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from publishing.disclosing import disclosure
from publishing.facts import ai_facts, ai_values
from publishing.models import AI_FIELDS
from theses.models import Section
from theses.outline import Node, Outline
from theses.paging import Page

Values = dict[str, str]
Facts = dict[str, str]


class Disclosures:
    def __init__(self, outline: Outline, work: Values, language: str) -> None:
        """`work` is what the document says, as `ai_values` gives it, and `language` its language."""
        self.work, self.language = work, language
        self.values: dict[Node, Values] = {}
        """What holds for each section."""
        self._source: dict[Node, Node] = {}
        """The section that says it; none where the document does."""
        for node in outline.nodes:
            own = ai_values(node.section)
            if own:
                self.values[node], self._source[node] = own, node
            elif node.parent in self._source:
                self.values[node], self._source[node] = self.values[node.parent], self._source[node.parent]
            else:
                self.values[node] = work

    def at_top(self, page: Page) -> Facts:
        """What is said under the title of a page; nothing where it is what the document says."""
        node = self._titling(page)
        return self._facts(node) if node is not None and self.values[node] != self.work else {}

    def beside(self, page: Page) -> dict[Node, Facts]:
        """What is said under the headings of a page, without its title."""
        held, title = set(page.nodes), self._titling(page)
        said = self.values[title] if title is not None else self.work
        found = {}
        for node in page.nodes:
            above = self.values[node.parent] if node.parent is not None and node.parent in held else said
            # Without a source nobody in the document says it: the page is cut so oddly that its title spoke of others.
            if self.values[node] != above and node in self._source:
                found[node] = self._facts(node)
        return found

    def differing(self) -> dict[Node, Facts]:
        """All sections that say otherwise than what they stand under, in reading order."""
        return {
            node: self._facts(node)
            for node, values in self.values.items()
            if values != (self.values[node.parent] if node.parent is not None else self.work)
        }

    def disclosure(self, nodes: list[Node]) -> str:
        """For machines: that of these sections together. Headings without a text of their own do not count."""
        counted = [node for node in nodes if node.words] or nodes
        return disclosure(self._level(node) for node in counted)

    def _titling(self, page: Page) -> Node | None:
        """The section that the title of a page names; where sisters share the page, the one they stand under."""
        return page.first.parent if page.is_group else page.first

    def _level(self, node: Node) -> str:
        """A sentence without a level leaves the level of what stands above."""
        values, above = self.values[node], node
        while "ai_level" not in values and above.parent is not None:
            above = above.parent
            values = self.values[above]
        return values.get("ai_level") or self.work.get("ai_level", "")

    def _facts(self, node: Node) -> Facts:
        source = self._source[node]
        with translation.override(self.language):
            facts = ai_facts(source.section, place_in_words(source.section.kind))
        return {**facts, "disclosure": disclosure([self._level(node)])}


def said_above(section: Section) -> tuple[str, str]:
    """What a stored section says where it does not answer itself, and the title of the section whose answer it is.

    No title where the document says it; nothing at all where nobody does. One query, no text.
    """
    before = Section.objects.filter(
        document=section.document_id, position__lt=section.position, depth__lt=section.depth
    )
    depth = section.depth
    for row in before.order_by("-position", "-pk").only("depth", "title", *AI_FIELDS):
        if row.depth < depth:
            depth = row.depth
            if ai_values(row):
                return str(row.get_ai_level_display() if row.ai_level else row.ai_note), row.title
    work = section.document
    return str(work.get_ai_level_display() if work.ai_level else work.ai_note), ""


def place_in_words(kind: str) -> str:
    """How the sentence on a section names it: « Le texte de ce chapitre… »."""
    places = {
        Section.Kind.INTRODUCTION.value: _("cette introduction"),
        Section.Kind.PART.value: _("cette partie"),
        Section.Kind.CHAPTER.value: _("ce chapitre"),
        Section.Kind.CONCLUSION.value: _("cette conclusion"),
        Section.Kind.ANNEX.value: _("cette annexe"),
        Section.Kind.INTERVIEW.value: _("cet entretien"),
    }
    return places.get(kind) or _("cette section")
