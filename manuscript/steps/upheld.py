"""Hold to what somebody decided about lines, whatever the steps before made of them.

heading « Nos remerciements vont à tous », decided: no heading        ->  a paragraph
"Le village vu du nord", decided: a caption                           ->  a figure with this caption
"…le bord" + "Du champ…", decided: one paragraph                      ->  `joins` joins them
"""

from __future__ import annotations

from manuscript.corrections import Correction, Ruling
from manuscript.draft import Draft, Piece
from manuscript.model import SectionKind
from manuscript.steps.captions import caption_facts
from manuscript.steps.decided import report_lost
from manuscript.steps.headings import make_heading

_LINES = frozenset({"paragraph", "item", "quote", "caption", "heading"})
"""Kinds of pieces that a decision may make something else of."""
_RUNNING = frozenset({"paragraph", "item", "quote"})
WHY = "Décidé à la relecture."


def upheld(draft: Draft) -> None:
    """Make of each decided line what was decided; say which could not be."""
    if not draft.corrections:
        return
    holders: dict[int, Piece] = {}
    for piece in draft.pieces:
        for line, _ in piece.parts:
            holders.setdefault(line, piece)
    for row in draft.corrections:
        holder = holders.get(row.line)
        if holder is None or holder.kind not in _LINES or holder.opaque:
            report_lost(draft, row, "cette ligne n’est pas un passage du texte")
        elif not _uphold(holder, row):
            report_lost(draft, row, "ce passage ne s’y prête pas")


def _uphold(piece: Piece, row: Correction) -> bool:
    if row.ruling is Ruling.HEADING:
        if piece.kind != "heading":
            make_heading(piece, WHY)
            piece.text = " ".join(piece.text.replace("\\\n", " ").split())
        piece.facts["depth_decided"], piece.facts["kind_decided"] = row.depth, row.kind
    elif row.ruling is Ruling.TEXT:
        if piece.kind in ("heading", "caption"):
            credit = piece.facts.get("credit", "")
            if piece.kind == "caption" and credit and credit not in piece.text:
                # The line of the credit had gone into the caption.
                piece.text += f"\n\nSource : {credit}"
            piece.kind, piece.level, piece.lines = "paragraph", 0, [piece.text]
    elif row.ruling is Ruling.CAPTION:
        if piece.kind != "caption":
            piece.facts.update(caption_facts(piece.text))
            piece.kind, piece.level = "caption", 0
    elif piece.kind not in _RUNNING:
        return False
    elif row.ruling is Ruling.JOIN:
        piece.facts["goes_on"] = True
    else:
        piece.facts["stands_apart"] = True
    return True


def ruled(piece: Piece, depth: int, kind: SectionKind, reason: str, deepest: int) -> tuple[int, SectionKind, str]:
    """Depth, kind and reason of a heading, as decided where it was. The outline stays one without gaps."""
    wanted, named = piece.facts.get("depth_decided"), piece.facts.get("kind_decided")
    if wanted is None and named is None:
        return depth, kind, reason
    if named is not None:
        piece.facts["kind"] = named
    return min(wanted or depth, deepest), named or kind, WHY if wanted is not None else reason
