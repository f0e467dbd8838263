"""One source becomes one draft: the bytes are kept, the reading is made, the work is written, or nothing is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

import manuscript as reader
from articles.models import Article
from imports.decisions import Decisions, decided, storable
from imports.drafts.article import create_article
from imports.drafts.document import create_document
from imports.drafts.supply import Pictures, Supply
from imports.models import SourceFile
from imports.refusals import ImportRefused
from imports.reports import READER, report
from manuscript.corrections import Correction
from manuscript.decoding import decode
from manuscript.model import DocumentKind, Manuscript
from publishing.history import recording
from theses.models import Document

Actor = User | AnonymousUser | None
"""Who acts; None is whoever holds the console of the server."""

logger = logging.getLogger(__name__)

ATTEMPTS = 6
"""Two imports that meet on the same bytes or the same address: the second begins again and sees the first."""


@dataclass(frozen=True, slots=True)
class Imported:
    source: SourceFile
    work: Article | Document
    created: bool
    """False where these bytes had been imported before: nothing was changed."""
    remarks: list[str] = field(default_factory=list)
    """What the import had to settle, as sentences."""


def import_source(
    *,
    data: bytes,
    name: str,
    user: Actor,
    decisions: Decisions | None = None,
    pictures: Pictures | None = None,
    manuscript: Manuscript | None = None,
) -> Imported:
    """Import `data` as a draft, or find the work that it already is.

    `manuscript` spares a second reading where the caller has just read the same bytes, with the same corrections.
    Raises PermissionDenied, and ImportRefused with a sentence; on any failure the database and the files are as they
    were. It opens its own transaction, so it must not be called within one.
    """
    decisions = decisions or Decisions()
    _may(user, "imports.add_sourcefile")
    name = clean_name(name)
    read = manuscript if manuscript is not None else read_source(data, name=name, corrections=decisions.corrections)
    refuse_unreadable(read)
    read = decided(read, decisions)
    _may(user, "articles.add_article" if is_article(read) else "theses.add_document")
    for attempt in range(1, ATTEMPTS + 1):
        supply = Supply(pictures)
        try:
            with transaction.atomic(durable=True), recording(user=user, what=_("Import de « %s »") % name):
                return _import(data, name, user, decisions, read, supply)
        except IntegrityError:
            supply.undo()
            if attempt == ATTEMPTS:
                raise
        except BaseException:
            supply.undo()
            raise
    raise AssertionError


def read_source(data: bytes, *, name: str, corrections: Iterable[Correction] = ()) -> Manuscript:
    """The reading of bytes that are neither too many nor none. Raises ImportRefused."""
    refuse_at_sight(data)
    return reader.read(data, name=name, corrections=corrections)


def refuse_at_sight(data: bytes) -> None:
    """Raises ImportRefused for what needs no reading to be refused: too much, nothing, or no text."""
    if len(data) > settings.SOURCE_MAX_SIZE:
        raise ImportRefused(too_large(len(data)))
    if not data.strip():
        raise ImportRefused(_("Ce fichier est vide."))
    problem = decode(data).problem
    if problem:
        raise ImportRefused(problem)


def too_large(size: int) -> str:
    megabyte = 1024 * 1024
    return _("Le fichier pèse %(size)d Mo ; la limite est de %(limit)d Mo.") % {
        "size": -(-size // megabyte),
        "limit": settings.SOURCE_MAX_SIZE // megabyte,
    }


def refuse_unreadable(manuscript: Manuscript) -> None:
    """Raises ImportRefused where there is no text to make a work of."""
    if manuscript.source.format == "unreadable":
        raise ImportRefused(" ".join(finding.message for finding in manuscript.findings) or _("Fichier illisible."))
    if manuscript.source.format in {"bibtex", "ris", "csl-json"}:
        raise ImportRefused(_("Ce fichier ne contient que des références bibliographiques : il n’y a pas de texte."))
    if not manuscript.lead.strip() and not manuscript.sections:
        raise ImportRefused(_("Ce fichier ne contient aucun texte."))


def is_article(manuscript: Manuscript) -> bool:
    return manuscript.metadata.kind == DocumentKind.ARTICLE


def clean_name(name: str) -> str:
    """The last part of a name, whatever path or character the sender put into it."""
    last = re.split(r"[/\\]", str(storable(name)))[-1]
    last = " ".join(re.sub(r"[\x01-\x1f\x7f]", " ", last).split()).strip(". ")
    return last[-300:] or "source.txt"


def _may(user: Actor, permission: str) -> None:
    if user is not None and not (user.is_active and user.has_perm(permission)):
        raise PermissionDenied(_("Votre compte ne permet pas d’importer ce genre de texte."))


def _import(
    data: bytes,
    name: str,
    user: Actor,
    decisions: Decisions,
    manuscript: Manuscript,
    supply: Supply,
) -> Imported:
    source = (
        SourceFile.objects.select_for_update(of=("self",))
        .select_related("article", "document")
        .filter(sha256=manuscript.source.sha256)
        .first()
    )
    if source is not None and source.work is not None:
        return Imported(source, source.work, created=False)
    if source is None:
        source = SourceFile(name=name, sha256=manuscript.source.sha256, size=len(data))
        source.file.save(stored_name(name, manuscript.source.sha256), ContentFile(data), save=False)
        supply.keep(source.file.storage, source.file.name or "")
        # Written before the work: where two imports meet on the same bytes, the second stops here.
        source.reader = READER
        source.save()
    remarks: list[str] = []
    work: Article | Document
    if is_article(manuscript):
        work = source.article = create_article(manuscript, slug=decisions.slug, supply=supply, remarks=remarks)
    else:
        work = source.document = create_document(manuscript, slug=decisions.slug, supply=supply, remarks=remarks)
    if decisions.ai_level is not None:
        work.ai_level = decisions.ai_level
        work.save(update_fields=["ai_level", "updated_at"])
    source.reader = READER
    source.report = report(manuscript, remarks)
    source.decisions = storable(decisions.as_json())
    source.imported_by = user  # type: ignore[assignment]
    source.save()
    _log(user, source, work)
    return Imported(source, work, created=True, remarks=remarks)


def stored_name(name: str, sha256: str) -> str:
    path = PurePosixPath(name)
    suffix = path.suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,10}", path.suffix) else ".txt"
    return f"{sha256[:12]}-{slugify(path.stem)[:80] or 'source'}{suffix.lower()}"


def _log(user: Actor, source: SourceFile, work: Article | Document) -> None:
    logger.info("Imported %s as %s %s", source.sha256[:12], work._meta.model_name, work.pk)
    if user is None or user.pk is None:
        return
    message = _("Importé du fichier « %s ».") % source.name
    rows: tuple[Model, ...] = (source, work)
    for row in rows:
        LogEntry.objects.log_actions(int(user.pk), [row], ADDITION, change_message=message, single_object=True)
