"""The draft of a document read as an edition that is not stored: each page is rendered when it is asked for."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from publishing.rendering import RENDERER_VERSION
from theses import drafts
from theses.composing import Composer
from theses.facts import document_facts, outline_items
from theses.models import Document, DocumentEdition, EditionPage
from theses.reading import Place


class DraftPlace(Place):
    """The place of a draft under an address at which it is previewed: that of editors, or a link.

    Pages that are not asked for are counted, not rendered.
    """

    def __init__(self, document: Document, base: str) -> None:
        self.composer = Composer(drafts.load(document))
        composition = self.composer.counted()
        number = (document.editions.aggregate(Max("number"))["number__max"] or 0) + 1
        edition = DocumentEdition(
            document=document,
            number=number,
            published_at=timezone.now(),
            renderer=RENDERER_VERSION,
            title=document.title,
            facts=document_facts(document, composition),
            outline=outline_items(composition),
        )
        super().__init__(edition, base)

    def page(self, slug: str) -> EditionPage | None:
        """The page of that slug, rendered now and not stored."""
        for position, page in enumerate(self.composer.pages, start=1):
            if page.slug == slug:
                rendered = self.composer.render_page(page)
                return EditionPage(
                    edition=self.edition,
                    position=position,
                    slug=slug,
                    title=page.title,
                    number=page.number,
                    kind=page.kind,
                    html=rendered.html,
                    outline=[
                        {"anchor": row.anchor, "title": row.title, "number": row.number, "depth": row.depth}
                        for row in rendered.outline
                    ],
                    words=rendered.words,
                )
        return None
