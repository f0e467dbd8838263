"""Decide which lines are headings.

    "## **Chapitre 1**" + "# **Les débuts**"     ->  one heading
    "**4.4.1** **Cibles du fichier**"            ->  a heading that the converter took for bold text
    "##### (Les lignes ont été numérotées.)"     ->  a paragraph
    "- 1. Un" + "- 2. Deux" + "### 3. Trois"     ->  three items of one list

The contents that the source prints decide first, then the numbers, then emphasis and Markdown marks, which are weak
hints.
"""

from __future__ import annotations

import re

from manuscript.corrections import Ruling
from manuscript.draft import Draft, Piece
from manuscript.kinds import kind_of
from manuscript.steps.described import BOLD_LINE, describe
from manuscript.steps.promised import match
from manuscript.wording import plain

__all__ = ["BOLD_LINE", "describe", "headings", "is_person", "make_heading"]

LONGEST = 220
LONGEST_QUESTION = 700
_SENTENCE_END = re.compile(r"[.;,]$")
_PERSON = re.compile(
    r"(?:M\.|Mme|Mr|Dr|Pr)?\s*[A-ZÀ-Ý][\w'’-]+(?:[ \xa0](?:de|du|le|la|van|von|d’|d')?[ \xa0]?[A-ZÀ-Ý][\w'’-]*"
    r"){1,3}\s*(?:,|[-–—:(]\s)\s*\S"
)


def headings(draft: Draft) -> None:
    """Make headings of the lines that are, and text of the headings that are not."""
    _unite(draft)
    _demote(draft)
    draft.marked = sum(piece.kind == "heading" for piece in draft.pieces) >= 2
    candidates = [piece for piece in draft.pieces if _candidate(piece)]
    match(draft, candidates)
    _promote(draft)
    _enumerations(draft)


def _candidate(piece: Piece) -> bool:
    if piece.kind == "heading":
        return True
    if piece.facts.get("decided") is Ruling.TEXT:
        return False
    if piece.opaque or piece.kind not in ("paragraph", "item"):
        return False
    return len(piece.text) <= LONGEST and "\n" not in piece.text and not _SENTENCE_END.search(piece.text)


def _demote(draft: Draft) -> None:
    """Headings that no author wrote: sentences, brackets, items, lines without a letter."""
    kept: list[Piece] = []
    for piece in draft.pieces:
        if piece.kind == "heading":
            text = plain(piece.text)
            item = re.match(r"[-—–•▪●]\s+(\S.*)$", text)
            if not re.search(r"[^\W_]", text):
                draft.discard(piece, "empty-heading")
                continue
            if piece.facts.get("decided") is Ruling.HEADING:
                pass
            elif item:
                piece.kind, piece.marker, piece.level = "item", "-", 0
                piece.text = re.sub(r"^(\W*?)[-—–•▪●]\s+", r"\1", piece.text, count=1)
                piece.lines = [piece.text]
                _report(draft, piece, "c’est un élément de liste")
            elif (text.startswith("(") and text.endswith((")", ").", ".)"))) or _prose(text):
                piece.kind, piece.level = "paragraph", 0
                piece.lines = [piece.text]
                _report(draft, piece, "c’est une phrase du texte")
        kept.append(piece)
    draft.keep_if(kept)


def _prose(text: str) -> bool:
    if text.endswith("?"):
        return len(text) > LONGEST_QUESTION
    return len(text) > LONGEST or (len(text) > 90 and text.endswith((".", ";", ",")))


def _report(draft: Draft, piece: Piece, why: str) -> None:
    title = plain(piece.text)[:60]
    draft.find(
        "heading-refused", piece.line, f"« {title} » porte la marque d’un titre, mais {why} ; gardé comme texte."
    )


def _unite(draft: Draft) -> None:
    """One heading on two lines: a label and its title, or a sentence that goes on in the next heading."""
    kept: list[Piece] = []
    for piece in draft.pieces:
        last = kept[-1] if kept else None
        if piece.kind == "heading" and last is not None and last.kind == "heading":
            above, below = describe(last), describe(piece)
            label = above.label in ("part", "chapter", "annex") and not above.title and not below.label
            if label or _goes_on(plain(last.text), plain(piece.text), last, piece):
                last.parts += piece.parts
                last.text = f"{last.text} {piece.text}" if not label else f"{_bare(last.text)} : {piece.text}"
                last.level = min(last.level, piece.level) if label else last.level
                last.facts.pop("numbered", None)
                last.facts["united"] = True
                draft.find("heading-united", last.line, f"Un titre était coupé en deux : « {plain(last.text)[:80]} ».")
                continue
        kept.append(piece)
    draft.keep_if(kept)


def _bare(text: str) -> str:
    return plain(text).rstrip(" :.-–—")


def _goes_on(above: str, below: str, last: Piece, piece: Piece) -> bool:
    if below[:1].islower() and not above.endswith((".", "?", "!", ":")):
        return not describe(piece).label
    # The question that ends an interviewer's turn stands on a line of its own.
    sentence = above.endswith((".", "…")) and len(above) > 60
    return sentence and below.endswith("?")


def _promote(draft: Draft) -> None:
    """Lines without marks that are headings all the same."""
    pieces = draft.pieces
    decimals: set[tuple[int, ...]] = set()
    for index, piece in enumerate(pieces):
        if piece.kind == "heading":
            if describe(piece).label == "decimal":
                decimals.add(describe(piece).value)
            continue
        if not _candidate(piece):
            continue
        entry = piece.facts.get("entry")
        bold = BOLD_LINE.match(piece.text) is not None and piece.kind == "paragraph"
        numbered = describe(piece)
        why = ""
        if entry is not None:
            why = "La table des matières l’annonce."
        elif piece.kind != "paragraph":
            continue
        elif bold and numbered.label in ("decimal", "lettered", "part", "chapter", "annex") and numbered.title:
            why = "Une ligne en gras, numérotée."
        elif bold and kind_of(numbered.title) is not None and not numbered.label:
            why = "Une ligne en gras dont les mots sont ceux d’un titre."
        elif bold and not numbered.label and _sister(pieces, index):
            why = "Une ligne en gras, à la place d’un titre parmi ses voisins."
        elif numbered.label == "decimal" and _next_decimal(numbered.value, decimals) and _titular(numbered.title):
            why = "Sa numérotation suit celle des titres voisins."
        elif (
            numbered.label in ("part", "chapter", "annex")
            and len(piece.text) <= 120
            and _titular(numbered.title or "X")
        ):
            why = "Son libellé est celui d’un titre."
        if why:
            make_heading(piece, why)
            if numbered.label == "decimal":
                decimals.add(numbered.value)
            draft.find("heading-found", piece.line, f"« {plain(piece.text)[:80]} » est un titre. {why}")
    _unite_labels(draft)


def _sister(pieces: list[Piece], index: int) -> bool:
    """Whether a bold line stands like a heading without number: prose above and below, such headings before it."""
    text = plain(pieces[index].text)
    if len(text.split()) < 3 or len(text) > 80 or not text[0].isupper() or text.endswith((":", "?", "!", "%", ")")):
        return False
    below = pieces[index + 1] if index + 1 < len(pieces) else None
    above = pieces[index - 1] if index else None
    if below is None or above is None or above.kind != "paragraph" or below.kind != "paragraph":
        return False
    if len(below.text) < 100 or not above.text.rstrip().endswith((".", "»", ":", "!")):
        return False
    before = [p for p in pieces[max(0, index - 12) : index] if p.kind == "heading"][-2:]
    return len(before) == 2 and all(not describe(p).label and p.facts.get("entry") is None and p.level for p in before)


def make_heading(piece: Piece, why: str) -> None:
    """Turn a line into a heading; the number that the scan took for an item's marker goes back into its text."""
    describe(piece)
    if piece.kind == "item" and piece.marker[:1].isalnum():
        piece.text = f"{piece.marker} {piece.text}"
        piece.marker = ""
    piece.kind, piece.level, piece.reason = "heading", 0, why


def _unite_labels(draft: Draft) -> None:
    """A label found alone takes the short line below it as its title."""
    pieces = draft.pieces
    kept: list[Piece] = []
    for piece in pieces:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.kind == "heading"
            and describe(last).label in ("part", "chapter", "annex")
            and not describe(last).title
            and piece.kind in ("heading", "paragraph")
            and not describe(piece).label
            and _candidate(piece)
            and (piece.kind == "heading" or piece.facts.get("entry") or BOLD_LINE.match(piece.text))
        ):
            last.parts += piece.parts
            last.text = f"{_bare(last.text)} : {piece.text}"
            last.level = piece.level or last.level
            last.facts.pop("numbered", None)
            last.facts["united"] = True
            if "entry" in piece.facts:
                last.facts["entry"] = piece.facts["entry"]
            continue
        kept.append(piece)
    draft.keep_if(kept)


def _next_decimal(value: tuple[int, ...], seen: set[tuple[int, ...]]) -> bool:
    if 0 in value:
        return False
    if value in seen:
        return False
    before = (*value[:-1], value[-1] - 1)
    return before in seen or (
        value[-1] == 1 and (value[:-1] in seen or (*value[:-2], value[-2] - 1) in {v[: len(value) - 1] for v in seen})
    )


def _titular(title: str) -> bool:
    return (
        bool(title)
        and (title[0].isupper() or title[0] in "«\"“'’")
        and len(title) <= 160
        and not title.endswith((".", ";", ","))
    )


def _enumerations(draft: Draft) -> None:
    """A heading « 3. » that goes on the items 1 and 2 of a list is the third item."""
    last_item = 0
    last_heading = 0
    for piece in draft.pieces:
        if piece.kind == "heading":
            numbered = describe(piece)
            if numbered.label == "single" and not piece.facts.get("entry"):
                value = numbered.value[0]
                if value > 1 and value == last_item + 1 and last_heading != value - 1:
                    piece.kind, piece.level = "item", 0
                    piece.marker = f"{value}."
                    piece.text = re.sub(r"^(\W*)\d{1,3}\s*[.)]\s*", r"\1", piece.text, count=1)
                    piece.lines = [piece.text]
                    last_item = value
                    _report(draft, piece, "il continue une liste numérotée")
                    continue
                last_heading = value
            else:
                last_heading = 0
            last_item = 0
        elif piece.kind == "item":
            inner = re.match(r"(?:\*\*)?\s*(\d{1,3})[.)]\s", piece.text)
            if inner and not piece.marker[:1].isdigit():
                last_item = int(inner[1])
            elif piece.marker[:1].isdigit():
                last_item = int(re.sub(r"\D", "", piece.marker) or 0)


def is_person(title: str) -> bool:
    """« Anne Petit, directrice, Maison Blanche »: the title of an interview."""
    return _PERSON.match(title) is not None
