"""Write the pages of editions again from the text they froze, after the renderer changed. What they say stays.

The pages keep their slugs, titles and sections, so that no address changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from publishing.kept_anchors import earlier_paragraphs
from publishing.rendering import RENDERER_VERSION
from theses import drafts
from theses.actions.publish import write_pages
from theses.composing import Composer
from theses.facts import text_facts
from theses.models import Document, DocumentEdition, EditionText
from theses.outline import Outline
from theses.paging import Page
from theses.searching import index_document


def stale_editions() -> Iterator[int]:
    """Keys of the editions whose HTML an older or newer renderer wrote, without loading them."""
    return (
        DocumentEdition.objects.exclude(renderer=RENDERER_VERSION)
        .order_by("pk")
        .values_list("pk", flat=True)
        .iterator(chunk_size=500)
    )


def rerender(*, edition_id: int) -> DocumentEdition:
    """One edition, read before and written in one transaction; run by the command alone."""
    edition = DocumentEdition.objects.get(pk=edition_id)
    draft = drafts.thaw(EditionText.objects.get(edition=edition).draft)
    composer = Composer(
        draft, pages=lambda outline: pages_of(edition, outline), earlier=earlier_paragraphs(edition.passages())
    )
    composition = composer.compose()
    with transaction.atomic():
        edition = DocumentEdition.objects.select_for_update().get(pk=edition_id)
        edition.pages.all().delete()
        write_pages(edition, composition.pages)
        EditionText.objects.filter(edition=edition).update(whole=composition.whole)
        edition.facts = {**edition.facts, **text_facts(composition)}
        edition.renderer = RENDERER_VERSION
        edition.save(rerender=True, update_fields=["facts", "renderer"])
        document = Document.objects.get(pk=edition.document_id)
        if document.current_edition_id == edition.pk:
            index_document(document)
    return edition


def pages_of(edition: DocumentEdition, outline: Outline) -> list[Page]:
    """The pages as the edition cut them, whatever rules the site follows today."""
    nodes = {node.section.slug: node for node in outline.nodes}
    pages: dict[str, Page] = {}
    for item in edition.outline:
        page = pages.setdefault(item["page"], Page(slug=item["page"]))
        page.nodes.append(nodes[item["anchor"]])
        page.words += nodes[item["anchor"]].words
    return list(pages.values())
