"""What every action on the text of a document has around it: the right, one transaction, one entry in the history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import transaction

from publishing.actions.permission import record
from publishing.history import current_act, recording
from theses.actions.permission import require_right
from theses.models import Change, Document


@contextmanager
def changing(
    *, document: Document, user: User | None, what: str, rights: tuple[str, ...] = ("theses.change_section",)
) -> Iterator[Change]:
    """The change under way, which can be undone once the block ends. Raises PermissionDenied.

    Writers of one document wait for each other from the first line of the block on. What the user had undone can then
    no longer be done again; it stays in the history.
    """
    for right in rights:
        require_right(user, right)
    what = what[:500]
    with transaction.atomic(), recording(user=user, what=what) as act:
        Document.objects.select_for_update().only("pk").get(pk=document.pk)
        change = Change(document=document, user=user, what=what, moment=act.moment)
        yield change
        Change.objects.filter(document=document, user=user, done=False).delete()
        change.save()
        Document.objects.text_changed(document.pk)
        record(user, document, change.what)


def name(change: Change, what: str) -> None:
    """Say what is being changed, once that is known and before anything is written."""
    change.what = current_act().what = what[:500]
