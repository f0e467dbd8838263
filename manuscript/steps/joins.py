"""Join paragraphs, items and entries that a page break cut in two.

    "…un besoin de formation", rule, note 3, "et d'accompagnement pour…"   ->  one paragraph
    "…un besoin de formation.", "Et encore ceci."                          ->  two, as they were

The first half ends without a full stop; the second begins in lower case, or goes on after a word that cannot end a
sentence.
Notes, figures and rules may stand between; a heading or a table may not.
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.languages import HANGING
from manuscript.model import Join
from manuscript.steps.headings import BOLD_LINE
from manuscript.wording import plain

MOST = 24
"""Pieces of one paragraph; what is cut more often was no paragraph."""
_ENDED = re.compile(r"(?:[.!?…:;]|[.!?…]\s?[»”\"')\]]+|[»”\"]\.?|\.\.\.)$")
_SENTENCES = re.compile(r"[a-zà-ÿ]{3,}[.!?…]\s+(?=[A-ZÀ-Ý])(?:\S+\s+){3,}\S+$")
"""A sentence that ends, and after it at least four words of another."""
_CALLS_AT_END = re.compile(r"(?:\s*\[\^[^\]\s]{1,60}\])+$")
_OPENING = re.compile(r"[\s*_«“\"'‘(\[<]*")
_BETWEEN = frozenset({"note", "caption", "image", "rule", "comment"})
_HYPHEN_END = re.compile(r"[a-zà-ÿ]-$")
_COMPOUND = re.compile(
    r"(?:^|[\s’'])(?:non|semi|auto|anti|pré|post|sous|sur|co|inter|multi|quasi|ex|vice|mi|micro|demi|pro|contre|e|c[’']est-à|vis-à|peut|celui|celle|ceux|soi|lui|elle|quelques)-$",
    re.IGNORECASE,
)


def joins(draft: Draft) -> None:
    """Join what page breaks cut; what stood between is put behind the joined piece."""
    pieces = draft.pieces
    out: list[Piece] = []
    open_at = -1
    count = 0
    broken = False
    lost = _lost_pages(pieces)
    strict = _always_ended(pieces)
    for piece in pieces:
        broken = broken or bool(piece.facts.get("break"))
        if piece.kind in _BETWEEN:
            broken = broken or piece.kind == "note"
            out.append(piece)
            continue
        if broken:
            piece.facts["break"] = True
            broken = False
        if open_at >= 0 and _one(out[open_at], piece, strict):
            first = out[open_at]
            if id(piece) in lost and not first.facts.get("goes_on"):
                draft.doubt(
                    "page-missing",
                    piece.line,
                    "Une page semble manquer ici : la phrase est coupée et la numérotation des figures saute ;"
                    " les deux morceaux restent séparés.",
                )
                out.append(piece)
                open_at = len(out) - 1
                continue
            draft.joins.append(Join(first.last_line, piece.line))
            _append(first, piece)
            count += 1
            continue
        out.append(piece)
        open_at = len(out) - 1 if piece.kind in ("paragraph", "item", "quote") and not piece.opaque else -1
    draft.keep_if(out)
    if count:
        draft.find(
            "pieces-joined",
            draft.joins[0].second_start,
            f"{count} paragraphes ou éléments coupés par un saut de page ont été réunis.",
        )


def _one(first: Piece, second: Piece, strict: bool) -> bool:
    """Whether both are one: as was decided, or as their ends say."""
    if second.facts.get("stands_apart") or second.kind not in ("paragraph", "item", "quote"):
        return False
    if first.facts.get("goes_on"):
        return not second.opaque
    return first.facts.get("joined", 0) < MOST and _cut(first, second, strict)


def _lost_pages(pieces: list[Piece]) -> set[int]:
    """Where figure numbers skip one, the piece below the widest gap between the two captions: a page is lost there."""
    out: set[int] = set()
    last_number, last_index = 0, 0
    for index, piece in enumerate(pieces):
        number = str(piece.facts.get("number") or "") if piece.kind == "caption" else ""
        if not number.isdigit():
            continue
        if last_number and int(number) == last_number + 2:
            rows = [p for p in pieces[last_index + 1 : index] if p.kind == "paragraph" and p.gap >= 5]
            if rows:
                out.add(id(max(rows, key=lambda p: p.gap)))
        last_number, last_index = int(number), index
    return out


def _always_ended(pieces: list[Piece]) -> bool:
    """Whether the paragraphs of the work end with a full stop, so that a long one without was cut."""
    long = [p for p in pieces if p.kind == "paragraph" and not p.opaque and len(p.text) > 200]
    ended = sum(_ENDED.search(plain(p.text[-80:])) is not None for p in long)
    return len(long) >= 20 and ended >= 0.8 * len(long)


def _cut(first: Piece, second: Piece, strict: bool) -> bool:
    """Whether the second piece goes on the sentence of the first."""
    if (
        second.opaque
        or second.kind not in ("paragraph", "quote")
        or (second.kind == "quote") != (first.kind == "quote")
    ):
        return False
    above, below = first.text, second.text
    if not above or not below or BOLD_LINE.match(above) or BOLD_LINE.match(below):
        return False
    end = plain(_CALLS_AT_END.sub("", above[-600:]))[-80:]
    start = below[_OPENING.match(below).end() :][:40] if _OPENING.match(below) else below[:40]  # type: ignore[union-attr]
    if not end or not start:
        return False
    words = re.findall(r"[^\W\d_]+", end[-30:])
    last = words[-1].lower() if words and end.rstrip("’'").endswith(words[-1]) else ""
    hanging = last in HANGING or (end.endswith((",", "(", "’", "'", "-")) and not end.endswith(" -"))
    if _ENDED.search(end):
        return False
    if first.kind == "item" and not hanging and second.gap and not start[0].islower():
        return False
    if start[0].islower():
        return not _list_like(below) and (
            len(end) > 25 or hanging or first.kind == "item" or bool(second.facts.get("break"))
        )
    if below[0] in '(«“"' and hanging:
        return True
    if start[0].isdigit() or below[0] == "(":
        return (hanging or bool(second.facts.get("break"))) and not re.match(r"\d+[.)]\s", start)
    if strict and first.kind == "paragraph" and second.kind == "paragraph" and len(below) > 200:
        # Running text, which its length tells, or a sentence that ended inside it.
        return len(above) > 200 or _SENTENCES.search(plain(above)) is not None
    return hanging and last != "" and len(end) > 25


def _list_like(text: str) -> bool:
    return re.match(r"[a-z][.)]\s", text) is not None


def _append(first: Piece, second: Piece) -> None:
    above, below = first.text.rstrip(), second.text.lstrip()
    closing = re.search(r"(\*{1,3})$", above)
    opening = re.match(r"(\*{1,3})(?=\S)", below)
    if closing and opening and closing[1] == opening[1]:
        above, below = above[: -len(closing[1])], below[len(opening[1]) :]
    if _HYPHEN_END.search(above) and not _COMPOUND.search(above) and below[:1].islower():
        first.text = f"{above[:-1]}{below}"
    elif above.endswith(("-", "’", "'")) and not above.endswith(" -"):
        first.text = f"{above}{below}"
    else:
        first.text = f"{above} {below}"
    first.parts = first.parts + second.parts
    first.facts["goes_on"] = second.facts.get("goes_on", False)
    first.facts["joined"] = int(first.facts.get("joined", 0)) + 1
