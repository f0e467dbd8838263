"""Set aside what a page prints around its text: rules, running heads, page numbers.

    "…le début d'une phrase\\n\\nTitre du guide 12 / 58\\n\\nqui continue"  ->  "Titre du guide 12 / 58" set aside

A page number stands alone and counts upwards through the document; a running head comes back page after page.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

from manuscript.draft import Draft, Piece
from manuscript.wording import fold, plain

REPEATS = 4
"""A line must come back at least so often to be a running head."""
MANY = 6
"""Heads that differ must at least be so many, and count the pages of one total."""
LONGEST = 120

_NUMBER = r"(?:\d{1,4}(?:\s*(?:/|sur|of|-)\s*\d{1,4})?|[ivxlc]{1,7})"
_PAGE_ONLY = re.compile(rf"\W*(?:page|p\.)?\s*[-–—]?\s*({_NUMBER})\s*[-–—]?\W*$", re.IGNORECASE)
_TRAILING = re.compile(rf"(.*?\D)[\s|·•–—-]+(?:page\s+|p\.\s*)?({_NUMBER})$", re.IGNORECASE)
_LEADING = re.compile(rf"(?:page\s+|p\.\s*)?({_NUMBER})[\s|·•–—-]+(\D.*)$", re.IGNORECASE)
_LABELS = frozenset(
    {"chapitre", "chapter", "partie", "part", "annexe", "appendix", "appendice", "section", "figure", "fig", "tableau",
     "table", "graphique", "etape", "step", "question", "article", "encadre", "exemple", "note", "titre", "livre"}
)  # fmt: skip
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def page_value(text: str) -> int:
    """What a page number counts; roman ones too."""
    text = text.strip().lower()
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    total = 0
    for here, there in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN.get(here, 0)
        total += -value if _ROMAN.get(there, 0) > value else value
    return total


def furniture(draft: Draft) -> None:
    """Take rules, comments, running heads and page numbers out; mark the pieces that follow a break of page."""
    bare = {id(piece): plain(piece.text) for piece in draft.pieces if _short(piece)}
    heads = _running_heads(draft, bare)
    numbers = _page_numbers(draft, bare, heads)
    kept: list[Piece] = []
    broken = False
    counted = 0
    for piece in draft.pieces:
        reason = ""
        if piece.kind == "rule":
            reason = "rule"
        elif piece.kind == "comment":
            reason = "comment"
        elif id(piece) in heads:
            reason = "running-head"
        elif id(piece) in numbers:
            reason = "page-number"
        if reason:
            draft.discard(piece, reason)
            broken = broken or reason != "comment"
            counted += reason in ("running-head", "page-number")
            if reason in ("running-head", "page-number"):
                kept_facts = numbers.get(id(piece)) or heads.get(id(piece))
                if kept_facts:
                    draft.page_marks.append((piece.line, kept_facts))
            continue
        if broken:
            piece.facts["break"] = True
            broken = False
        kept.append(piece)
    draft.keep_if(kept)
    if counted:
        first = next(p for p, r in draft.set_aside if r in ("running-head", "page-number"))
        draft.find(
            "furniture-set-aside",
            first.line,
            f"{counted} titres courants et numéros de page ont été mis de côté : ils ne font pas partie du texte.",
        )


def _short(piece: Piece) -> bool:
    return piece.kind in ("paragraph", "heading", "item") and not piece.opaque and len(piece.text) <= LONGEST


def _running_heads(draft: Draft, bare: dict[int, str]) -> dict[int, str]:
    groups: dict[str, list[tuple[int, Piece, str]]] = defaultdict(list)
    for index, piece in enumerate(draft.pieces):
        text = bare.get(id(piece), "")
        if not text or piece.kind == "item" or text.endswith((":", ";")) or "\n" in piece.text.strip():
            continue
        core, page = text, ""
        for pattern, order in ((_TRAILING, (1, 2)), (_LEADING, (2, 1))):
            match = pattern.match(text)
            if match and fold(match[order[0]]):
                core, page = match[order[0]], match[order[1]]
                break
        key = fold(core)
        if len(key) >= 3 and key not in _LABELS:
            groups[key].append((index, piece, page))
    heads = _of_a_total(groups)
    for rows in groups.values():
        if len(rows) < REPEATS:
            continue
        paged = [row for row in rows if row[2]]
        if len(paged) >= REPEATS and len(paged) >= 0.5 * len(rows) and _counts_up([page_value(r[2]) for r in paged]):
            heads.update({id(piece): page for _, piece, page in _alike(rows) if page or piece.kind != "heading"})
            continue
        # Without a number of its own, a head stands beside a page number or a rule.
        beside = sum(1 for index, piece, _ in rows if piece.kind != "heading" and _beside(draft.pieces, index, bare))
        if beside >= REPEATS and beside >= 0.6 * len(rows):
            heads.update({id(piece): page for _, piece, page in _alike(rows) if piece.kind != "heading"})
    return heads


def _of_a_total(groups: dict[str, list[tuple[int, Piece, str]]]) -> dict[int, str]:
    """Heads that change with the chapter but count the pages of one total: « La terre 14 / 80 », « L'eau 21 / 80 »."""
    totals: dict[str, list[tuple[int, Piece, str]]] = defaultdict(list)
    for rows in groups.values():
        for row in rows:
            number, slash, total = row[2].partition("/")
            if slash and row[1].kind == "paragraph" and number.strip().isdigit():
                totals[total.strip()].append(row)
    heads: dict[int, str] = {}
    for total, rows in totals.items():
        rows.sort(key=lambda row: row[0])
        values = [page_value(row[2]) for row in rows]
        if len(rows) >= MANY and total.isdigit() and max(values) <= int(total) and _counts_up(values):
            heads.update({id(piece): page for _, piece, page in rows})
    return heads


def _alike(rows: list[tuple[int, Piece, str]]) -> list[tuple[int, Piece, str]]:
    """Without the title in bold, whose words the running heads repeat."""
    light = [row for row in rows if not row[1].text.lstrip().startswith("**")]
    return light if 2 * len(light) >= len(rows) else rows


def _beside(pieces: list[Piece], index: int, bare: dict[int, str]) -> bool:
    for other in (index - 1, index + 1):
        if 0 <= other < len(pieces):
            piece = pieces[other]
            if piece.kind == "rule" or (piece.kind == "paragraph" and _PAGE_ONLY.match(bare.get(id(piece)) or "?!")):
                return True
    return False


def _counts_up(values: list[int]) -> bool:
    """Whether numbers mostly grow, by small steps; the front matter may count in roman numerals first."""
    if len(values) < 3:
        return False
    good = sum(1 for a, b in itertools.pairwise(values) if 0 <= b - a <= 6 or b <= 2)
    return good >= 0.8 * (len(values) - 1)


def _page_numbers(draft: Draft, bare: dict[int, str], heads: dict[int, str]) -> dict[int, str]:
    rows: list[tuple[int, Piece, str]] = []
    for index, piece in enumerate(draft.pieces):
        if piece.kind == "paragraph" and id(piece) not in heads:
            match = _PAGE_ONLY.match(bare.get(id(piece)) or "?!")
            if match and page_value(match[1]):
                rows.append((index, piece, match[1]))
    sure = [row for row in rows if "/" in row[2] or _near_head(draft.pieces, row[0], heads)]
    if len(sure) >= REPEATS:
        return {id(piece): page for _, piece, page in sure}
    chain: list[tuple[int, Piece, str]] = []
    for index, piece, page in rows:
        value = page_value(page)
        if chain:
            last_index, _, last_page = chain[-1]
            if not 1 <= value - page_value(last_page) <= 4 or index - last_index < 2:
                continue
        elif value > 30:
            continue
        chain.append((index, piece, page))
    if len(chain) >= REPEATS and len(chain) >= 0.7 * len(rows):
        return {id(piece): page for _, piece, page in chain}
    return {}


def _near_head(pieces: list[Piece], index: int, heads: dict[int, str]) -> bool:
    return any(id(pieces[other]) in heads for other in (index - 1, index + 1) if 0 <= other < len(pieces))
