"""Ask for the links of a bibliography to be followed; follow those that wait, a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from theses.actions.permission import require_right
from theses.models import Document, LinkCheck
from theses.reference_links import Answer, follow

AT_ONCE = 6
A_BATCH = 60
_one_at_a_time = threading.Lock()


def ask_for_links(*, document: Document, user: User | None) -> int:
    """How many addresses wait to be followed now. Raises PermissionDenied."""
    require_right(user, "theses.change_bibliographyentry")
    with transaction.atomic():
        checks = [
            LinkCheck(entry=entry, address=address[:2000], requested_at=timezone.now())
            for entry in document.bibliography.all()
            if (address := address_of(entry.csl))
        ]
        LinkCheck.objects.filter(entry__document=document).delete()
        LinkCheck.objects.bulk_create(checks)
    return len(checks)


def address_of(csl: dict[str, object]) -> str:
    if csl.get("URL"):
        return str(csl["URL"])
    return f"https://doi.org/{csl['DOI']}" if csl.get("DOI") else ""


def follow_waiting(following: Callable[[str], Answer] = follow) -> int:
    """Follow all addresses that wait, of all documents, and keep what came of each: how many they were.

    One run at a time in a process; what a killed one left waits for the next.
    """
    done = 0
    with _one_at_a_time, ThreadPoolExecutor(AT_ONCE) as pool:
        while waiting := list(LinkCheck.objects.filter(state=LinkCheck.State.WAITING)[:A_BATCH]):
            for check, answer in zip(waiting, pool.map(following, [row.address for row in waiting]), strict=True):
                # An entry that was deleted meanwhile, or asked for again, keeps what it has.
                LinkCheck.objects.filter(pk=check.pk, requested_at=check.requested_at).update(
                    state=answer.state, said=answer.said, checked_at=timezone.now()
                )
                done += 1
    return done


def follow_in_background() -> None:
    """After the request that asked: the answer of the page does not wait for the sites of others."""
    transaction.on_commit(partial(threading.Thread(target=_run, name="reference-links", daemon=True).start))


def _run() -> None:
    try:
        follow_waiting()
    finally:
        connection.close()
