"""CSL-JSON files: the items as they are, made safe to use.

before: [{"title": ["Un <i>titre</i>"], "issued": {"date-parts": [["2020", "3"]]}, "author": [{...}, "Petit"]}]
after:  [{"type": "document", "title": "Un titre", "issued": {"date-parts": [[2020, 3]]}, "author": [{...}, {...}]}]
"""

from __future__ import annotations

import json
import re
from typing import Any

from manuscript.references.exchange.items import date_of, name_of
from manuscript.references.markup import tidy

DATES = ("issued", "accessed", "original-date", "event-date", "submitted", "available-date")
NAMES = (
    "author",
    "editor",
    "translator",
    "container-author",
    "collection-editor",
    "director",
    "interviewer",
    "recipient",
    "reviewed-author",
    "composer",
    "illustrator",
    "original-author",
    "chair",
    "contributor",
    "curator",
    "organizer",
    "performer",
    "producer",
)
NAME_PARTS = ("family", "given", "literal", "non-dropping-particle", "dropping-particle", "suffix")
_TAGS = re.compile(r"</?(?:i|b|em|strong|sup|sub|span|sc)(?:\s[^<>]{0,200})?>", re.IGNORECASE)


def read_csl_json(text: str) -> list[dict[str, Any]]:
    """The items of a CSL-JSON file: a list, one item, or ``{"items": [...]}``. What is no JSON gives an empty list."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return []
    if isinstance(data, dict):
        data = data["items"] if isinstance(data.get("items"), list) else [data]
    if not isinstance(data, list):
        return []
    return [_item(row) for row in data if isinstance(row, dict)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return tidy(_TAGS.sub("", str(value)))


def _item(row: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {"type": _text(row.get("type")) or "document", "title": _text(row.get("title"))}
    for key, value in row.items():
        if key in ("type", "title") or not isinstance(key, str):
            continue
        if key in NAMES:
            people = [p for p in (_name(v) for v in value) if p] if isinstance(value, list) else []
            if people:
                item[key] = people
        elif key in DATES:
            date = _date(value)
            if date:
                item[key] = date
        elif kept := _text(value):
            item[key] = kept
    return item


def _name(value: Any) -> dict[str, str] | None:
    if isinstance(value, str):
        return name_of(value)
    if not isinstance(value, dict):
        return None
    name = {part: _text(value[part]) for part in NAME_PARTS if _text(value.get(part))}
    return name if name.get("family") or name.get("literal") else None


def _date(value: Any) -> dict[str, Any] | None:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return date_of(str(value))
    if not isinstance(value, dict):
        return None
    rows = value.get("date-parts")
    parts = []
    for row in rows if isinstance(rows, list) else []:
        numbers = [int(v) for v in row if str(v).strip().isdigit()] if isinstance(row, list) else []
        if numbers:
            parts.append(numbers[:3])
    if parts:
        return {"date-parts": parts[:2]}
    return date_of(_text(value.get("raw")) or _text(value.get("literal")))
