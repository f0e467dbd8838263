"""What readers may see of a document right now: the one question that each request for a stored page asks.

The answer goes into the key of the stored page, so it names all that can change at the same address: the edition, the
renderer that wrote it, and the last publication, which every new or restored edition renews.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from publishing.models import State
from publishing.serving import Lookup
from theses.models import Document, DocumentEdition

_current = Lookup(
    lambda slug: (
        Document.objects.filter(slug=slug)
        .order_by()
        .values_list("state", "published_at", "current_edition", "current_edition__renderer")
    ),
    "slug",
)
_editions = Lookup(
    lambda slug: (
        DocumentEdition.objects.filter(document__slug=slug)
        .order_by("-number")
        .values_list(
            *("document__state", "document__published_at", "document__current_edition"),
            *("pk", "number", "renderer", "published_at", "change_note"),
        )
    ),
    "slug",
)
_edition = Lookup(
    lambda slug, number: (
        DocumentEdition.objects.filter(document__slug=slug, number=number)
        .order_by()
        .values_list("document__state", "published_at", "pk", "renderer", "document__current_edition")
    ),
    "slug",
    1,
)
LARGEST = 2**31 - 1
"""The number of no edition is larger; the database refuses to look for one."""


@dataclass(frozen=True, slots=True)
class Standing:
    edition: int
    """Primary key of the edition that is shown."""
    shows: tuple[object, ...]
    """As `publishing.serving.answer` wants it."""
    newer: bool = False
    """Whether readers see another edition under the address of the document."""
    editions: tuple[DocumentEdition, ...] = ()
    """All editions, the last one first, with no more than a list says of them; only for a cover."""


def current(slug: str) -> Standing | None:
    """The edition under the address of the document; None where the public sees none."""
    for state, published_at, edition, renderer in _current(slug):
        if state == State.PUBLISHED and edition:
            return Standing(edition, ("work", published_at, edition, renderer))
    return None


def numbered(slug: str, number: int) -> Standing | None:
    """One edition under its own address."""
    for state, published_at, edition, renderer, shown in _edition(slug, min(number, LARGEST)):
        if state == State.PUBLISHED:
            newer = edition != shown
            return Standing(edition, ("edition", published_at, edition, renderer, newer), newer)
    return None


def cover(slug: str, number: int | None = None) -> Standing | None:
    """The edition with that number, or the current one, and the list of all editions, which a cover shows."""
    rows = _editions(slug)
    listed = tuple(
        DocumentEdition(pk=pk, number=no, change_note=note, published_at=_aware(at))
        for _, _, _, pk, no, _, at, note in rows
    )
    for state, published_at, shown, pk, no, renderer, _, _ in rows:
        if state == State.PUBLISHED and (no == number or (number is None and pk == shown)):
            return Standing(pk, ("cover", published_at, pk, renderer, pk != shown, rows), pk != shown, listed)
    return None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
