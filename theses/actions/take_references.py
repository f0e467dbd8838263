"""Take references of another program into the bibliography of a document: new entries, and fields of known ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from publishing.citation import cite
from publishing.reference_files import new_key
from publishing.short_citation import short_citation
from theses.actions.changing import changing
from theses.alike import find_alike
from theses.csl_words import label, words
from theses.models import BibliographyEntry, Document

RIGHTS = ("theses.add_bibliographyentry", "theses.change_bibliographyentry")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What taking one reference would do."""

    csl: Mapping[str, Any]
    entry: BibliographyEntry | None
    """The entry that it is, where the bibliography has it already."""
    changes: Mapping[str, tuple[Any, Any]]
    """Field to what the entry has and what it would have."""

    @property
    def called(self) -> str:
        return short_citation(self.csl, "")

    @property
    def shown_changes(self) -> list[tuple[str, str, str]]:
        """Each change as an editor reads it: the field, what stands there, what would."""
        return [
            (label(name), words(name, old) if old else "", words(name, new))
            for name, (old, new) in self.changes.items()
        ]

    @property
    def does_nothing(self) -> bool:
        return self.entry is not None and not self.changes


def proposals(document: Document, items: Sequence[Mapping[str, Any]]) -> list[Proposal]:
    entries = list(document.bibliography.order_by("position", "pk"))
    return [_proposal(item, entries) for item in items]


def _proposal(item: Mapping[str, Any], entries: Sequence[BibliographyEntry]) -> Proposal:
    csl = {name: value for name, value in item.items() if name not in ("id", "raw") and value}
    named = str(item.get("id", ""))
    entry = next((known for known in entries if known.key == named), None) or find_alike(csl, entries)
    if entry is None:
        return Proposal(csl, None, {})
    before = entry.csl
    return Proposal(
        csl, entry, {name: (before.get(name), value) for name, value in csl.items() if before.get(name) != value}
    )


def take_references(*, document: Document, user: User | None, items: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """How many entries were added and how many updated. Raises PermissionDenied.

    Fields that a known entry has and the reference has not stay as they are, and so does its key.
    """
    added = updated = 0
    with changing(document=document, user=user, what=_("Références reçues d’un fichier."), rights=RIGHTS):
        entries = list(document.bibliography.select_for_update().order_by("position", "pk"))
        taken = {entry.key for entry in entries}
        position = max((entry.position for entry in entries), default=0)
        for item in items:
            # Looked at one by one: the second of two alike is the first one by then.
            proposal = _proposal(item, entries)
            if proposal.entry is None:
                key, position = new_key(dict(proposal.csl), taken), position + 1
                taken.add(key)
                raw = cite(proposal.csl, "apa", document.language).text or str(proposal.csl.get("title", key))
                csl = {**proposal.csl, "id": key}
                entries.append(
                    BibliographyEntry.objects.create(document=document, position=position, key=key, raw=raw, csl=csl)
                )
                added += 1
            elif proposal.changes:
                proposal.entry.csl = {**proposal.entry.csl, **proposal.csl}
                proposal.entry.save()
                updated += 1
    return added, updated
