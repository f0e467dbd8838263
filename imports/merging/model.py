"""The values of a merge: versions of a work, conflicts, choices."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from imports.merging.lines import woven


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its slug, its facts (title, number, depth, kind…), its text in passages."""

    slug: str
    facts: Mapping[str, Any]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure, an entry of the bibliography, an abstract: its key and its facts."""

    key: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """A work as a source or the draft has it. `lead` is the text before the first heading; an article has no parts."""

    facts: Mapping[str, Any]
    lead: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """By what they are: `figures`, `entries`, `abstracts`."""


CHOSEN = frozenset({"kind", "language", "date", "image", "image_name", "ai_level", "ai_reviewed_on"})
"""Facts that are one of a few values, or have a form of their own."""
Side = Literal["mine", "source", "hand"]


@dataclass(frozen=True, slots=True)
class Choice:
    side: Side
    text: str = ""
    """What was written, where it was written by hand."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that the source and the draft changed in different ways. None: it is not there."""

    kind: Literal["passage", "fact", "part", "row", "place"]
    where: str
    """Slug of the section, or `figures:KEY`; empty for the work itself and its lead."""
    name: str
    """Of the fact; empty for a text."""
    before: Any
    now: Any
    draft: Any
    turn: int = 0
    """Counts equal conflicts of one place."""

    @property
    def key(self) -> str:
        """Made of all that the choice depends on: a choice never answers a conflict that has changed since."""
        what = [self.kind, self.where, self.name, self.before, self.now, self.draft, self.turn]
        return hashlib.sha256(json.dumps(what, sort_keys=True, default=str).encode()).hexdigest()[:20]

    @property
    def by_hand(self) -> bool:
        """Whether a text of one's own may take its place."""
        texts = (self.before, self.now, self.draft)
        free = self.kind == "passage" or (self.kind == "fact" and self.name not in CHOSEN)
        return free and all(text is None or isinstance(text, str) for text in texts)


@dataclass(frozen=True, slots=True)
class Change:
    """Something of the source that the draft follows. None: it was not there, or is not there any more."""

    kind: str
    """As of a conflict."""
    where: str
    name: str
    before: Any
    now: Any


@dataclass(slots=True)
class Merged:
    version: Version
    conflicts: list[Conflict]
    open: list[Conflict]
    """Those without a choice: the draft's side stands in `version`."""
    changes: list[Change]
    """What the source changed and the draft follows."""
    kept: int
    """Passages and facts in which the draft differs from the source before, and stays so."""
    same: int
    """Passages that neither side changed."""

    @property
    def followed(self) -> int:
        return len(self.changes)


class Ledger:
    """Decides each value three ways, and keeps count."""

    def __init__(self, choices: Mapping[str, Choice]) -> None:
        self.choices = choices
        self.conflicts: list[Conflict] = []
        self.open: list[Conflict] = []
        self.changes: list[Change] = []
        self.kept = self.same = 0
        self._turns: dict[str, int] = {}

    def value(self, kind: Any, where: str, name: str, before: Any, now: Any, draft: Any) -> Any:
        """What the merged version has; None is « not there »."""
        if now == before:
            if draft == before:
                self.same += kind == "passage"
            else:
                self.kept += 1
            return draft
        if draft == before:
            self.follow(kind, where, name, before, now)
            return now
        if draft == now:
            return now
        if kind == "passage" and before and now and draft and (merged := woven(before, now, draft)) is not None:
            self.kept += 1
            self.follow(kind, where, name, before, now)
            return merged
        return self.conflict(kind, where, name, before, now, draft)

    def follow(self, kind: str, where: str, name: str, before: Any, now: Any) -> None:
        self.changes.append(Change(kind, where, name, before, now))

    def conflict(self, kind: Any, where: str, name: str, before: Any, now: Any, draft: Any) -> Any:
        row = Conflict(kind, where, name, before, now, draft)
        turn = self._turns.get(row.key, 0)
        self._turns[row.key] = turn + 1
        if turn:
            row = Conflict(kind, where, name, before, now, draft, turn)
        self.conflicts.append(row)
        choice = self.choices.get(row.key)
        if choice is None:
            self.open.append(row)
            return draft
        if choice.side == "hand" and row.by_hand:
            return choice.text
        return now if choice.side == "source" else draft
