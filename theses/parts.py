"""The rows that together are the draft of a document, as the history of the work knows them."""

from __future__ import annotations

from typing import Any

from publishing.putting_back import NOT_OF_THE_TEXT
from theses.models import Abstract, BibliographyEntry, Document, DocumentContribution, Figure, Section

PARTS: tuple[Any, ...] = (Section, Figure, BibliographyEntry, Abstract, DocumentContribution)
"""Models with a `document`, in the order in which a reader meets them."""

RIGHTS = (
    "theses.change_document",
    *(f"theses.{verb}_{model._meta.model_name}" for model in PARTS for verb in ("add", "change", "delete")),
)
"""What one must be allowed in order to put a whole work back."""


def text_fields(model: Any) -> list[str]:
    """The columns of a row that an editor may put back."""
    names = [kept.attname for kept in model.history.model.tracked_fields]
    if model is Document:
        return [name for name in names if name not in NOT_OF_THE_TEXT]
    return [name for name in names if name not in {"id", "updated_at", "document_id"}]


def which(model: Any, document: Document) -> dict[str, Any]:
    """The condition on versions or rows of a model that belong to this document."""
    return {"id": document.pk} if model is Document else {"document_id": document.pk}
