"""A corrected source of a work that is edited already: its changes are made on the draft, or nothing is."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from imports.actions.import_source import Actor, clean_name, read_source, refuse_unreadable, stored_name
from imports.decisions import Decisions, decided, storable
from imports.drafts.supply import Supply
from imports.following import followed
from imports.merging import Choice, Merged, merge
from imports.models import SourceFile
from imports.refusals import ImportRefused
from imports.reports import READER, report
from imports.storing import store_article, store_document
from imports.versions import version_of_draft, version_of_source
from manuscript.corrections import Correction, settled
from manuscript.decoding import decode
from manuscript.model import Manuscript
from publishing.actions.permission import record
from publishing.history import recording
from theses.actions.changing import changing
from theses.models import Document

logger = logging.getLogger(__name__)


class Reader(Protocol):
    def __call__(self, data: bytes, *, name: str, corrections: tuple[Correction, ...]) -> Manuscript: ...


class ConflictsOpen(ImportRefused):
    """Somebody has to decide first: some conflicts have no choice, or others than when the choices were made."""

    def __init__(self, merged: Merged) -> None:
        count = len(merged.open)
        sentence = ngettext("%d conflit attend une décision.", "%d conflits attendent une décision.", count) % count
        super().__init__(sentence)
        self.merged = merged


@dataclass(frozen=True, slots=True)
class Readings:
    """The source before, read again with its decisions, and the source now, read with those decisions and its own."""

    before: Manuscript
    now: Manuscript
    earlier: SourceFile
    decisions: Decisions


def may_merge(user: Actor, work: Article | Document) -> bool:
    """Whether this account may import a new source of this work."""
    permissions = ["imports.add_sourcefile", f"{work._meta.app_label}.change_{work._meta.model_name}"]
    return user is None or (user.is_active and user.has_perms(permissions))


def earlier_source(work: Article | Document, sha256: str) -> SourceFile | None:
    """The source that the draft follows; where these bytes are it already, the one before."""
    return work.sources.exclude(sha256=sha256).order_by("-imported_at", "-pk").first()


def may_be_merged_again(source: SourceFile) -> bool:
    """Whether a source that is known may be merged once more, as after its merge was undone: only the last one."""
    work = source.work
    if work is None:
        return False
    last = list(work.sources.order_by("-imported_at", "-pk")[:2])
    return len(last) == 2 and last[0] == source


def read_both(
    *, work: Article | Document, data: bytes, name: str, decisions: Decisions | None = None, read: Reader = read_source
) -> Readings:
    """Read both sources, with `read` where the caller keeps readings.

    Raises ImportRefused where this is no new source of the work, or the earlier one is gone.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    known = SourceFile.objects.select_related("article", "document").filter(sha256=sha256).first()
    if known is not None and known.work is not None and not (known.work == work and may_be_merged_again(known)):
        raise ImportRefused(_("Ces octets sont déjà importés : c’est « %s ». Rien n’a changé.") % known.work)
    earlier = earlier_source(work, sha256)
    if earlier is None:
        raise ImportRefused(_("« %s » ne vient d’aucun fichier source : il n’y a rien à comparer.") % work)
    before_decisions = Decisions.from_json(earlier.decisions)
    earlier_data = _bytes(earlier)
    decisions = carried(before_decisions, decisions or Decisions(), _lines(earlier_data), _lines(data))
    before = read(earlier_data, name=earlier.name, corrections=before_decisions.corrections)
    now = read(data, name=clean_name(name), corrections=decisions.corrections)
    refuse_unreadable(now)
    return Readings(decided(before, before_decisions), decided(now, decisions), earlier, decisions)


def carried(before: Decisions, now: Decisions, lines_before: list[str], lines_now: list[str]) -> Decisions:
    """The decisions about the earlier source, and over them those about this one.

    Those about a line whose wording the source has corrected go over to the line that took its place.
    """
    rows = now.as_json()
    kept = {name: value for name, value in before.as_json().items() if name not in ("corrections", "answers", "slug")}
    answers = {(row.code, row.text): row for row in (*before.answers, *now.answers)}
    return replace(
        Decisions.from_json({**kept, **rows}),
        corrections=settled([*followed(before.corrections, lines_before, lines_now), *now.corrections]),
        answers=tuple(answers.values()),
    )


def compare(readings: Readings, work: Article | Document, choices: Mapping[str, Choice] | None = None) -> Merged:
    """The merge as it would be now; nothing is stored."""
    before = version_of_source(readings.before, work)
    return merge(before, version_of_source(readings.now, work), version_of_draft(work), choices)


def merge_source(
    *,
    work: Article | Document,
    data: bytes,
    name: str,
    user: Actor,
    decisions: Decisions | None = None,
    choices: Mapping[str, Choice] | None = None,
    keep_mine: bool = False,
    readings: Readings | None = None,
) -> tuple[SourceFile, Merged]:
    """Make the changes of a source on the draft of a work, and keep the source with it.

    The merge is made again on the draft as it stands, so a choice that was made about another wording does not count.
    `keep_mine` lets the draft's side stand where there is no choice; without it such a conflict raises ConflictsOpen.
    `readings` spares reading again what was just read. Raises PermissionDenied and ImportRefused too.
    """
    if not may_merge(user, work):
        raise PermissionDenied(_("Votre compte ne permet pas de mettre à jour cette œuvre."))
    readings = readings or read_both(work=work, data=data, name=name, decisions=decisions)
    supply = Supply()
    try:
        with transaction.atomic():
            held = type(work)._default_manager.select_for_update(of=("self",)).get(pk=work.pk)
            if earlier_source(held, readings.now.source.sha256) != readings.earlier:
                raise ImportRefused(_("Une autre source a été fusionnée entre-temps : comparez de nouveau."))
            merged = compare(readings, held, choices)
            if merged.open and not keep_mine:
                raise ConflictsOpen(merged)
            _store(held, merged, user, _("Mis à jour d’après le fichier « %s ».") % clean_name(name))
            return _keep_source(held, data, clean_name(name), user, readings, merged, supply), merged
    except BaseException:
        supply.undo()
        raise


def _store(work: Article | Document, merged: Merged, user: Actor, what: str) -> None:
    """One act of the history, which can be undone as a whole where the work is a document."""
    actor = user if isinstance(user, User) else None
    if isinstance(work, Document):
        with changing(document=work, user=actor, what=f"{what} {summary(merged)}", rights=("theses.change_document",)):
            store_document(work, merged.version)
    else:
        with recording(user=actor, what=what):
            store_article(work, merged.version)
        record(actor, work, f"{what} {summary(merged)}")


def _keep_source(
    work: Article | Document,
    data: bytes,
    name: str,
    user: Actor,
    readings: Readings,
    merged: Merged,
    supply: Supply,
) -> SourceFile:
    sha256 = readings.now.source.sha256
    source = SourceFile.objects.filter(sha256=sha256).first() or SourceFile(name=name, sha256=sha256, size=len(data))
    if not source.file:
        source.file.save(stored_name(name, sha256), ContentFile(data), save=False)
        supply.keep(source.file.storage, source.file.name or "")
    source.article, source.document = (work, None) if isinstance(work, Article) else (None, work)
    source.reader, source.decisions = READER, storable(readings.decisions.as_json())
    source.report = report(readings.now, [summary(merged)])
    source.imported_by = user  # type: ignore[assignment]
    source.save()
    logger.info("Merged %s into %s %s", sha256[:12], work._meta.model_name, work.pk)
    if user is not None and user.pk is not None:
        LogEntry.objects.log_actions(int(user.pk), [source], CHANGE, change_message=summary(merged), single_object=True)
    return source


def summary(merged: Merged) -> str:
    """What the merge did, in one sentence."""
    return _(
        "Changements de la source suivis : %(followed)d. De la rédaction gardés : %(kept)d. Conflits : %(conflicts)d."
    ) % {
        "followed": merged.followed,
        "kept": merged.kept,
        "conflicts": len(merged.conflicts),
    }


def _lines(data: bytes) -> list[str]:
    return decode(data).text.split("\n")


def _bytes(source: SourceFile) -> bytes:
    try:
        with source.file.open("rb") as file:
            data: bytes = file.read(settings.SOURCE_MAX_SIZE)
            return data
    except FileNotFoundError:
        raise ImportRefused(_("La source précédente n’est plus dans le dépôt : il n’y a rien à comparer.")) from None
