"""An upload that waits, as its screens take it: bytes, decisions so far, reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from imports import staging
from imports.actions.import_source import read_source
from imports.decisions import Decisions
from imports.staging import Staged
from imports.views.shared import importers_only
from manuscript.corrections import Correction
from manuscript.model import Manuscript


@lru_cache(maxsize=4)
def read_kept(data: bytes, *, name: str, corrections: tuple[Correction, ...]) -> Manuscript:
    """A thesis takes a second or two to read, and its importer goes to and fro between its screens."""
    return read_source(data, name=name, corrections=corrections)


@dataclass(frozen=True, slots=True)
class Waiting:
    staged: Staged
    data: bytes
    rows: dict[str, Any]
    """`decisions` about lines and findings, and the `fields` of the form as they were last sent."""

    @property
    def decisions(self) -> Decisions:
        return Decisions.from_json(self.rows.get("decisions", {}))

    def read(self) -> Manuscript:
        """Raises ImportRefused."""
        return read_kept(self.data, name=self.staged.name, corrections=self.decisions.corrections)


def waiting_or_404(request: HttpRequest, token: str) -> Waiting:
    importers_only(request)
    found = staging.unstage(request.user, token)
    if found is None:
        raise Http404(_("Ce fichier n’attend plus : il a été importé, abandonné, ou son délai est passé."))
    return Waiting(*found, staging.decided_so_far(request.user, token))
