"""Make links of « voir annexe 3 », « Figure 12 », « section 2.1 », « le tableau ci-dessous », where the target is
certain.

"(voir annexe 3)"            ->  "(voir [annexe 3](section:annexe-3-questionnaire))"
"le tableau ci-dessous"      ->  "[le tableau ci-dessous](table:table-1)", the next one within the section
"cf. p. 34"                  ->  "cf. [p. 34](page:34)"
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.model import CrossReference
from manuscript.numbering import split_number, to_roman

_PROTECTED = re.compile(
    r"\[[^\[\]]{0,1000}\]\([^()\s]{0,1000}\)|<[^<>\s]{1,2000}>|`[^`\n]{0,1000}`|https?://\S{1,2000}|\[\^[^\]\s]{1,60}\]"
)
_NUMBERED = re.compile(
    r"\b(annexes?|figures?|fig\.|tableaux?|tables?|chapitres?|parties?|sections?|encadr[ée]s?"
    r")[ \xa0\u202f]+(?:n°[ \xa0]?)?"
    r"((?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,5}|[A-Z](?:\.\d{1,3})*))(?![\w])",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:voir|cf\.?|see|en|[àa]) (?:la |aussi |ci-dessus |plus haut |also )?(?P<page>(?:p\.|pages?"
    r")[ \xa0\u202f]?(?P<number>\d{1,4}))(?!\d|[ \xa0]?(?:-|–|et)\s?\d)",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"\b(?:(?:le|la|l[’']|ce|cette|cet)[ ]?)?(?P<what>figure|graphique|sch[ée]ma|infographie|illustration|"
    r"image|carte|diagramme|tableau)"
    r"[ \xa0](?P<where>ci-dessous|ci-dessus|ci-apr[èe]s|suivante?|pr[ée]c[ée]dente?)",
    re.IGNORECASE,
)
_WORDS = ("annexe", "figure", "fig.", "tableau", "table ", "chapitre", "partie ", "section", "encadr")
_PLACES = ("ci-d", "ci-a", " suivant", " précédent", " precedent")
_ORDINAL = re.compile(
    r"\b(premi[èe]re|deuxi[èe]me|seconde|troisi[èe]me|quatri[èe]me|cinqui[èe]me)[ \xa0]partie\b", re.IGNORECASE
)
_VALUES = {"premi": 1, "deuxi": 2, "secon": 2, "trois": 3, "quatr": 4, "cinqu": 5}
_KIND = {"annexe": "annex", "figure": "figure", "fig": "figure", "tableau": "table", "table": "table",
         "chapitre": "chapter",
         "partie": "part", "section": "section", "encadré": "", "encadre": ""}  # fmt: skip


class _Targets:
    def __init__(self, draft: Draft) -> None:
        self.sections: dict[tuple[str, tuple[int, ...]], list[str]] = {}
        self.figures = {figure.number: figure.key for figure in draft.figures if figure.number}
        self.tables = {table.number: table.key for table in draft.tables if table.number}
        self.pages = any(piece.page for piece in draft.pieces if piece.kind == "heading")
        self.parts = 0
        for piece in draft.pieces:
            if piece.kind == "heading" and piece.number:
                numbered = split_number(f"{piece.number} x" if piece.number[0].isalpha() else f"{piece.number}. x")
                label = "section" if numbered.label in ("decimal", "single", "lettered") else numbered.label
                self.sections.setdefault((label, numbered.value), []).append(piece.key)
                self.parts += label == "part"

    def section(self, label: str, value: tuple[int, ...]) -> str:
        """The key of the one section of a label and number; nothing where numbers start again in each part."""
        found = self.sections.get((label, value), [])
        if not found and label in ("chapter", "section"):
            found = self.sections.get(("section" if label == "chapter" else "chapter", value), [])
        return found[0] if len(found) == 1 else ""


def cross_references(draft: Draft) -> None:
    targets = _Targets(draft)
    pieces = draft.pieces
    for index, piece in enumerate(pieces):
        if piece.opaque or piece.kind not in ("paragraph", "item", "quote", "note"):
            continue
        piece.text = _link(draft, piece, index, targets)


def _link(draft: Draft, piece: Piece, index: int, targets: _Targets) -> str:
    text = piece.text
    finds: list[tuple[int, int, str]] = []
    low = text.lower()
    # Looking for a few plain words first is much faster than the patterns.
    if any(word in low for word in _WORDS):
        for match in _NUMBERED.finditer(text):
            target = _target(match[1], match[2], targets)
            if target:
                finds.append((match.start(), match.end(), target))
    if targets.pages and ("p." in low or "page" in low):
        for match in _PAGE.finditer(text):
            finds.append((match.start("page"), match.end("page"), f"page:{match['number']}"))
    for match in _NEAR.finditer(text) if any(word in low for word in _PLACES) else ():
        target = _nearest(draft.pieces, index, match["what"].lower(), match["where"].lower())
        if target:
            finds.append((match.start(), match.end(), target))
    ordinals = list(_ORDINAL.finditer(text)) if " partie" in low else []
    if len({m[1].lower()[:5] for m in ordinals}) >= 2:
        for match in ordinals:
            key = targets.section("part", (_VALUES[match[1].lower()[:5].replace("è", "e")],))
            if key:
                finds.append((match.start(), match.end(), f"section:{key}"))
    if not finds:
        return text
    closed = [(m.start(), m.end()) for m in _PROTECTED.finditer(text)]
    last = len(text) + 1
    for start, end, target in sorted(finds, reverse=True):
        if end > last or any(a < end and start < b for a, b in closed):
            continue
        last = start
        words = text[start:end]
        draft.cross_references.append(CrossReference(_line(piece, words), words, target))
        text = f"{text[:start]}[{words}]({target}){text[end:]}"
    return text


def _line(piece: Piece, words: str) -> int:
    return next((number for number, row in piece.parts if words in row), piece.line)


def _target(word: str, number: str, targets: _Targets) -> str:
    kind = _KIND.get(word.lower().rstrip("."), _KIND.get(word.lower().rstrip("sx."), ""))
    if kind == "figure":
        key = targets.figures.get(number)
        return f"figure:{key}" if key else ""
    if kind == "table":
        key = targets.tables.get(number)
        return f"table:{key}" if key else ""
    if not kind:
        return ""
    if kind in ("annex", "part"):
        value = split_number(f"{'Annexe' if kind == 'annex' else 'Partie'} {number} : x").value
        key = targets.section(kind, value)
        if not key and kind == "part" and number.isdigit():
            key = targets.section(kind, split_number(f"Partie {to_roman(int(number))} : x").value)
        return f"section:{key}" if key else ""
    numbered = split_number(f"{number} x" if "." in number else f"{number}. x")
    if numbered.label in ("decimal", "single", "lettered"):
        key = targets.section("chapter" if kind == "chapter" else "section", numbered.value)
        return f"section:{key}" if key else ""
    return ""


def _nearest(pieces: list[Piece], index: int, what: str, where: str) -> str:
    """The figure or table that « ci-dessous » or « ci-dessus » means: the nearest within the same section."""
    table = what == "tableau"
    below = where.startswith(("ci-dessous", "ci-ap", "suivant"))
    rows = pieces[index + 1 : index + 30] if below else pieces[max(0, index - 30) : index][::-1]
    for piece in rows:
        if piece.kind == "heading":
            return ""
        if table and piece.kind == "table" and piece.key:
            return f"table:{piece.key}"
        if not table and piece.kind == "caption" and piece.key:
            return f"figure:{piece.key}"
    return ""
