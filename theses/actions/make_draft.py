"""Make the draft of a document what an edition froze; readers go on seeing what they see, and it can be undone."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.frozen_notice import thaw_fields, thaw_people
from publishing.models import AI_FIELDS
from publishing.putting_back import put_rows, thawed
from theses.actions.changing import changing
from theses.drafts import ENTRY_FIELDS, FIGURE_FIELDS
from theses.models import (
    Abstract,
    BibliographyEntry,
    Change,
    Document,
    DocumentContribution,
    DocumentEdition,
    EditionText,
    Figure,
    Section,
)
from theses.parts import RIGHTS, text_fields

WHOLE = ("title", "language", "lead", "page_depth")
"""Fields of the document that stand beside its text in what was frozen."""
NO_ANSWER = {**dict.fromkeys(AI_FIELDS, ""), "ai_reviewed_on": None}
"""Only what a section says on the use of AI is frozen."""


def has_notice(edition: DocumentEdition) -> bool:
    """Editions of before this was kept say nothing of the fields of their notice; that of the draft then stays."""
    return EditionText.objects.filter(edition=edition, draft__has_key="notice").exists()


def make_draft(*, edition: DocumentEdition, user: User | None) -> Change:
    """Text, figures, references, abstracts, people and notice become those of the edition; tags and address stay.

    Sections, figures and references keep their anchors and keys, so that the next edition keeps its addresses. Raises
    PermissionDenied, or ValidationError where nothing differs or a person of the edition is no longer known.
    """
    document = Document.objects.get(pk=edition.document_id)
    draft = EditionText.objects.get(edition=edition).draft
    what = _("L’édition %d est redevenue le brouillon.") % edition.number
    with changing(document=document, user=user, what=what, rights=RIGHTS) as change:
        document.refresh_from_db()
        sections = [{**NO_ANSWER, **row} for row in draft["sections"]]
        written = _put(Section, document, sections, ("slug",))
        written += _put(Figure, document, _only(draft["figures"], (*FIGURE_FIELDS, "image")), ("key",))
        written += _put(BibliographyEntry, document, _only(draft["entries"], ENTRY_FIELDS), ("key",))
        goal = copy(document)
        notice = draft.get("notice")
        if notice is not None:
            which = {"document_id": document.pk}
            people = thaw_people(DocumentContribution, which, notice)
            written += put_rows(DocumentContribution, which, people, text_fields(DocumentContribution))
            written += _put(Abstract, document, notice["abstracts"], ("language",))
            goal = thaw_fields(document, notice)
        for name in WHOLE:
            setattr(goal, name, draft[name])
        written += put_rows(Document, {"id": document.pk}, [goal], text_fields(Document), keep_others=True)
        if not written:
            raise ValidationError(_("Le brouillon dit déjà ce que dit cette édition : il n’y a rien à reprendre."))
    return change


def _put(model: Any, document: Document, values: list[dict[str, Any]], same: tuple[str, ...]) -> int:
    which = {"document_id": document.pk}
    return put_rows(model, which, thawed(model, which, values, same), text_fields(model))


def _only(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in names if name in row} for row in rows]
