"""Put an earlier edition back before readers; the draft, its schedule and all editions stay as they are."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from publishing.actions.make_current import make_current
from publishing.actions.permission import record, require_publisher
from publishing.history import recording
from theses.models import Document, DocumentEdition
from theses.searching import index_document


def restore(*, edition: DocumentEdition, user: User | None) -> Document:
    """Raises PermissionDenied, or ValidationError where readers see this edition already."""
    require_publisher(user, edition.document)
    with transaction.atomic():
        document: Document = Document.objects.select_for_update().get(pk=edition.document_id)
        if document.is_public and document.current_edition_id == edition.pk:
            raise ValidationError(_("Les lecteurs voient déjà cette édition."))
        with recording(user=user, what=_("Édition %d rétablie.") % edition.number):
            # The draft holds what was written since: it counts as changed, and can be published.
            make_current(document, edition, edition.published_at)
        index_document(document)
        record(user, document, _("Édition %d rétablie.") % edition.number)
    return document
