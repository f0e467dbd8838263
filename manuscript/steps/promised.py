"""Tie lines of the text to the entries of the printed contents that promise them.

    contents « 1.2 Le cadre », « 1.3 La méthode »; text « 1.2 Le cadre », « 1.3 Méthode »   ->  both tied

Both tell the same story in the same order: equal titles first, by the heaviest chain that keeps the order; then,
between two
sure neighbours, small differences of wording. What may be compared is bounded, so that the time stays linear.
"""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher

from manuscript.draft import ContentsEntry, Draft, Piece
from manuscript.matching import increasing_pairs
from manuscript.numbering import Numbered, split_number
from manuscript.steps.described import BOLD_LINE, describe
from manuscript.wording import fold

SAME_TITLE = 12
"""Lines of one title that an entry is compared with."""
COMPARISONS = 4000
"""Comparisons of wording that a document may ask for; a book asks for a few dozen."""
WINDOW = 120
"""Lines behind the last sure one that are compared with an entry."""


def match(draft: Draft, candidates: list[Piece]) -> None:
    """Set `entry` of each line that an entry promises."""
    tables: dict[int, list[ContentsEntry]] = {}
    for entry in draft.contents:
        tables.setdefault(entry.table, []).append(entry)
    if not tables:
        return
    places: dict[str, list[int]] = {}
    keys: list[str] = []
    for place, piece in enumerate(candidates):
        keys.append(fold(describe(piece).title))
        if keys[-1]:
            places.setdefault(keys[-1], []).append(place)
    lines = [piece.line for piece in candidates]
    left = COMPARISONS
    for entries in tables.values():
        table = _Table(entries, candidates, keys)
        table.match_equal(places, bisect_left(lines, entries[0].line))
        left = table.match_nearly(left)


class _Table:
    """One printed table, and what of it is found."""

    def __init__(self, entries: list[ContentsEntry], candidates: list[Piece], keys: list[str]) -> None:
        self.entries, self.candidates, self.keys = entries, candidates, keys
        self.numbers = [split_number(f"{entry.number}. x") if entry.number else None for entry in entries]
        self.titles = [fold(entry.title) for entry in entries]
        self.taken: dict[int, int] = {}

    def match_equal(self, places: dict[str, list[int]], start: int) -> None:
        pairs: list[tuple[int, int]] = []
        weights: list[int] = []
        turns: dict[str, int] = {}
        for index, title in enumerate(self.titles):
            rows = places.get(title, []) if title else []
            if len(rows) > SAME_TITLE:
                # A title that comes back again and again is tied near its turn behind the table.
                turn = bisect_left(rows, start) + turns.get(title, 0)
                turns[title] = turns.get(title, 0) + 1
                first = max(0, min(turn - SAME_TITLE // 4, len(rows) - SAME_TITLE))
                rows = rows[first : first + SAME_TITLE]
            for place in rows:
                weight = self._weight(place, index)
                if weight:
                    pairs.append((place, index))
                    weights.append(weight)
        for place, index in increasing_pairs(pairs, weights):
            self._tie(place, index)

    def _weight(self, place: int, index: int) -> int:
        """How sure it is that a line of the same title is the one that an entry promises; 0 where it is not."""
        piece, number = self.candidates[place], self.numbers[index]
        numbered = describe(piece)
        same = number is not None and number.value == numbered.value
        if number is not None and numbered.value and not same:
            return 0
        if piece.kind == "item" and not same and not numbered.value:
            return 0
        if piece.kind == "heading":
            return 4
        return 3 if BOLD_LINE.match(piece.text) else 2 if same else 1

    def match_nearly(self, left: int) -> int:
        """Compare what is left between two sure neighbours; give how many comparisons may still be made."""
        afters = [len(self.candidates)] * (len(self.entries) + 1)
        for index in range(len(self.entries) - 1, -1, -1):
            afters[index] = self.taken.get(index, afters[index + 1])
        last = -1
        for index in range(len(self.entries)):
            if index in self.taken:
                last = self.taken[index]
                continue
            best, best_score = -1, 0.0
            for place in range(last + 1, min(afters[index], last + WINDOW)):
                least = self._comparable(place, index)
                if not least:
                    continue
                if left <= 0:
                    return 0
                left -= 1
                score = SequenceMatcher(None, self.titles[index], self.keys[place], autojunk=False).ratio()
                if score > best_score and score >= least:
                    best, best_score = place, score
            if best >= 0:
                self._tie(best, index)
                last = best
        return left

    def _comparable(self, place: int, index: int) -> float:
        """How alike a line must be to an entry to be the one; 0 where it cannot be."""
        piece, number = self.candidates[place], self.numbers[index]
        numbered: Numbered = describe(piece)
        same = number is not None and number.value == numbered.value and number.label == numbered.label
        if piece.kind != "heading" and not same and not BOLD_LINE.match(piece.text):
            return 0.0
        if number is not None and numbered.value and not same:
            return 0.0
        return 0.55 if same else 0.85

    def _tie(self, place: int, index: int) -> None:
        self.candidates[place].facts.setdefault("entry", self.entries[index])
        self.entries[index].matched = True
        self.taken[index] = place
