"""What the printed contents of a source promise, and what of it the reading found."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from manuscript.model import Manuscript, Promise

MOST = 200
"""Promises without heading that a report keeps."""


def promises(manuscript: Manuscript) -> dict[str, Any]:
    """`{entries, found, restored, missing}` of the tables that name headings: a list of figures promises none."""
    tables: dict[int, list[Promise]] = defaultdict(list)
    for row in manuscript.promises:
        tables[row.table].append(row)
    rows = [row for table in tables.values() if any(row.section is not None for row in table) for row in table]
    missing = [row for row in rows if row.section is None]
    return {
        "entries": len(rows),
        "found": sum(row.section is not None and not row.restored for row in rows),
        "restored": sum(row.restored for row in rows),
        "missing": [
            {"title": row.title, "number": row.number or "", "page": row.page or "", "line": row.line}
            for row in missing[:MOST]
        ],
    }
