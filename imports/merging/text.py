"""The texts of sections three ways: each passage of the draft with what the source made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from imports.merging.matching import LONG
from imports.merging.model import Ledger
from imports.merging.naming import Tied
from imports.merging.passages import align, likeness

TWICE = 0.6
"""Share of words from which two added passages are two wordings of one."""
LEAD = -1
"""The text before the first heading stands where a part would."""
Place = tuple[int, int]
"""Part and passage."""


class Texts:
    def __init__(self, ties: Tied, ledger: Ledger) -> None:
        self.ties, self.ledger = ties, ledger
        self.old_of: dict[Place, Place] = {}
        """Passage of the draft to the passage before, wherever it stands now."""
        self.mine_of: dict[Place, Place] = {}
        self._new_of: dict[int, dict[int, int]] = {}
        self._tie()

    def _passages(self, version: str, part: int) -> Sequence[str]:
        found = getattr(self.ties, version)
        passages: Sequence[str] = found.lead if part == LEAD else found.parts[part].passages
        return passages

    def _tie(self) -> None:
        """Passages of a section first; then those that the editors took from one section into another."""
        for mine, old in [(LEAD, LEAD), *self.ties.old_of.items()]:
            for i, j in align(self._passages("before", old), self._passages("draft", mine)).items():
                self.old_of[mine, j] = (old, i)
        self.mine_of = {old: mine for mine, old in self.old_of.items()}
        waiting: dict[str, list[Place]] = defaultdict(list)
        for part in range(LEAD, len(self.ties.before.parts)):
            for index, passage in enumerate(self._passages("before", part)):
                if len(passage) >= LONG and (part, index) not in self.mine_of:
                    waiting[passage].append((part, index))
        for part in range(LEAD, len(self.ties.draft.parts)):
            for index, passage in enumerate(self._passages("draft", part)):
                if waiting.get(passage) and (part, index) not in self.old_of:
                    old_place = waiting[passage].pop(0)
                    self.old_of[part, index] = old_place
                    self.mine_of[old_place] = (part, index)
        for new, old in [(LEAD, LEAD), *self.ties.old_of_new.items()]:
            self._new_of[old] = align(self._passages("before", old), self._passages("now", new))
        self._part_now = {old: new for new, old in self.ties.old_of_new.items()} | {LEAD: LEAD}

    def lead(self) -> tuple[str, ...]:
        return self.part(LEAD, LEAD, LEAD)

    def lives_on(self, old: int, new: int) -> bool:
        """Whether all that the source changed in a section stands in another section of the draft."""
        olds, news = self._passages("before", old), self._passages("now", new)
        pairs = self._new_of.get(old, {})
        alive = all(
            (old, i) in self.mine_of or i not in pairs or before == news[pairs[i]] for i, before in enumerate(olds)
        )
        facts_before, facts_now = self.ties.before.parts[old].facts, self.ties.now.parts[new].facts
        same = all(facts_now.get(name) == facts_before.get(name) for name in ("title", "number", "depth", "kind"))
        return alive and same and len(set(pairs.values())) == len(news)

    def part(self, mine: int, old: int | None, new: int | None) -> tuple[str, ...]:
        """The passages of a section of the draft, merged with those of that section before and now."""
        where = "" if mine == LEAD else self.ties.draft.parts[mine].slug
        rows, follows = self._own(where, mine, old, new)
        if new is None:
            return tuple(text for text, _ in rows if text)
        news = self._passages("now", new)
        pairs = self._new_of.get(old, {}) if old is not None else {}
        old_of_new = {j: i for i, j in pairs.items()}
        self._gone(where, old, mine, news, pairs, rows, follows)
        taken = self._twice(where, mine, new, rows, old_of_new)
        for j, passage in enumerate(news):
            if j in old_of_new or j in taken:
                continue
            self.ledger.follow("passage", where, "", None, passage)
            _insert(rows, follows, passage, ("now", j), before=_above(j, old_of_new))
        return tuple(text for text, _ in rows if text)

    def _own(
        self, where: str, mine: int, old: int | None, new: int | None
    ) -> tuple[list[tuple[str, object]], dict[object, object]]:
        """What the draft has, each passage as the source and the choices leave it, with its mark; and marks by
        passage of the source before and now."""
        rows: list[tuple[str, object]] = []
        follows: dict[object, object] = {}
        for j, passage in enumerate(self._passages("draft", mine)):
            mark = ("draft", j)
            place = self.old_of.get((mine, j))
            if place is None:
                rows.append((passage, mark))
                continue
            part, index = place
            if part == old:
                follows["before", index] = mark
            before = self._passages("before", part)[index]
            now: str | None = before
            if part in self._part_now:
                other = self._new_of[part].get(index)
                now = self._passages("now", self._part_now[part])[other] if other is not None else None
                if other is not None and self._part_now[part] == new:
                    follows["now", other] = mark
            text = self.ledger.value("passage", where, "", before, now, passage)
            # A passage that goes leaves its place, so that what follows it is put there.
            rows.append((text if text is not None else "", mark))
        return rows, follows

    def _gone(
        self,
        where: str,
        old: int | None,
        mine: int,
        news: Sequence[str],
        pairs: dict[int, int],
        rows: list[tuple[str, object]],
        follows: dict[object, object],
    ) -> None:
        """Passages that the editors took out: what the source changed in them is asked about."""
        if old is None:
            return
        for i, before in enumerate(self._passages("before", old)):
            if (old, i) in self.mine_of:
                continue
            now = news[pairs[i]] if i in pairs else None
            text = self.ledger.value("passage", where, "", before, now, None)
            if text is not None and i in pairs:
                above = _above(pairs[i], {j: i for i, j in pairs.items()})
                _insert(rows, follows, text, ("now", pairs[i]), before=above)

    def _twice(
        self,
        where: str,
        mine: int,
        new: int,
        rows: list[tuple[str, object]],
        old_of_new: dict[int, int],
    ) -> set[int]:
        """Passages that both added: once where they are equal, a conflict where they are two wordings of one."""
        taken: set[int] = set()
        own = [
            (position, j)
            for position, (_, mark) in enumerate(rows)
            if isinstance(mark, tuple) and mark[0] == "draft" and (mine, (j := mark[1])) not in self.old_of
        ]
        for j, passage in enumerate(self._passages("now", new)):
            if j in old_of_new or not own:
                continue
            best = max(own, key=lambda row: likeness(rows[row[0]][0], passage))
            if likeness(rows[best[0]][0], passage) < TWICE:
                continue
            own.remove(best)
            taken.add(j)
            text = self.ledger.value("passage", where, "", None, passage, rows[best[0]][0])
            rows[best[0]] = (text, rows[best[0]][1])
        return taken


def _above(j: int, old_of_new: dict[int, int]) -> Iterator[tuple[str, int]]:
    """What stands above a passage of the source now, nearest first. Where the draft has taken such a passage out, its
    place is behind what stood above it in the source before."""
    looked = False
    for k in range(j - 1, -1, -1):
        yield "now", k
        if k in old_of_new and not looked:
            # Both sources have these in one order: the next one would only look at fewer of them.
            looked = True
            yield from (("before", i) for i in range(old_of_new[k] - 1, -1, -1))


def _insert(
    rows: list[tuple[str, object]],
    follows: dict[object, object],
    text: str,
    mark: tuple[str, int],
    before: Iterable[tuple[str, int]],
) -> None:
    """Put a passage behind the nearest one that stands above it in the source."""
    marks = {row[1]: position for position, row in enumerate(rows)}
    known = (follows.get(other, other) for other in before)
    at = next((marks[other] for other in known if other in marks), -1)
    rows.insert(at + 1, (text, mark))
