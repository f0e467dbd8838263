"""References alone: a JSON list of ``{"id", "raw"}``, or a text with one entry a line, to ``{"id", "raw", "csl"}``."""

from __future__ import annotations

import json
from typing import Any

from manuscript.references.listing import parse_references


def references_as_json(data: bytes) -> list[dict[str, Any]]:
    """Read a file of references. Never raises: bytes that are no UTF-8 and JSON that is no list are read as lines."""
    text = data.decode("utf-8-sig", errors="replace")
    rows = _rows(text)
    items = parse_references([raw for _, raw in rows])
    return [{"id": key, "raw": raw, "csl": csl} for (key, raw), csl in zip(rows, items, strict=True)]


def _rows(text: str) -> list[tuple[Any, str]]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        loaded = None
    if isinstance(loaded, list):
        rows: list[tuple[Any, str]] = []
        for index, row in enumerate(loaded, 1):
            if isinstance(row, str):
                rows.append((index, row))
            elif isinstance(row, dict) and isinstance(row.get("raw"), str):
                rows.append((row.get("id", index), row["raw"]))
        return rows
    return [(index, line.strip()) for index, line in enumerate(text.splitlines(), 1) if line.strip()]
