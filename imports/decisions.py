"""What the importer decides instead of the reading: the metadata of a manuscript, corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from typing import Any

from manuscript.model import DocumentKind, Manuscript, Person

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""A YAML escape can make them of harmless bytes; no database stores them."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """None means « as it was read »; an empty value means « nothing »."""

    kind: DocumentKind | None = None
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[Person, ...] | None = None
    date: str | None = None
    """ISO 8601 with its precision: `2025`, `2025-09` or `2025-09-14`."""
    slug: str | None = None
    language: str | None = None
    description: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Only what was decided, ready for a JSON column."""
        rows = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.authors is not None:
            rows["authors"] = [{key: text for key, text in asdict(person).items() if text} for person in self.authors]
        return {name: value for name, value in rows.items() if value is not None}


def decided(manuscript: Manuscript, decisions: Decisions) -> Manuscript:
    """The manuscript with the decisions in place of what was read, and nothing that a database refuses."""
    corrected = {
        field.name: getattr(decisions, field.name)
        for field in fields(decisions)
        if field.name != "slug" and getattr(decisions, field.name) is not None
    }
    return replace(manuscript, metadata=storable(replace(manuscript.metadata, **corrected)))


def storable(value: Any) -> Any:
    """The same value, whatever it holds, with every string free of NUL and of lone surrogates."""
    if isinstance(value, DocumentKind):
        return value
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, tuple | list):
        return type(value)(storable(item) for item in value)
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: storable(getattr(value, field.name)) for field in fields(value)})
    return value
