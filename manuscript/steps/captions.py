"""Find the captions of figures and tables, with their credits.

"**Figure 12 :** La carte  \\nSource : Atelier"   ->  figure 12, « La carte », credit « Atelier »
"Figure 12 montre que…"                          ->  a sentence, left alone
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.wording import plain

LONGEST = 500
_CAPTION = re.compile(
    r"(figure|fig\.?|illustration|image|photo(?:graphie)?|graphique|sch[ée]ma|diagramme|carte|tableau|table)"
    r"[ \t\xa0\u202f]*(?:n[°o][ \t\xa0]*)?(\d{1,3}(?:[.-]\d{1,3}){0,3}|[IVX]{1,5}|[A-Z]\.?\d{1,2})(?![\w])(?!\.\d)"
    r"(?:[ \t\xa0\u202f]*[:.–—|-]+[ \t\xa0\u202f]*|[ \t]*\n[ \t]*)(?=\S)(.+)$",
    re.IGNORECASE | re.DOTALL,
)
_CREDIT = re.compile(
    r"(?:sources?|cr[ée]dits?(?: photo(?:graphique)?s?)?|d[’']apr[èe]s|photo(?:graphie)?s? par|©"
    r")[ \t\xa0\u202f]*:?[ \t\xa0\u202f]*(?=\S)",
    re.IGNORECASE,
)
CREDIT_LINE = re.compile(
    r"(?:(?:sources?|cr[ée]dits?(?: photo(?:graphique)?s?)?)[ \t\xa0\u202f]*:|©)[ \t\xa0\u202f]*(\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_INSIDE = re.compile(
    r"[.\s—–(-]\s*((?:sources?|cr[ée]dits?)[ \t\xa0\u202f]*:[ \t\xa0\u202f]*)(\S.*?)\)?$", re.IGNORECASE | re.DOTALL
)
_TABLES = ("tableau", "table")
_CALL = re.compile(r"<sup>\s*\d{1,4}\s*</sup>|\[\^[^\]\s]{1,60}\]")


def captions(draft: Draft) -> None:
    """Make `caption` pieces of the lines that are; take the credit that follows into them."""
    kept: list[Piece] = []
    for piece in draft.pieces:
        last = kept[-1] if kept else None
        if piece.kind in ("paragraph", "heading") and not piece.opaque and len(piece.text) <= LONGEST:
            text, calls = _without_calls(piece.text)
            match = _CAPTION.match(text)
            if match and (piece.kind == "paragraph" or not piece.level or len(text) < 200):
                piece.kind = "caption"
                piece.facts.update(_facts(match, calls))
                kept.append(piece)
                continue
            credit_line = CREDIT_LINE.match(text)
            if (
                last is not None
                and last.kind == "caption"
                and not last.facts["credit"]
                and credit_line
                and len(text) <= 300
                and piece.kind == "paragraph"
                and not piece.text.startswith(("<sup>", "[^"))
            ):
                last.facts["credit"] = _bare(credit_line[1].replace("\n", " "))
                last.facts["calls"] += calls
                last.parts += piece.parts
                continue
        kept.append(piece)
    draft.keep_if(kept)


def _without_calls(text: str) -> tuple[str, str]:
    calls = "".join(_CALL.findall(text))
    rows = [plain(_CALL.sub("", row.rstrip("\\"))) for row in text.split("\n")]
    return "\n".join(row for row in rows if row), calls


def _facts(match: re.Match[str], calls: str) -> dict[str, str]:
    caption, credit = _credit(match[3])
    return {
        "what": "table" if match[1].lower() in _TABLES else "figure",
        "label": match[1].capitalize(),
        "number": match[2],
        "caption": caption,
        "credit": credit,
        "calls": calls,
    }


def caption_facts(text: str) -> dict[str, str]:
    """What a line says that is a caption by decision: it may have neither label nor number."""
    words, calls = _without_calls(text)
    match = _CAPTION.match(words)
    if match:
        return _facts(match, calls)
    caption, credit = _credit(words)
    return {"what": "figure", "label": "", "number": "", "caption": caption, "credit": credit, "calls": calls}


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" .")


def _credit(text: str) -> tuple[str, str]:
    """Caption and credit of what stands behind the label."""
    rows = text.split("\n")
    caption: list[str] = []
    for index, row in enumerate(rows):
        line = CREDIT_LINE.match(row)
        if line and index:
            return " ".join(caption).strip(), _bare(" ".join([line[1], *rows[index + 1 :]]))
        caption.append(row.strip())
    whole = " ".join(caption)
    inside = _INSIDE.search(whole)
    if inside and inside.start() > 3:
        return whole[: inside.start() + 1].strip(" (—–-."), _bare(inside[2])
    return whole, ""
