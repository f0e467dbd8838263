"""Undo the hyphens of line ends, with care.

    "un guide du respon-\\nsable"  ->  "un guide du responsable"
    "une adresse e- mail"         ->  "une adresse e-mail", when the work writes it so or the first half is a letter
    "pré- et post-traitement"     ->  as it was

Whether the two halves are one word, or a compound with its hyphen, the rest of the work decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from manuscript.draft import Draft

_CUT = re.compile(r"([^\W\d_]+)-(\*{0,2}\]?(?:\([^()\s]{1,500}\))?)(\n|[ ])(\[?\*{0,2})([a-zà-ÿœæ]+)")
_COORDINATED = frozenset({"et", "ou", "and", "or", "à", "puis", "ni"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COMPOUND_FIRST = frozenset(
    [
        "non",
        "semi",
        "auto",
        "anti",
        "pré",
        "post",
        "sous",
        "sur",
        "co",
        "inter",
        "multi",
        "quasi",
        "ex",
        "vice",
        "mi",
        "micro",
        "demi",
        "contre",
        "e",
        "peut",
        "celui",
        "celle",
        "ceux",
        "soi",
        "lui",
        "elle",
        "au",
        "ci",
        "là",
        "très",
    ]
)


def hyphens(draft: Draft) -> None:
    """Join words cut at line ends inside paragraphs, items, notes and quotations."""
    rows = [p for p in draft.pieces if p.kind in ("paragraph", "item", "quote", "heading") and not p.opaque]
    cut = [p for p in rows if "-\n" in p.text or "- " in p.text or "-**\n" in p.text or "-](" in p.text]
    if not any(_CUT.search(p.text) for p in cut):
        return
    words: set[str] = set()
    for piece in rows:
        words.update(word.casefold() for word in _WORD.findall(piece.text))
    count = 0
    decide = _decider(words)
    for piece in cut:
        if piece.kind == "heading" and "\n" not in piece.text:
            continue
        text = _CUT.sub(decide, piece.text)
        if text != piece.text:
            count += 1
            _keep_rows(piece, text)
    if count:
        where = f"{count} passages" if count > 1 else "un passage"
        draft.find("hyphens-undone", cut[0].line, f"Des mots coupés en fin de ligne ont été recollés dans {where}.")


def _decider(words: set[str]) -> Callable[[re.Match[str]], str]:
    def decide(match: re.Match[str]) -> str:
        first, closing, gap, opening, second = match.groups()
        if second in _COORDINATED or (gap == " " and closing + opening not in ("", "****")):
            return match[0]
        marks = "" if closing == "**" == opening else closing + opening
        if marks and ("](" in closing or "[" in opening):
            return match[0]
        whole, compound = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        # The rest of a line that the cut ended moves down with the word.
        tail = "\n" if gap == "\n" else ""
        if whole in words:
            return f"{first}{second}{marks}{tail and ''}"
        if compound in words or len(first) == 1 or first.casefold() in _COMPOUND_FIRST:
            return f"{first}-{second}{marks}"
        if gap == "\n" and len(second) > 1:
            return f"{first}{second}{marks}"
        return match[0]

    return decide


def _keep_rows(piece, text: str) -> None:  # type: ignore[no-untyped-def]
    """The text of the piece on fewer lines than its source has; what counts lines then falls back to the first."""
    piece.text = text
    piece.lines = text.split("\n")
