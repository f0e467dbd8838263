"""Make a figure of every caption and of every picture, and keep its place in the text.

    "![Un plan](plan.png)", "Figure 2 : Le plan"   ->  `![](figure:figure-2)`, with caption, credit and picture

A caption whose picture the converter lost keeps its figure: an editor can supply the picture later.
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.model import Figure
from manuscript.steps.keys import unique
from manuscript.wording import plain

_IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^)\s>]+)>?(?:\s+\"([^\"]*)\")?\s*\)")
_PLACED = re.compile(r"!\[[^\]]*\]\(figure:([\w-]+)\)$")
_NOTE_CREDIT = re.compile(r"(?:source|cr[ée]dit)s?\s*:\s*(.+)$", re.IGNORECASE)


def figures(draft: Draft) -> None:
    """Fill `draft.figures`; captions become placed figures."""
    notes = {piece.key: piece.text for piece in draft.pieces if piece.kind == "note"}
    used: dict[str, int] = {}
    kept: list[Piece] = []
    numbers: list[int] = []
    without: list[int] = []
    for piece in draft.pieces:
        last = kept[-1] if kept else None
        if piece.kind == "image":
            _picture(draft, piece)
            kept.append(piece)
            continue
        if piece.kind != "caption":
            kept.append(piece)
            continue
        facts = piece.facts
        image, alt = "", facts.get("alt", "")
        if last is not None and last.kind == "image" and not _PLACED.match(last.text) and piece.gap <= 6:
            match = _IMAGE.match(last.text.strip())
            if match:
                image, alt = match[2], alt or plain(match[1])
                piece.parts = last.parts + piece.parts
                kept.pop()
        key = _key(facts["number"], used, table=facts["what"] == "table")
        credit = facts["credit"]
        for call in re.findall(r"\[\^([^\]\s]+)\]", facts["calls"]):
            match = _NOTE_CREDIT.match(plain(notes.get(call, "")))
            if match and not credit:
                credit = f"{match[1].strip(' .')} (note {call})"
        caption = facts["caption"]
        if facts["what"] == "table":
            caption = f"{facts['label']} {facts['number']}. {caption}"
            draft.doubt(
                "table-lost",
                piece.line,
                f"Le tableau {facts['number']} a une légende, mais son contenu manque dans la source.",
            )
        number = (facts["number"] or None) if facts["what"] == "figure" else None
        draft.figures.append(Figure(key, number, caption, credit, piece.line, image, alt))
        if not image:
            without.append(piece.line)
        if facts["number"].isdigit() and facts["what"] == "figure":
            numbers.append(int(facts["number"]))
        piece.kind, piece.key = "caption", key
        piece.text = f"![](figure:{key})"
        _call_elsewhere(kept, facts["calls"], piece)
        kept.append(piece)
    draft.keep_if(kept)
    if without:
        draft.find(
            "figure-without-picture",
            without[0],
            f"{len(without)} figures ont une légende, mais pas d’image : les images sont à fournir.",
        )
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if missing and len(missing) < len(numbers):
        listed = ", ".join(map(str, missing[:12]))
        draft.doubt(
            "figure-missing", 1, f"La numérotation des figures saute : {listed} ne se trouve pas dans la source."
        )


def _call_elsewhere(above: list[Piece], calls: str, piece: Piece) -> None:
    """A note that only the caption calls is called where the text speaks last, since a figure stands alone."""
    called = "".join(f"[^{key}]" for key in re.findall(r"\[\^([^\]\s]+)\]", calls))
    if not called:
        return
    for other in reversed(above):
        if other.kind in ("paragraph", "item") and not other.opaque:
            other.text += called
            return
        if other.kind == "heading":
            break
    piece.text = f"{called}\n\n{piece.text}"


def _key(number: str, used: dict[str, int], *, table: bool) -> str:
    base = ("tableau-" if table else "figure-") + (re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-") or "x")
    return unique(base, used)


def _picture(draft: Draft, piece: Piece) -> None:
    match = _IMAGE.match(piece.text.strip())
    if match and not match[2].startswith(("figure:", "http://", "https://", "data:")):
        draft.find(
            "image-to-supply",
            piece.line,
            f"L’image « {match[2][:120]} » est nommée mais n’est pas fournie avec le texte.",
        )
