"""One name for one thing: the labels of notes and the keys of links, as the draft has them.

A source that gained a note counts all those behind it anew; a section whose title changed has another address. Neither
is a change of the passages that call or link to them, and anchors that readers have stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from imports.merging.model import Part, Row, Version
from imports.merging.passages import ALIKE, NOTE, align, likeness

_NAMES = re.compile(r"\[\^([^\]\s]{1,60})\]|(?<=\]\()(section|figure|cite):([\w.-]+)")


@dataclass(frozen=True, slots=True)
class Names:
    """What each name of a version is in the draft."""

    notes: Mapping[str, str] = field(default_factory=dict)
    section: Mapping[str, str] = field(default_factory=dict)
    figure: Mapping[str, str] = field(default_factory=dict)
    cite: Mapping[str, str] = field(default_factory=dict)

    def of(self, text: str) -> str:
        return _NAMES.sub(self._name, text)

    def _name(self, match: re.Match[str]) -> str:
        if match[2] is None:
            return f"[^{self.notes.get(match[1], match[1])}]"
        names: Mapping[str, str] = getattr(self, match[2])
        return f"{match[2]}:{names.get(match[3], match[3])}"


def renamed(version: Version, names: Names) -> Version:
    """The version with every name as the draft has it."""
    return replace(
        version,
        facts={name: names.of(value) if isinstance(value, str) else value for name, value in version.facts.items()},
        lead=tuple(names.of(passage) for passage in version.lead),
        parts=tuple(
            Part(
                names.section.get(part.slug, part.slug),
                _facts(part.facts, names),
                tuple(names.of(passage) for passage in part.passages),
            )
            for part in version.parts
        ),
        rows={
            kind: tuple(Row(_key(kind, row.key, names), _facts(row.facts, names)) for row in rows)
            for kind, rows in version.rows.items()
        },
    )


def _key(kind: str, key: str, names: Names) -> str:
    return {"figures": names.figure, "entries": names.cite}.get(kind, {}).get(key, key)


def _facts(facts: Mapping[str, Any], names: Names) -> dict[str, Any]:
    calls = facts.get("note_calls")
    return {**facts, "note_calls": [names.notes.get(label, label) for label in calls]} if calls else dict(facts)


def notes_of(version: Version) -> list[tuple[str, str]]:
    """Label and text of each definition, in reading order."""
    passages = [*version.lead, *(passage for part in version.parts for passage in part.passages)]
    return [(match[1], passage[match.end() :].strip()) for passage in passages if (match := NOTE.match(passage))]


def same_notes(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Label of a note before to its label after."""
    texts = dict(after)
    pairs: dict[str, str] = {}
    for index, other in align([text for _, text in before], [text for _, text in after]).items():
        label, new = before[index][0], after[other][0]
        own = texts.get(label)
        if before[index][1] == after[other][1] or own is None or likeness(before[index][1], own) < ALIKE:
            pairs.setdefault(label, new)
        else:
            pairs.setdefault(label, label)
    return pairs


def through(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    return {name: second[middle] for name, middle in first.items() if middle in second}


def free_names(names: Iterable[str], taken: Iterable[str], length: int = 100) -> dict[str, str]:
    """A name that nothing has for each of these: the name itself where it is free."""
    used = set(taken)
    out: dict[str, str] = {}
    for name in names:
        free, count = name[:length], 1
        while free in used:
            count += 1
            free = f"{name[: length - 6]}-{count}"
        used.add(free)
        out[name] = free
    return out
