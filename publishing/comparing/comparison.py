"""The differences of two states of a work as an editor reads them: in its order, what stayed only counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from publishing.comparing.facts import FieldChange, FigureChange, figure_changes, notice_changes
from publishing.comparing.outline import OutlineChange, compare_outlines
from publishing.comparing.passages import HEADING, Fate, Pair, align, section_twins
from publishing.comparing.places import WHOLE, PlaceChange, answer_changes, markup_changes
from publishing.comparing.sides import Side
from publishing.models import EditionPassage
from publishing.rendering import PassageText
from publishing.word_diff import in_line


@dataclass(slots=True)
class Row:
    """One difference of the text, or a run of passages that moved together."""

    number: int
    fate: Fate
    path: tuple[str, ...]
    old: PassageText | None
    new: PassageText | None
    address: str
    same_before: int = 0
    """Unchanged passages between the difference before and this one."""
    came_from: tuple[str, ...] = ()
    more: int = 0
    """Further passages that moved with this one."""

    @property
    def html(self) -> SafeString:
        """One or two texts with what went and what came marked; costly, so asked of the rows that are shown."""
        return in_line(self.old.text if self.old else "", self.new.text if self.new else "")

    @property
    def text(self) -> str:
        row = self.new or self.old
        return row.text if row else ""

    @property
    def kind(self) -> str:
        """What it is where it is no ordinary paragraph."""
        row = self.new or self.old
        return "" if row is None or row.kind == EditionPassage.Kind.TEXT else str(EditionPassage.Kind(row.kind).label)

    @property
    def language(self) -> str:
        row = self.new or self.old
        return row.language if row else ""

    @property
    def word(self) -> str:
        return {
            Fate.CHANGED: _("Changé"),
            Fate.MOVED: _("Déplacé"),
            Fate.REWRITTEN: _("Déplacé et changé"),
            Fate.ADDED: _("Ajouté"),
            Fate.REMOVED: pgettext("passage", "Retiré"),
            Fate.SAME: "",
        }[self.fate]

    @property
    def sign(self) -> str:
        return {Fate.CHANGED: "≠", Fate.MOVED: "⇅", Fate.REWRITTEN: "⇅", Fate.ADDED: "+", Fate.REMOVED: "−"}.get(
            self.fate, ""
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    notice: list[FieldChange]
    outline: list[OutlineChange]
    figures: list[FigureChange]
    answers: list[PlaceChange]
    """The use of AI, section by section."""
    markup: list[PlaceChange]
    """Sections of the same words with other marks."""
    rows: list[Row]
    same_after: int
    """Unchanged passages after the last difference."""
    counts: Counter[Fate]

    @property
    def summary(self) -> str:
        """« 12 passages changés, 3 ajoutés, 1 retiré »; empty where the text is the same."""
        counts = self.counts
        changed, moved = counts[Fate.CHANGED] + counts[Fate.REWRITTEN], counts[Fate.MOVED] + counts[Fate.REWRITTEN]
        said = [
            (changed, ngettext("%d passage changé", "%d passages changés", changed)),
            (counts[Fate.ADDED], ngettext("%d passage ajouté", "%d passages ajoutés", counts[Fate.ADDED])),
            (counts[Fate.REMOVED], ngettext("%d passage retiré", "%d passages retirés", counts[Fate.REMOVED])),
            (moved, ngettext("%d passage déplacé", "%d passages déplacés", moved)),
        ]
        return ", ".join(words % count for count, words in said if count)

    @property
    def is_empty(self) -> bool:
        return not any((self.notice, self.outline, self.figures, self.answers, self.markup, self.rows))


def compare(old: Side, new: Side) -> Comparison:
    twins = section_twins(old.passages, new.passages)
    counts: Counter[Fate] = Counter()
    rows: list[Row] = []
    touched: tuple[set[str], set[str]] = set(), set()
    same = 0
    for pair in align(old.passages, new.passages, twins):
        if _told_elsewhere(pair, old, new):
            continue
        if pair.fate is Fate.SAME:
            same += 1
            continue
        counts[pair.fate] += 1
        for places, side, passage in zip(touched, (old, new), (pair.old, pair.new), strict=True):
            if passage is not None:
                places.add(side.places[passage.section])
        row = _row(pair, old, new, len(rows) + 1, same)
        if rows and not same and row.fate is Fate.MOVED and _together(rows[-1], row):
            rows[-1].more += 1
            continue
        rows.append(row)
        same = 0
    outline = compare_outlines(old.tree, new.tree, twins)
    if outline:
        touched[0].add(WHOLE)
    return Comparison(
        notice=notice_changes(old.facts, new.facts),
        outline=outline,
        figures=figure_changes(old.facts, new.facts),
        answers=answer_changes(old, new, twins),
        markup=list(markup_changes(old, new, twins, touched)),
        rows=rows,
        same_after=same,
        counts=counts,
    )


def _told_elsewhere(pair: Pair, old: Side, new: Side) -> bool:
    """Headings of the outline are compared as an outline."""
    row, side = (pair.new, new) if pair.new is not None else (pair.old, old)
    return row is not None and row.kind == HEADING and row.anchor in side.tree.headings


def _row(pair: Pair, old: Side, new: Side, number: int, same: int) -> Row:
    moved = pair.fate in {Fate.MOVED, Fate.REWRITTEN}
    side, row = (new, pair.new) if pair.new is not None else (old, pair.old)
    return Row(
        number=number,
        fate=pair.fate,
        path=side.path(row) if row else (),
        old=pair.old,
        new=pair.new,
        address=side.address(row) if row else "",
        same_before=same,
        came_from=old.path(pair.old) if moved and pair.old else (),
    )


def _together(before: Row, row: Row) -> bool:
    return before.fate is Fate.MOVED and before.path == row.path and before.came_from == row.came_from
