"""Give each heading its number, its depth and its kind.

    "# Partie I", "## 1. Un", "## 1.1 Deux", "#### Trois", "## Quatre"  ->  depths 1, 2, 3, 4, 4

Numbers decide before marks. A number that starts again inside a part is the part's own; a number that only counts the
items of a section is no number of the outline. A heading without number is the child of the nearest one that has a
number, and sisters share a depth; only where the marks of the numbered headings agree with their numbers are marks
believed.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from manuscript.draft import Draft, Piece
from manuscript.kinds import is_annexes, is_interviews, kind_of, names_interviews
from manuscript.model import SectionKind
from manuscript.numbering import Numbered
from manuscript.steps.headings import describe
from manuscript.steps.restored import casing_of, sentence_case
from manuscript.steps.scopes import SCHEMES, scopes
from manuscript.steps.upheld import ruled

AGREEMENT = 0.85


@dataclass(slots=True)
class _Open:
    """A heading under which the next ones may stand."""

    piece: Piece
    depth: int
    scheme: str
    path: tuple[int, ...]
    level: int
    anchor: bool
    """It has a number of the outline or a name that stands at the top: headings without number are its children."""


@dataclass(slots=True)
class _Walk:
    trusted: bool
    stack: list[_Open] = field(default_factory=list)
    parts: bool = False
    local: int = 0
    """Value of the enumeration that runs, 0 where none does."""
    local_depth: int = 0
    local_parent: Piece | None = None


def outline(draft: Draft) -> None:
    """Set `depth`, `kind`, number and reason of every heading."""
    headings = [piece for piece in draft.pieces if piece.kind == "heading"]
    if not headings:
        return
    scopes(draft, headings)
    _introductions(headings)
    trusted = _trusted(headings)
    if not trusted:
        draft.find(
            "levels-distrusted",
            headings[0].line,
            "Le nombre de # ne suit pas la numérotation : le plan vient de la table des matières et des numéros.",
        )
    walk = _Walk(trusted, parts=any(_label(p) == "part" for p in headings))
    directly = _directly_below(draft)
    changed = 0
    for piece in headings:
        _place(walk, piece, directly)
        changed += bool(piece.level) and piece.level != piece.facts["depth"]
    _lower_capitals(draft, headings)
    if changed and not trusted:
        draft.find("levels-rebuilt", headings[0].line, f"{changed} titres sur {len(headings)} ont changé de niveau.")


def _lower_capitals(draft: Draft, headings: list[Piece]) -> None:
    """The few titles that stand in capitals among others that do not are written like them."""
    loud = [p for p in headings if len(p.facts["title"]) >= 6 and p.facts["title"].isupper()]
    if not loud or 3 * len(loud) > len(headings):
        return
    casing = casing_of(draft, {word for p in loud for word in _LETTERS.findall(p.facts["title"])})
    for piece in loud:
        words = [word for word in _LETTERS.findall(piece.facts["title"]) if len(word) >= 4]
        if not any(casing.get(word.lower(), word) != word for word in words):
            # The work writes these words in capitals inside its sentences too: a name, an acronym.
            continue
        title = sentence_case(piece.facts["title"], casing)
        if title != piece.facts["title"]:
            piece.facts["title"] = title
            draft.find(
                "capitals-lowered", piece.line, f"Le titre « {title} » était en capitales, au contraire de ses voisins."
            )


def _introductions(headings: list[Piece]) -> None:
    """Whether chapters stand before and behind each heading."""
    seen = False
    for piece in headings:
        piece.facts["after_chapter"] = seen
        seen = seen or piece.facts["label"] in ("part", "chapter", "single", "decimal")
    seen = False
    for piece in reversed(headings):
        piece.facts["before_chapter"] = seen
        seen = seen or (piece.facts["label"] in ("part", "chapter") and bool(piece.facts["scope"]))


def _label(piece: Piece) -> str:
    return piece.facts.get("label") or describe(piece).label


def _trusted(headings: list[Piece]) -> bool:
    """Whether the count of `#` grows and shrinks with the numbers."""
    rows = [p for p in headings if p.level and p.facts["scope"] == "document"]
    good = total = 0
    for above, below in itertools.pairwise(rows):
        here, there = _rank(above), _rank(below)
        if here == there and above.facts["label"] != below.facts["label"]:
            continue
        total += 1
        step, marks = there - here, below.level - above.level
        good += (step > 0) == (marks > 0) and (step < 0) == (marks < 0)
    return total < 3 or good >= AGREEMENT * total


def _rank(piece: Piece) -> int:
    label = piece.facts["label"]
    if label == "part":
        return 0
    if label in ("decimal", "lettered"):
        return len(piece.facts["value"])
    return 1


def _directly_below(draft: Draft) -> set[int]:
    """Headings with no text between them and the heading above."""
    out: set[int] = set()
    last: Piece | None = None
    for piece in draft.pieces:
        if piece.kind == "heading":
            if last is not None:
                out.add(id(piece))
            last = piece
        elif piece.kind not in ("note", "metadata", "directive"):
            last = None
    return out


def _place(walk: _Walk, piece: Piece, directly: set[int]) -> None:
    label, value, scope = piece.facts["label"], piece.facts["value"], piece.facts["scope"]
    numbered = describe(piece)
    title = numbered.title
    stack = walk.stack
    kind = SectionKind.SECTION
    anchor = True
    named = kind_of(title) if not label else None
    if label == "annex" and is_annexes(title):
        named, label = SectionKind.BACK_MATTER, ""
    if label == "part":
        depth, kind = 1, SectionKind.PART
        reason = "Une partie est au premier niveau."
    elif label == "annex":
        holder = next((o for o in stack if o.depth == 1 and is_annexes(describe(o.piece).title)), None)
        depth, kind = (2 if holder else 1), SectionKind.ANNEX
        reason = "Une annexe."
    elif label == "chapter":
        holder = next((o for o in reversed(stack) if o.scheme == "part"), None)
        depth, kind = (holder.depth + 1 if holder else 1), SectionKind.CHAPTER
        reason = "Un chapitre."
    elif scope == "document" and label in ("decimal", "lettered"):
        depth = _decimal_depth(stack, value)
        reason = "Son numéro dit sa place."
    elif scope == "document" and label in SCHEMES:
        depth = _scheme_depth(stack, label, value[0])
        kind = SectionKind.CHAPTER if depth <= 2 else SectionKind.SECTION
        reason = "Son numéro continue celui des titres de même rang."
    elif named is not None and _at_the_top(walk, piece, named):
        depth, kind = 1, named
        reason = "Les mots de son titre sont ceux d’une pièce de premier niveau."
    else:
        depth, kind, anchor, reason = _unnumbered(walk, piece, label, value, directly, named)
    own = kind_of(title) if label and depth == 1 and kind in (SectionKind.CHAPTER, SectionKind.SECTION) else None
    if own in (SectionKind.INTRODUCTION, SectionKind.CONCLUSION):
        kind = own
    depth, kind, reason = ruled(piece, depth, kind, reason, deepest=stack[-1].depth + 1 if stack else 1)
    if scope != "local":
        walk.local = 0
    _open(walk, piece, depth, anchor)
    piece.facts["depth"] = depth
    piece.facts.setdefault("kind", kind)
    piece.reason = piece.reason or reason
    piece.number = None
    if scope == "document":
        piece.number = piece.facts.get("number") or _number(piece, numbered)
    elif scope == "local":
        piece.facts["local_number"] = numbered.number
    entry = piece.facts.get("entry")
    if entry is not None:
        piece.page = entry.page
        title = _tight(title, entry.title)
    piece.facts["title"] = _HYPHEN_SPACE.sub("-", title)


_LETTERS = re.compile(r"[^\W\d_]+")
_HYPHEN_SPACE = re.compile(r"(?<=[a-zà-ÿ])- (?=[A-ZÀ-Ý][a-zà-ÿ])")
_LOOSE = re.compile(r"(?<=\w) (?=[.,)\]}/]\S)|(?<=[({\[/]) (?=\w)")


def _tight(title: str, promised: str) -> str:
    """Take out the spaces that a change of font left before a point, where the printed contents have none."""
    for match in reversed(list(_LOOSE.finditer(title))):
        near = title[max(0, match.start() - 4) : match.start()] + title[match.end() : match.end() + 2]
        if near.replace(" ", "") in promised.replace(" ", "") and near in promised:
            title = title[: match.start()] + title[match.end() :]
    return title


def _number(piece: Piece, numbered: Numbered) -> str | None:
    entry = piece.facts.get("entry")
    if entry is not None and entry.number and numbered.label == "chapter":
        return str(entry.number)
    return numbered.number


def _open(walk: _Walk, piece: Piece, depth: int, anchor: bool) -> None:
    stack = walk.stack
    while stack and stack[-1].depth >= depth:
        stack.pop()
    label = piece.facts["label"] if piece.facts["scope"] == "document" else ""
    stack.append(_Open(piece, depth, label, tuple(piece.facts["value"]) if label else (), piece.level, anchor))


def _decimal_depth(stack: list[_Open], value: tuple[int, ...]) -> int:
    for opened in reversed(stack):
        if opened.path and opened.scheme in ("decimal", "lettered", "chapter", "single", "bare", "annex", "roman"):
            if opened.path == value[: len(opened.path)] and len(opened.path) < len(value):
                # Levels that the source skips leave no gap in the outline.
                return opened.depth + 1
            if len(opened.path) == len(value) and opened.scheme in ("decimal", "lettered"):
                return opened.depth
            if opened.scheme in ("chapter", "annex") and len(value) >= 2:
                return opened.depth + 1
    holder = next((o for o in reversed(stack) if o.scheme in ("part", "chapter", "annex")), None)
    longer = [o for o in stack if o.path and len(o.path) > len(value) and o.scheme == "decimal"]
    if longer:
        return longer[0].depth
    return (holder.depth if holder else 0) + 1


def _scheme_depth(stack: list[_Open], label: str, value: int) -> int:
    for opened in reversed(stack):
        same = opened.scheme == label or {opened.scheme, label} == {"single", "bare"}
        if same and (value > opened.path[0]):
            return opened.depth
        if opened.scheme in ("part", "annex"):
            return opened.depth + 1
    if value > 1:
        for opened in stack:
            if opened.scheme == "decimal" and len(opened.path) == 2 and label in ("single", "bare"):
                return opened.depth
    holder = next((o for o in reversed(stack) if o.scheme), None)
    return holder.depth + 1 if holder else 1


def _at_the_top(walk: _Walk, piece: Piece, named: SectionKind) -> bool:
    if piece.facts.get("entry") is not None and not piece.facts["entry"].number:
        return bool(piece.facts["entry"].level == 0)
    if walk.trusted and piece.level:
        return not any(0 < o.level < piece.level for o in walk.stack)
    if named in (SectionKind.INTRODUCTION, SectionKind.CONCLUSION):
        # An introduction in mid-work opens a chapter, a conclusion before further chapters closes one.
        return not piece.facts["after_chapter" if named is SectionKind.INTRODUCTION else "before_chapter"]
    return True


def _unnumbered(
    walk: _Walk, piece: Piece, label: str, value: tuple[int, ...], directly: set[int], named: SectionKind | None
) -> tuple[int, SectionKind, bool, str]:
    stack = walk.stack
    kind = SectionKind.SECTION
    role = piece.facts.get("role")
    holder = next((o for o in reversed(stack) if o.anchor and not o.piece.facts.get("role")), None)
    base = holder.depth if holder else 0
    if role == "interview":
        walk.local = 0
        section = next((o for o in stack if is_interviews(describe(o.piece).title)), None)
        base = section.depth if section else base
        return base + 1, SectionKind.INTERVIEW, False, "Un entretien."
    if role == "question":
        interview = next((o for o in reversed(stack) if o.piece.facts.get("role") == "interview"), None)
        return (interview.depth if interview else base) + 1, SectionKind.QUESTION, False, "Une question de l’entretien."
    if holder is not None and holder.scheme == "annex" and names_interviews(describe(piece).title):
        walk.local = 0
        return base, SectionKind.ANNEX, True, "Des entretiens, à côté des autres annexes."
    if label:
        return (*_local(walk, piece, value[0], base), False, "Son numéro compte les éléments de la section.")
    if walk.trusted and piece.level:
        above = next((o for o in reversed(stack) if o.level and o.level < piece.level), None)
        depth = above.depth + 1 if above else (base + 1 if holder and holder.piece.level == 0 else 1)
        kind = named or (SectionKind.SECTION if depth > 1 else SectionKind.CHAPTER)
        walk.local = 0
        return depth, kind, depth == 1 and not stack, "Ses marques # suivent celles des autres titres."
    if holder is None:
        return 1, SectionKind.CHAPTER, False, "Aucun titre numéroté ne le précède."
    entry = piece.facts.get("entry")
    if entry is not None and not entry.number:
        depth, anchor = _promised(walk, piece, holder, directly)
        if depth:
            return (
                depth,
                SectionKind.SECTION if depth > 1 else SectionKind.FRONT_MATTER,
                anchor,
                "La table des matières le donne sans numéro.",
            )
    if walk.local and walk.local_depth > base:
        parent = walk.local_parent
        depth = walk.local_depth if parent is None else parent.facts["depth"]
        walk.local = 0
        return depth, kind, False, "Il suit une énumération et reprend le rang d’avant."
    walk.local = 0
    return base + 1, kind, False, "Sans numéro, il dépend du dernier titre numéroté, comme ses voisins."


def _local(walk: _Walk, piece: Piece, value: int, base: int) -> tuple[int, SectionKind]:
    if walk.local and value > 1:
        walk.local = value
        return walk.local_depth, SectionKind.SECTION
    last = walk.stack[-1] if walk.stack else None
    walk.local = value
    if last is not None and not last.anchor and last.depth > base and not last.piece.facts.get("local_number"):
        walk.local_parent, walk.local_depth = last.piece, last.depth + 1
    else:
        walk.local_parent, walk.local_depth = None, base + 1
    return walk.local_depth, SectionKind.SECTION


def _promised(walk: _Walk, piece: Piece, holder: _Open, directly: set[int]) -> tuple[int, bool]:
    """Depth of a heading that the contents give without number: at the top, or inside the introduction."""
    entry = piece.facts["entry"]
    if entry.level > 0:
        return 0, False
    if entry.table > 0:
        return 0, False
    introduction = next((o for o in walk.stack if o.depth == 1), None)
    if introduction is not None and introduction.piece.facts.get("kind") is SectionKind.INTRODUCTION:
        first = introduction.piece.facts.setdefault(
            "first_child", id(piece) in directly or piece.level > introduction.level > 0
        )
        if first:
            return 2, True
    if holder.scheme and holder.scheme != "part":
        return 0, False
    return 1, True
