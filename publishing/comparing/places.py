"""What two states of a section say beside the words of their passages: the marks of their Markdown, the use of AI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.safestring import SafeString

from publishing.comparing.sides import Side
from publishing.word_diff import MOST_PARAGRAPHS, in_line

WHOLE = ""
"""Where a work keeps its text in one piece, headings included, this is its anchor in `Side.bodies`."""


@dataclass(frozen=True, slots=True)
class PlaceChange:
    path: tuple[str, ...]
    before: str
    after: str

    @property
    def parts(self) -> list[SafeString]:
        """The paragraphs that differ, each with both of its states woven into one."""
        left, right = self.before.split("\n\n"), self.after.split("\n\n")
        if max(len(left), len(right)) > MOST_PARAGRAPHS:
            return []
        codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        return [in_line("\n\n".join(left[a:b]), "\n\n".join(right[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


def answer_changes(old: Side, new: Side, twins: Mapping[str, str]) -> list[PlaceChange]:
    """Headings of both outlines, or of one, under which readers are told another thing on the use of AI."""
    back = {twins.get(anchor, anchor): anchor for anchor in old.tree.headings}
    found = []
    for anchor in new.tree.headings:
        before, after = old.answers.get(back.pop(anchor, ""), ""), new.answers.get(anchor, "")
        if before != after:
            found.append(PlaceChange(new.tree.path(anchor), before, after))
    gone = [anchor for anchor in back.values() if anchor in old.answers]
    return found + [PlaceChange(old.tree.path(anchor), old.answers[anchor], "") for anchor in gone]


def markup_changes(
    old: Side, new: Side, twins: Mapping[str, str], told: tuple[set[str], set[str]]
) -> Iterator[PlaceChange]:
    """Sections of the same words whose Markdown differs: bold, links, keys of citations.

    `told` are the headings, before and after, whose words or passages differ: there the marks are not told apart.
    """
    for anchor, before in old.bodies.items():
        twin = twins.get(anchor, anchor)
        if anchor in told[0] or twin in told[1] or twin not in new.bodies or (anchor == WHOLE and any(told)):
            continue
        after = new.bodies[twin]
        if before.split() != after.split():
            yield PlaceChange(new.tree.path(twin), before, after)
