"""What the check before publication learns from the import: findings that nobody answered yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from imports.models import SourceFile
from manuscript.model import Severity
from publishing.checks import Remark, SiteLink
from publishing.models import Publication

DOUBTS = (Severity.ERROR.value, Severity.WARNING.value)


def doubtful_findings(work: Publication, links: list[SiteLink]) -> Iterator[Remark]:
    """One remark for each doubt that the last reading of the work left."""
    source = SourceFile.objects.filter(**{str(work._meta.model_name): work.pk}).order_by("-imported_at").first()
    if source is None:
        return
    report = reverse("admin:imports_sourcefile_change", args=[source.pk])
    for finding in left(source):
        place = _("Import, ligne %d") % finding["line"]
        # The fragment stands within the folded group of its kind, which opens for it.
        address = f"{report}#constats-{finding['code']}"
        yield Remark("finding-unanswered", finding["message"], place=place, address=address)


def left(source: SourceFile) -> list[dict[str, Any]]:
    """The doubts of a reading that were neither accepted nor dismissed."""
    answered = {(row["code"], row["line"]) for row in source.decisions.get("answers", ())}
    return [
        finding
        for finding in source.report.get("findings", ())
        if finding["severity"] in DOUBTS and (finding["code"], finding["line"]) not in answered
    ]
