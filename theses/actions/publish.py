"""Publish a document: its draft becomes an edition, numbered, frozen and complete, or nothing changes at all."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import checks
from publishing.actions.make_current import make_current
from publishing.actions.permission import record, require_publisher
from publishing.actions.review import end_review
from publishing.history import recording
from publishing.kept_anchors import earlier_paragraphs
from publishing.rendering import RENDERER_VERSION
from theses import checking, drafts
from theses.composing import ComposedPage, Composer, Composition, Progress
from theses.facts import document_facts, outline_items
from theses.models import Document, DocumentEdition, EditionPage, EditionText, Passage
from theses.searching import index_document

ATTEMPTS = 3
"""How often a draft that changes while it is being rendered is read again before the editor is asked to wait."""
BATCH = 1000


def publish(
    *,
    document: Document,
    user: User | None,
    change_note: str = "",
    progress: Progress | None = None,
    strict: bool | None = None,
) -> DocumentEdition:
    """The new edition, already current. `user` is None for a command run on the machine of the site.

    What the check calls blocking forbids it where `strict`, which a person always meets; see `checks.refuse`.

    The pages are rendered before the transaction begins, so that readers and other editors never wait for it; a draft
    that changed meanwhile is rendered again. Raises PermissionDenied, or ValidationError with sentences for the editor.
    """
    require_publisher(user, document)
    for _attempt in range(ATTEMPTS):
        stamp = _stamp(document)
        document.refresh_from_db()
        before = document.editions.order_by("-number").first()
        earlier = earlier_paragraphs(before.passages(), _passages_of_all(document)) if before else ()
        composition = Composer(drafts.load(document), earlier=earlier).compose(progress=progress)
        found = checking.of(document, composition)
        checks.refuse(found.remarks, strict=user is not None if strict is None else strict)
        facts = document_facts(document, composition)
        with transaction.atomic():
            Document.objects.select_for_update().get(pk=document.pk)
            if _stamp(document) != stamp:
                continue
            # The text is the same, but somebody may have published or withdrawn it while it was rendered.
            document.refresh_from_db()
            last = document.editions.order_by("-number").first()
            if last is not None and _says_the_same(last, composition, facts):
                edition, message = last, _("Édition %d de nouveau publiée, sans changement.")
                waits = document.scheduled_for or document.review_asked_at
                if document.is_public and document.current_edition_id == last.pk and not waits:
                    return edition
            else:
                number = last.number + 1 if last else 1
                edition = _write(number, composition, facts, document, user, change_note)
                message = _("Édition %d publiée.")
            with recording(user=user, what=message % edition.number):
                end_review(document)
                document.scheduled_for = None
                make_current(document, edition, timezone.now())
            index_document(document)
            record(user, document, message % edition.number)
        return edition
    raise ValidationError(
        _("Ce document change pendant sa publication. Attendez que les modifications soient finies, puis recommencez.")
    )


def _stamp(document: Document) -> tuple[Any, ...]:
    """What changes whenever the draft does."""
    changed = Document.objects.filter(pk=document.pk).values_list("updated_at", "text_changed_at").get()
    sections = document.sections.aggregate(Count("pk"), Max("updated_at"))
    return (*changed, sections["pk__count"], sections["updated_at__max"])


def _passages_of_all(document: Document) -> QuerySet[Passage]:
    return Passage.objects.filter(page__edition__document=document).order_by("-page__edition__number", "pk")


def _says_the_same(edition: DocumentEdition, composition: Composition, facts: dict[str, Any]) -> bool:
    """Whether a new edition would differ from this one in nothing that is stored."""
    if edition.renderer != RENDERER_VERSION or edition.facts != facts:
        return False
    # Compared as JSON gives it back, in which a tuple is a list. What the notice says to readers is in the facts.
    text = {name: value for name, value in edition.text.draft.items() if name != "notice"}
    return bool(text == json.loads(json.dumps(drafts.freeze(composition.draft))))


def _write(
    number: int,
    composition: Composition,
    facts: dict[str, Any],
    document: Document,
    user: User | None,
    change_note: str,
) -> DocumentEdition:
    edition = DocumentEdition.objects.create(
        document=document,
        number=number,
        published_at=timezone.now(),
        published_by=user,
        change_note=change_note.strip()[:500],
        renderer=RENDERER_VERSION,
        title=document.title,
        facts=facts,
        outline=outline_items(composition),
    )
    draft = {**drafts.freeze(composition.draft), "notice": drafts.freeze_document(document)}
    EditionText.objects.create(edition=edition, draft=draft, whole=composition.whole)
    write_pages(edition, composition.pages)
    return edition


def write_pages(edition: DocumentEdition, composed_pages: list[ComposedPage]) -> None:
    """The pages and passages of an edition that has none."""
    pages = EditionPage.objects.bulk_create(
        [
            EditionPage(
                edition=edition,
                position=position,
                slug=composed.page.slug,
                title=composed.page.title,
                number=composed.page.number,
                kind=composed.page.kind,
                html=composed.rendered.html,
                outline=[
                    {"anchor": row.anchor, "title": row.title, "number": row.number, "depth": row.depth}
                    for row in composed.rendered.outline
                ],
                words=composed.rendered.words,
            )
            for position, composed in enumerate(composed_pages, start=1)
        ],
        batch_size=BATCH,
    )
    Passage.objects.bulk_create(
        [
            Passage(
                page=page,
                position=position,
                anchor=passage.anchor,
                kind=passage.kind,
                section=passage.section,
                language=passage.language,
                text=passage.text,
            )
            for page, composed in zip(pages, composed_pages, strict=True)
            for position, passage in enumerate(composed.rendered.passages, start=1)
        ],
        batch_size=BATCH,
    )
