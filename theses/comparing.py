"""An edition of a document, or its draft, as one side of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from publishing.comparing.sides import Side
from publishing.rendering import PassageText
from theses import drafts
from theses.composing import Composer
from theses.disclosures import Disclosures
from theses.facts import document_facts, outline_items
from theses.models import Document, DocumentEdition, EditionText


def side_of(document: Document, edition: DocumentEdition | None) -> Side:
    return draft_side(document) if edition is None else edition_side(document, edition)


def edition_side(document: Document, edition: DocumentEdition) -> Side:
    """Two queries, for the passages and for the text that was frozen."""
    names = ("anchor", "kind", "section", "language", "text", "page__slug")
    pages: dict[tuple[str, str], str] = {}
    passages = []
    for *values, page in edition.passages().values_list(*names):
        row = PassageText(*values)
        pages[row.section, row.anchor] = page
        passages.append(row)
    edition.document = document
    base = edition.get_absolute_url()

    def address(row: PassageText) -> str:
        return f"{base}{pages[row.section, row.anchor]}/#{row.anchor}"

    kept = EditionText.objects.values_list("draft", flat=True).get(edition=edition)
    return _side(edition.facts, edition.outline, passages, address, drafts.thaw(kept))


def draft_side(document: Document) -> Side:
    """Renders every page; the address of a passage is the form of its section."""
    draft = drafts.load(document)
    composition = Composer(draft).compose(whole=False)
    passages = [passage for composed in composition.pages for passage in composed.rendered.passages]
    keys = {section.slug: section.pk for section in draft.sections}

    def address(row: PassageText) -> str:
        key = keys.get(row.section)
        return reverse("admin:theses_section_change", args=[key]) if key else ""

    return _side(document_facts(document, composition), outline_items(composition), passages, address, draft)


def _side(
    facts: dict[str, Any],
    outline: list[dict[str, Any]],
    passages: list[PassageText],
    address: Callable[[PassageText], str],
    draft: drafts.Draft,
) -> Side:
    answers = Disclosures(draft.outline(), draft.ai, draft.language).differing()
    return Side(
        facts,
        outline,
        passages,
        address,
        bodies={section.slug: section.body for section in draft.sections},
        answers={node.section.slug: said["sentence"] for node, said in answers.items()},
    )
