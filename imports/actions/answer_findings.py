"""Answer findings of a source that was imported: accept them, or say that they are none."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import ngettext

from imports.deciding import with_verdict
from imports.decisions import Decisions, Verdict, storable
from imports.models import SourceFile
from manuscript.decoding import decode
from manuscript.model import Finding, Severity

logger = logging.getLogger(__name__)


def may_answer(user: User, source: SourceFile) -> bool:
    """Whoever imports, and whoever may change the work that was made of the source."""
    work = source.work
    mine = work is not None and user.has_perm(f"{work._meta.app_label}.change_{work._meta.model_name}")
    return mine or user.has_perm("imports.add_sourcefile")


def answer_findings(*, source: SourceFile, user: User, keys: Iterable[tuple[str, int]], verdict: Verdict) -> int:
    """Count of the findings with these codes and lines, which are answered now. Raises PermissionDenied."""
    if not may_answer(user, source):
        raise PermissionDenied
    wanted = set(keys)
    with transaction.atomic():
        locked = SourceFile.objects.select_for_update().get(pk=source.pk)
        findings = [
            Finding(**{**row, "severity": Severity(row["severity"])})
            for row in locked.report.get("findings", ())
            if (row["code"], row["line"]) in wanted
        ]
        if not findings:
            return 0
        with locked.file.open("rb") as file:
            lines = decode(file.read()).text.split("\n")
        decisions = with_verdict(Decisions.from_json(locked.decisions), lines, findings, verdict)
        locked.decisions = storable(decisions.as_json())
        locked.save(update_fields=["decisions"])
        count = len(findings)
        message = ngettext("%d constat traité.", "%d constats traités.", count) % count
        LogEntry.objects.log_actions(user.pk, [locked], CHANGE, message, single_object=True)
    logger.info("Answered %d findings of source %s", count, source.pk)
    return count
