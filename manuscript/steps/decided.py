"""Cut out the lines about which somebody decided, so that the reading takes them as what they are.

    "Le cadre\\nOn mesure tout.", decided: line 1 is a heading   ->  heading « Le cadre », paragraph « On mesure tout. »

Runs first: what is decided helps to read the rest. Later steps may think otherwise; `upheld` has the last word.
"""

from __future__ import annotations

import itertools

from manuscript.corrections import Correction, Ruling, anchored
from manuscript.draft import Draft, Piece

CUT = frozenset({"paragraph", "item"})
"""Kinds of pieces out of which a line can be cut: each of their lines is a part."""
ALONE = frozenset({Ruling.HEADING, Ruling.CAPTION})


def decided(draft: Draft) -> None:
    """Find the lines that `draft.corrections` name and cut them out."""
    found, lost = anchored(draft.corrections, draft.lines)
    for row in lost:
        report_lost(draft, row, "sa ligne n’est plus dans la source")
    draft.corrections = found
    if not found:
        return
    cuts: dict[int, set[int]] = {}
    for row in found:
        before = cuts.setdefault(row.line, set())
        if row.ruling in ALONE:
            before.update((row.line, row.line + 1))
        elif row.ruling is Ruling.SEPARATE:
            before.add(row.line)
    starts = {start for rows in cuts.values() for start in rows}
    by_line = {row.line: row for row in found if row.slot[1] == "nature"}
    kept: list[Piece] = []
    for piece in draft.pieces:
        pieces = _cut(piece, starts)
        for one in pieces:
            if one.parts and one.line in by_line:
                _take(one, by_line[one.line])
        kept += pieces
    draft.keep_if(kept)


def _cut(piece: Piece, starts: set[int]) -> list[Piece]:
    """A piece in as many pieces as decided lines make of it; a heading or a table stays whole."""
    inner = piece.kind in CUT and not piece.opaque and len(piece.parts) == len(piece.lines) > 1
    if not inner or not any(part[0] in starts for part in piece.parts[1:]):
        return [piece]
    bounds = [0, *(at for at, part in enumerate(piece.parts) if at and part[0] in starts), len(piece.parts)]
    out = []
    for first, last in itertools.pairwise(bounds):
        rows = piece.lines[first:last]
        kind, marker = (piece.kind, piece.marker) if not first else ("paragraph", "")
        out.append(Piece(kind, "\n".join(rows).rstrip(), piece.parts[first:last], piece.level, marker, lines=rows))
    out[0].gap = piece.gap
    return out


def _take(piece: Piece, row: Correction) -> None:
    piece.facts["decided"] = row.ruling
    if row.ruling is Ruling.HEADING and piece.kind == "paragraph" and not piece.opaque:
        piece.kind, piece.level = "heading", 0
        piece.text = " ".join(piece.text.split())
    elif row.ruling is Ruling.TEXT and piece.kind == "heading":
        piece.kind, piece.level, piece.lines = "paragraph", 0, [piece.text]


def report_lost(draft: Draft, row: Correction, why: str) -> None:
    draft.doubt(
        "decision-lost",
        min(row.line, max(1, len(draft.lines))),
        f"Ce qui a été décidé pour « {row.text[:80]} » n’a pas pu être suivi : {why}.",
    )
