"""Put back the sections that the printed contents promise and the body has lost.

contents: Annexe 1, Annexe 2, Annexe 3; body: Annexe 1, « Résultats de l'enquête », Annexe 3
->  Annexe 2 stands where its own text begins, and the importer is told
"""

from __future__ import annotations

import re
from collections import Counter

from manuscript.draft import ContentsEntry, Draft, Piece
from manuscript.numbering import split_number
from manuscript.steps.headings import describe
from manuscript.wording import fold, plain

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
LABELS = ("part", "chapter", "annex", "decimal", "single", "roman", "upper", "lettered")


def restored(draft: Draft) -> None:
    """Insert a heading for each numbered entry of the contents that no heading answers, between its neighbours."""
    entries = [entry for entry in draft.contents if entry.table == 0]
    if len(entries) < 5 or sum(entry.matched for entry in entries) < 0.6 * len(entries):
        return
    where = {
        id(piece.facts["entry"]): index
        for index, piece in enumerate(draft.pieces)
        if piece.kind == "heading" and "entry" in piece.facts
    }
    inserts: list[tuple[int, Piece]] = []
    casing: dict[str, str] | None = None
    for place, entry in enumerate(entries):
        if id(entry) in where or not entry.number:
            continue
        numbered = split_number(f"{entry.number}. {entry.title}")
        if numbered.label not in LABELS:
            continue
        before = next((where[id(e)] for e in reversed(entries[:place]) if id(e) in where), None)
        after = next((where[id(e)] for e in entries[place + 1 :] if id(e) in where), None)
        if before is None or (after is not None and after <= before):
            continue
        stop = after if after is not None else len(draft.pieces)
        if casing is None:
            casing = casing_of(draft, {w for e in entries if id(e) not in where for w in _LETTERS.findall(e.title)})
        inserts.append(_restore(draft, entry, before, stop, casing))
    for index, piece in sorted(inserts, key=lambda row: -row[0]):
        draft.pieces.insert(index, piece)


def _restore(draft: Draft, entry: ContentsEntry, before: int, stop: int, casing: dict[str, str]) -> tuple[int, Piece]:
    title = sentence_case(entry.title, casing)
    wanted = set(_words(entry.title))
    best, best_score = -1, 0.0
    for index in range(before + 1, stop):
        piece = draft.pieces[index]
        opens = piece.kind == "paragraph" and not piece.opaque and (piece.facts.get("break") or piece.gap >= 3)
        if piece.kind == "heading" and (piece.facts.get("entry") is not None or describe(piece).label):
            continue
        if piece.kind != "heading" and not opens:
            continue
        shared = wanted & set(_words(piece.text[:300]))
        score = len(shared) / max(1, len(wanted))
        if score > best_score and (len(shared) >= 2 or (score > 0.6 and piece.kind == "heading")):
            best, best_score = index, score
    index = best if best >= 0 else stop
    near = draft.pieces[min(index, len(draft.pieces) - 1)]
    line = near.line if index < len(draft.pieces) else near.last_line
    heading = Piece("heading", f"{entry.number} : {title}", [], level=0)
    heading.facts.update(line=line, entry=entry, restored=True)
    heading.reason = "La table des matières l’annonce, mais son titre manque dans le texte."
    entry.matched = True
    if best >= 0:
        found = draft.pieces[best]
        if found.kind == "heading":
            found.kind = "paragraph"
            found.text = f"**{plain(found.text)}**"
            found.lines = [found.text]
    draft.doubt(
        "section-restored",
        line,
        f"« {entry.number} : {title} » manque dans le texte ; la section a été rétablie d’après la table des matières"
        + (", là où son contenu commence." if best >= 0 else ", vide, à sa place dans l’ordre."),
    )
    return index, heading


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(plain(text))]


def casing_of(draft: Draft, words: set[str]) -> dict[str, str]:
    """How the work writes each of these words inside its sentences: capitals do not say."""
    wanted = sorted({word.lower() for word in words if len(word) > 1})[:400]
    if not wanted:
        return {}
    # The first word of a sentence has a capital of its own.
    inside = re.compile(rf"(?<=[^\s.!?«] )(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE)
    counts: dict[str, Counter[str]] = {}
    for piece in draft.pieces:
        if piece.kind in ("paragraph", "item") and not piece.opaque:
            for word in inside.findall(piece.text[:3000]):
                counts.setdefault(word.lower(), Counter())[word] += 1
    return {key: max(sorted(forms), key=lambda form: forms[form]) for key, forms in counts.items()}


def sentence_case(title: str, casing: dict[str, str]) -> str:
    """A title in capitals as the work would write it in a sentence."""
    if not title.isupper():
        return title
    text = _LETTERS.sub(lambda m: casing.get(m[0].lower(), m[0].lower()), title)
    return text[:1].upper() + text[1:]
