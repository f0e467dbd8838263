"""Tell the numbers of the outline from the numbers that only count the items of a section.

    "2.4 …", "1. Un", "2. Deux", "3. Trois", "3. Chapitre", "3.1 …"
    ->  the first three are local, the second « 3. » is not

Where the source prints its contents, they know; elsewhere the next decimal number tells in which chapter one is.
One walk
forwards and one backwards: the time grows with the number of headings, not with its square.
"""

from __future__ import annotations

from manuscript.draft import Draft, Piece
from manuscript.kinds import kind_of
from manuscript.model import SectionKind
from manuscript.numbering import Numbered, split_number, to_roman
from manuscript.steps.headings import describe

SCHEMES = ("single", "bare", "roman", "upper", "lower")
_LABELS = ("part", "annex", "chapter")


def scopes(draft: Draft, headings: list[Piece]) -> None:
    """Set `label`, `value` and `scope` (`document`, `local` or nothing) of every heading."""
    _labels(headings)
    in_contents = any(split_number(f"{e.number}. x").label in SCHEMES for e in draft.contents if e.number)
    following = _following(headings)
    walk = _Walk()
    for index, piece in enumerate(headings):
        lone = piece.facts["label"] in SCHEMES and piece.facts.get("entry") is None
        if lone and not walk.of_the_outline(piece, following[index], in_contents):
            piece.facts["scope"] = "local"
        walk.pass_by(piece)


def _labels(headings: list[Piece]) -> None:
    part = 0
    bare = _bare_chapters(headings)
    for piece in headings:
        numbered = describe(piece)
        entry = piece.facts.get("entry")
        if entry is not None and entry.number and not numbered.label:
            numbered = split_number(f"{entry.number}. {numbered.title}")
            piece.facts["numbered"] = numbered
        label = numbered.label
        if label == "part":
            part = numbered.value[0]
        elif label == "roman" and part and numbered.value[0] == part + 1:
            # « IV. » after « Partie III » is the fourth part.
            label, part = "part", numbered.value[0]
            piece.facts["number"] = f"Partie {to_roman(part)}"
        elif label == "bare" and entry is None and id(piece) not in bare:
            label = ""
            numbered = Numbered("", (), None, f"{numbered.number} {numbered.title}")
            piece.facts["numbered"] = numbered
        piece.facts["label"] = label
        piece.facts["value"] = numbered.value
        piece.facts["scope"] = "document" if label else ""


def _bare_chapters(headings: list[Piece]) -> set[int]:
    """Headings whose number without a point counts chapters: 1 … 2 … 3, or with sections 1.1 below."""
    out: set[int] = set()
    below: Numbered | None = None
    for piece in reversed(headings):
        numbered = describe(piece)
        if numbered.label == "bare":
            value = numbered.value[0]
            if below is not None and below.value[0] == (value if below.label == "decimal" else value + 1):
                out.add(id(piece))
        if numbered.label in ("bare", "decimal"):
            below = numbered
    seen: set[int] = set()
    for piece in headings:
        numbered = describe(piece)
        if numbered.label == "bare":
            if numbered.value[0] > 1 and numbered.value[0] - 1 in seen:
                out.add(id(piece))
            seen.add(numbered.value[0])
    return out


def _following(headings: list[Piece]) -> list[int | None]:
    """For each heading, the first number of the next decimal heading of the same part, unless a heading of the
    heading's
    own value comes before it."""
    out: list[int | None] = [None] * len(headings)
    decimal: int | None = None
    stop = len(headings)
    same: dict[tuple[int, ...], int] = {}
    for index in range(len(headings) - 1, -1, -1):
        label, value = headings[index].facts["label"], headings[index].facts["value"]
        if same.get(value, len(headings)) > stop:
            out[index] = decimal
        if label in _LABELS:
            decimal, stop = None, index
        elif label == "decimal":
            decimal, stop = int(value[0]), index
        elif label in ("single", "bare"):
            same[value] = index
    return out


class _Walk:
    """What is open where the walk stands: the chapter, the enumeration that runs in it, what contains them."""

    def __init__(self) -> None:
        self.current: int | None = None
        self.running = 0
        self.container = "start"
        self.lettered = False
        self.levels: list[tuple[int, bool]] = []

    def of_the_outline(self, piece: Piece, following: int | None, in_contents: bool) -> bool:
        """Whether a lone number, which no printed contents promise, belongs to the outline."""
        label, value = piece.facts["label"], piece.facts["value"][0]
        if label == "roman":
            return True
        if label in ("upper", "lower"):
            return self.lettered
        if in_contents or self.container == "closed":
            return False
        if following == value and following != self.current:
            return True
        if self.container == "lettered":
            return True
        if (following is not None and following == self.current) or self._below_unnumbered(piece):
            return False
        return bool(value == (self.current or 0) + 1 and not (self.running == value - 1 and value > 1))

    def _below_unnumbered(self, piece: Piece) -> bool:
        """Whether the marks put a heading under one that has no number: « ### 1. » below « ## Titre »."""
        if not piece.level:
            return False
        while self.levels and self.levels[-1][0] >= piece.level:
            self.levels.pop()
        return bool(self.levels) and not self.levels[-1][1]

    def pass_by(self, piece: Piece) -> None:
        label, value, scope = piece.facts["label"], piece.facts["value"], piece.facts["scope"]
        if piece.level:
            while self.levels and self.levels[-1][0] >= piece.level:
                self.levels.pop()
            self.levels.append((piece.level, bool(label)))
        if label == "annex" or kind_of(describe(piece).title) in (SectionKind.BIBLIOGRAPHY, SectionKind.BACK_MATTER):
            self._enter(None, "closed")
        elif label == "part":
            self._enter(None, "part")
        elif label in ("roman", "upper") and scope == "document":
            self.lettered = True
            self._enter(None, "lettered")
        elif label == "decimal" or (label in ("single", "bare") and scope == "document"):
            self._enter(int(value[0]), "open")
        elif label in ("single", "bare"):
            self.running = int(value[0])

    def _enter(self, current: int | None, container: str) -> None:
        self.current, self.container, self.running = current, container, 0
