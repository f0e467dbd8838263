"""What a reading understood, counted and signalled: stored with the source, shown to the importer."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from imports.decisions import storable
from imports.promises import promises
from manuscript.interchange import SCHEMA
from manuscript.model import Manuscript, Severity

READER = SCHEMA
"""Stamped on each source: a reading of another version may be made again."""

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
"""The gravest first."""


def counts(manuscript: Manuscript) -> dict[str, int]:
    """How much there is of everything that an editor would look for."""
    texts = [manuscript.lead, *(section.body for section in manuscript.sections)]
    return {
        "words": sum(len(text.split()) for text in texts),
        "sections": len(manuscript.sections),
        "notes": len(manuscript.footnotes),
        "figures": len(manuscript.figures),
        "tables": len(manuscript.tables),
        "references": len(manuscript.references),
        "citations": len(manuscript.citations),
        "joins": len(manuscript.joins),
        "discarded": len(manuscript.discarded),
    }


def count_labels() -> dict[str, str]:
    return {
        "words": _("Mots"),
        "sections": _("Titres"),
        "notes": _("Notes"),
        "figures": _("Figures"),
        "tables": _("Tableaux"),
        "references": _("Références"),
        "citations": _("Citations"),
        "joins": _("Coupures réparées"),
        "discarded": _("Passages écartés"),
    }


def by_severity(manuscript: Manuscript) -> dict[str, int]:
    found = Counter(finding.severity for finding in manuscript.findings)
    return {severity.value: found[severity] for severity in SEVERITIES}


def mentions(manuscript: Manuscript) -> list[str]:
    """Lines of a title page that no field of the metadata holds whole: shown, so that none is lost to the importer."""
    metadata = manuscript.metadata
    known = _words(" ".join(str(value) for value in asdict(metadata).values()))
    return [
        " ".join(block.text.replace("*", "").split())
        for block in manuscript.blocks
        if block.type == "metadata" and not block.text.startswith("---") and _words(block.text) - known
    ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}|\d+", text.casefold()))


def report(manuscript: Manuscript, remarks: list[str]) -> dict[str, Any]:
    """The report as JSON. `remarks` are what the import itself had to settle, as sentences."""
    result: dict[str, Any] = storable(
        {
            "reader": READER,
            "source": asdict(manuscript.source),
            "kind": manuscript.metadata.kind.value,
            "title": manuscript.metadata.title,
            "counts": counts(manuscript),
            "severities": by_severity(manuscript),
            "findings": [{**asdict(finding), "severity": finding.severity.value} for finding in manuscript.findings],
            "outline": [
                {
                    "line": section.line,
                    "title": section.title,
                    "number": section.number or "",
                    "depth": section.depth,
                    "source_depth": section.source_depth,
                    "reason": section.reason,
                    "kind": section.kind.value,
                }
                for section in manuscript.sections
            ],
            "promises": promises(manuscript),
            "extra": manuscript.metadata.extra,
            "mentions": mentions(manuscript),
            "remarks": remarks,
        }
    )
    return result
