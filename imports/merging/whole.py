"""The merge of a whole work: the draft is the ground on which the changes of the source are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from imports.merging.model import Choice, Ledger, Merged, Part, Row, Version
from imports.merging.naming import Tied, tied
from imports.merging.order import moved, placed
from imports.merging.text import Texts

SILENT = frozenset({"source_line", "source_last_line"})
"""Facts that only say where something stands in the source: they follow it."""


def merge(before: Version, now: Version, draft: Version, choices: Mapping[str, Choice] | None = None) -> Merged:
    """The draft with what changed between `before` and `now`.

    `choices` answer conflicts by their key; where one has no answer the draft's side stands.
    """
    ledger = Ledger(choices or {})
    ties = tied(before, now, draft)
    facts = _facts(ledger, "", ties.before.facts, ties.now.facts, draft.facts)
    texts = Texts(ties, ledger)
    lead = texts.lead()
    parts = _Parts(ties, ledger, texts).merged()
    rows = {
        kind: _rows(ledger, kind, ties.before.rows.get(kind, ()), ties.now.rows.get(kind, ()), draft.rows.get(kind, ()))
        for kind in dict.fromkeys([*draft.rows, *now.rows])
    }
    merged = Version(facts, lead, tuple(parts), rows)
    return Merged(merged, ledger.conflicts, ledger.open, ledger.changes, ledger.kept, ledger.same)


def _facts(
    ledger: Ledger, where: str, before: Mapping[str, Any], now: Mapping[str, Any], draft: Mapping[str, Any]
) -> dict[str, Any]:
    out = {}
    for name in dict.fromkeys([*draft, *now]):
        if name in SILENT:
            out[name] = now.get(name)
        elif name not in now:
            out[name] = draft[name]
        else:
            out[name] = ledger.value("fact", where, name, before.get(name), now[name], draft.get(name))
    return out


class _Parts:
    """The sections of the draft, each with what the source changed in it; then those that came, went and moved."""

    def __init__(self, ties: Tied, ledger: Ledger, texts: Texts) -> None:
        self.ties, self.ledger, self.texts = ties, ledger, texts
        self.new_of_old = {old: new for new, old in ties.old_of_new.items()}
        self.mine_of_old = {old: mine for mine, old in ties.old_of.items()}
        self.new_of_mine = {mine: new for new, mine in ties.added_alike.items()}
        self.new_of_mine |= {mine: self.new_of_old[old] for mine, old in ties.old_of.items() if old in self.new_of_old}

    def merged(self) -> list[Part]:
        ties = self.ties
        parts: list[tuple[Part, int | None]] = []
        for index, part in enumerate(ties.draft.parts):
            kept = self._kept(index, part)
            if kept is not None:
                parts.append((kept, self.new_of_mine.get(index)))
        parts = self._reordered(parts)
        for new in range(len(ties.now.parts)):
            if all(new != other for _, other in parts):
                added = self._added(new)
                if added is not None:
                    placed(parts, added, new)
        return [part for part, _ in parts]

    def _kept(self, index: int, part: Part) -> Part | None:
        """A section of the draft with the changes of the source; None where the source took it away."""
        old, new = self.ties.old_of.get(index), self.new_of_mine.get(index)
        before = self.ties.before.parts[old] if old is not None else Part(part.slug, {}, ())
        if new is None:
            if old is None:
                self.ledger.kept += 1
                return replace(part, passages=self.texts.part(index, None, None))
            if _same(before, part):
                self.ledger.follow("part", part.slug, "", _text(part), None)
                return None
            side = self.ledger.conflict("part", part.slug, "", _text(before), None, _text(part))
            return part if side is not None else None
        facts = _facts(self.ledger, part.slug, before.facts, self.ties.now.parts[new].facts, part.facts)
        return Part(part.slug, facts, self.texts.part(index, old, new))

    def _added(self, new: int) -> Part | None:
        """A section of the source that the draft has not: new, or taken away by the editors."""
        part, old = self.ties.now.parts[new], self.ties.old_of_new.get(new)
        if old is None:
            self.ledger.follow("part", part.slug, "", None, _text(part))
            return part
        before = self.ties.before.parts[old]
        if _same(before, part) or self.texts.lives_on(old, new):
            self.ledger.kept += 1
            return None
        side = self.ledger.conflict("part", part.slug, "", _text(before), _text(part), None)
        return part if side is not None else None

    def _reordered(self, parts: list[tuple[Part, int | None]]) -> list[tuple[Part, int | None]]:
        """What the source moved moves; what both moved to different places is a conflict."""
        common = [(new, old) for new, old in self.ties.old_of_new.items() if old in self.mine_of_old]
        here = {new: position for position, (_, new) in enumerate(parts) if new is not None}
        common = [(new, old) for new, old in common if new in here]
        by_source = moved([(old, new) for new, old in common])
        by_draft = moved([(old, here[new]) for new, old in common])
        olds = dict(common)
        for new in sorted(new for new in olds if olds[new] in by_source):
            at = next(position for position, (_, other) in enumerate(parts) if other == new)
            target = _above(parts, {other for other in olds if other < new})
            if olds[new] in by_draft:
                mine = parts[at - 1][0].slug if at else ""
                if mine == target:
                    continue
                slug = parts[at][0].slug
                if self.ledger.conflict("place", slug, "", None, target, mine) != target:
                    continue
            else:
                self.ledger.follow("place", parts[at][0].slug, "", None, target)
            row = parts.pop(at)
            placed(parts, row[0], new)
        return parts


def _above(parts: list[tuple[Part, int | None]], known: set[int]) -> str:
    before = max(known, default=None)
    return next((part.slug for part, other in parts if other is not None and other == before), "")


def _same(before: Part, part: Part) -> bool:
    loud = {name for name in before.facts if name not in SILENT}
    return before.passages == part.passages and all(before.facts[name] == part.facts.get(name) for name in loud)


def _text(part: Part) -> str:
    title = " ".join(str(part.facts.get(name) or "") for name in ("number", "title")).strip()
    return "\n\n".join([title, *part.passages])


def _rows(
    ledger: Ledger, kind: str, before: tuple[Row, ...], now: tuple[Row, ...], draft: tuple[Row, ...]
) -> tuple[Row, ...]:
    """Rows of one kind, which already go by one key each."""
    olds, news = ({row.key: row for row in rows} for rows in (before, now))
    mine = {row.key for row in draft}
    out: list[Row] = []
    for row in draft:
        old, new = olds.get(row.key), news.get(row.key)
        if new is not None:
            facts = _facts(ledger, f"{kind}:{row.key}", old.facts if old else {}, new.facts, row.facts)
            out.append(replace(row, facts=facts))
        elif old is None:
            out.append(row)
        elif all(row.facts.get(name) == value for name, value in old.facts.items() if name not in SILENT):
            ledger.follow("row", f"{kind}:{row.key}", "", dict(row.facts), None)
        elif ledger.conflict("row", f"{kind}:{row.key}", "", dict(old.facts), None, dict(row.facts)) is not None:
            out.append(row)
    for position, row in enumerate(now):
        if row.key in mine:
            continue
        old = olds.get(row.key)
        if old is None:
            ledger.follow("row", f"{kind}:{row.key}", "", None, dict(row.facts))
        else:
            loud = {name: value for name, value in old.facts.items() if name not in SILENT}
            if all(row.facts.get(name) == value for name, value in loud.items()):
                continue
            if ledger.conflict("row", f"{kind}:{row.key}", "", dict(old.facts), dict(row.facts), None) is None:
                continue
        above = {other.key for other in now[:position]}
        at = next((index for index in range(len(out) - 1, -1, -1) if out[index].key in above), -1)
        out.insert(at + 1, row)
    return tuple(out)
