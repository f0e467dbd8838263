"""What the importer decides instead of the reading: metadata, lines of the source, answers to findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from manuscript.corrections import Correction, Ruling
from manuscript.model import DocumentKind, Manuscript, Person, SectionKind

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""A YAML escape can make them of harmless bytes; no database stores them."""
_METADATA = ("kind", "title", "subtitle", "authors", "date", "language", "description")


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a finding, which is known again by its code and the wording of its line."""

    code: str
    line: int
    text: str
    verdict: Verdict


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
    ai_level: str | None = None
    """How AI was used, of `AIDisclosure.Level`; an empty answer is none yet."""
    corrections: tuple[Correction, ...] = ()
    answers: tuple[Answer, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Only what was decided, ready for a JSON column."""
        rows = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.authors is not None:
            rows["authors"] = [{key: text for key, text in asdict(person).items() if text} for person in self.authors]
        for name in ("corrections", "answers"):
            rows[name] = [_filled(asdict(row)) for row in rows[name]] or None
        return _filled(rows)

    @classmethod
    def from_json(cls, rows: Mapping[str, Any]) -> Decisions:
        """What `as_json` wrote. What another version wrote and this one does not know is left out."""
        known = {name: rows[name] for name in (*_METADATA, "slug", "ai_level") if name in rows}
        if "kind" in known:
            known["kind"] = DocumentKind(known["kind"])
        if "authors" in known:
            known["authors"] = tuple(Person(**person) for person in known["authors"])
        return cls(
            **known,
            corrections=tuple(_correction(row) for row in rows.get("corrections", ()) if row["ruling"] in list(Ruling)),
            answers=tuple(Answer(**{**row, "verdict": Verdict(row["verdict"])}) for row in rows.get("answers", ())),
        )


def _filled(rows: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rows.items() if value is not None}


def _correction(row: Mapping[str, Any]) -> Correction:
    kind = SectionKind(row["kind"]) if row.get("kind") else None
    return Correction(row["line"], row["text"], Ruling(row["ruling"]), row.get("depth"), kind, row.get("nth", 1))


def decided(manuscript: Manuscript, decisions: Decisions) -> Manuscript:
    """The manuscript with the decisions in place of what was read, and nothing that a database refuses.

    Corrections of lines are not applied here: the reading took them.
    """
    corrected = {name: getattr(decisions, name) for name in _METADATA if getattr(decisions, name) is not None}
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
