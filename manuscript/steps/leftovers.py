"""Set aside the text of lost pictures: what the converter read inside an image, above its caption.

    "# A Chart of Things", "2014", "2015", "**Figure 3 :** Une courbe"   ->  the first three are the picture's own words

A heading, labels and years above a caption are taken for the picture's text when they are not in the language of
the work,
when no contents promise them and when no sentence of the work stands between them and the caption.
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.languages import language_of
from manuscript.steps.captions import CREDIT_LINE
from manuscript.steps.headings import describe
from manuscript.wording import fold, plain

FARTHEST = 80
"""Pieces above a caption that are looked at."""
LONGEST = 1000
"""Characters of a picture's words that stand in for it."""
_NOTE = re.compile(r"<sup>\s*(\d{1,4})\s*</sup>")
_DESCRIPTION = re.compile(
    r"(?:the|this|a|an)\s+(?:image|picture|screenshot|figure|chart|graph|photo(?:graph)?|diagram|illustration|logo|map)\b",
    re.IGNORECASE,
)
"""How converters describe, in English, a picture that they could not keep."""


def leftovers(draft: Draft) -> None:
    """Discard what stood inside pictures, headings included."""
    main = _main_language(draft)
    pieces = draft.pieces
    notes = _largest_note_before(pieces)
    gone: set[int] = set()
    for index, piece in enumerate(pieces):
        if piece.kind != "caption" or piece.facts["what"] != "figure":
            continue
        run = _run(pieces, index, main, notes)
        if not run:
            continue
        gone.update(run)
        rows = [pieces[i] for i in run]
        for row in rows:
            text = plain(row.text)
            if _DESCRIPTION.match(text) and not piece.facts.get("alt"):
                piece.facts["alt"] = text
            if text.startswith("©") and not piece.facts["credit"]:
                piece.facts["credit"] = text
            draft.discard(row, "image-text")
        if not piece.facts.get("alt"):
            piece.facts["alt"] = _words_of_the_picture(rows)
        draft.find(
            "image-text",
            rows[0].line,
            f"{len(rows)} lignes lues dans l’image de la figure {piece.facts['number']} ont été mises de côté.",
        )
    if gone:
        draft.keep_if(p for i, p in enumerate(pieces) if i not in gone)


def _words_of_the_picture(rows: list[Piece]) -> str:
    """They stand in for a picture that is lost, until somebody describes it: read aloud, and found by the search."""
    words = " · ".join(text for row in rows if (text := " ".join(plain(row.text).split()).strip("# ")))
    return words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] + " …"


def _main_language(draft: Draft) -> str:
    known = str(draft.metadata.get("language") or "")[:2]
    if known:
        return known
    sample = " ".join(p.text[:400] for p in draft.pieces if p.kind == "paragraph" and len(p.text) > 200)[:60_000]
    step = max(1, len(sample) // 4000)
    return language_of(" ".join(sample.split()[::step]) if step > 1 else sample) or "fr"


def _largest_note_before(pieces: list[Piece]) -> list[int]:
    out: list[int] = []
    largest = 0
    for piece in pieces:
        out.append(largest)
        match = _NOTE.match(piece.text) if piece.kind == "paragraph" and not piece.opaque else None
        if match and int(match[1]) == largest + 1:
            largest += 1
    return out


def _run(pieces: list[Piece], caption: int, main: str, notes: list[int]) -> list[int]:
    """Indexes of the pieces above a caption that stood inside its picture, top first."""
    rows: list[tuple[int, bool]] = []
    for index in range(caption - 1, max(-1, caption - FARTHEST), -1):
        piece = pieces[index]
        strange = _strange(piece, main)
        if piece.kind == "heading":
            numbered = describe(piece)
            same = fold(numbered.title) == fold(pieces[caption].facts["caption"])
            labels = len(rows) >= 2 and all(len(plain(pieces[i].text).split()) <= 3 for i, _ in rows)
            own = strange or (same and bool(rows)) or labels
            if piece.facts.get("entry") is None and not numbered.label and own:
                # The picture's own title is the top of what was read in it.
                first = index
                while first > 0 and _loose(pieces[first - 1], main) and pieces[first - 1].kind != "heading":
                    first -= 1
                return list(range(first, caption))
            break
        if piece.kind == "paragraph" and (note := _NOTE.match(piece.text)):
            if int(note[1]) > notes[index] or not strange:
                break
            rows.append((index, True))
            continue
        if piece.kind in ("table", "image"):
            if piece.kind == "image":
                break
            rows.append((index, False))
            continue
        if piece.kind not in ("paragraph", "item") or piece.opaque:
            break
        if not strange and not _label_only(piece, main) and _of_the_work(piece, main):
            break
        rows.append((index, strange))
    # Without a title of its own, a picture leaves labels and a line or two in another language.
    run = []
    for index, strange in rows:
        words = len(plain(pieces[index].text).split())
        if pieces[index].kind == "table" or not (strange or _label_only(pieces[index], main)):
            break
        if (
            strange
            and words > 30
            and not _DESCRIPTION.match(plain(pieces[index].text))
            and not _NOTE.match(pieces[index].text)
        ):
            break
        run.append(index)
    while run and not _strange(pieces[run[-1]], main) and not any(c.isdigit() for c in pieces[run[-1]].text):
        run.pop()
    return run[::-1]


def _strange(piece: Piece, main: str) -> bool:
    if piece.kind == "table" or piece.opaque:
        return False
    text = plain(piece.text)
    if _DESCRIPTION.match(text):
        return True
    language = language_of(text.replace(" et al", " "), least=1)  # Latin, not French.
    if language:
        return language != main
    if piece.kind == "heading":
        letters = [c for c in text if c.isalpha()]
        return (
            len(text.split()) >= 3
            and bool(letters)
            and not any(c in "éèêàùçôîœ’'«" for c in text.lower())
            and text.isupper()
        )
    return False


def _of_the_work(piece: Piece, main: str) -> bool:
    """Whether a line is a sentence of the work itself, rather than one of a picture."""
    text = plain(piece.text).replace(" et al", " ")
    return len(text.split()) > 60 or language_of(text, least=2) == main or not language_of(text, least=1)


def _loose(piece: Piece, main: str) -> bool:
    return piece.kind in ("paragraph", "item") and _strange(piece, main) and len(piece.text) < 200


def _label_only(piece: Piece, main: str) -> bool:
    """Figures, names, a source: words that make no sentence."""
    text = plain(piece.text).replace(" et al", " ")
    if not text or text.startswith("©") or CREDIT_LINE.match(text):
        return True
    words = text.split()
    if len(words) <= 3 and not text.endswith((".", ":", "?", "!")):
        return True
    digits = sum(c.isdigit() for c in text)
    return digits > 0.3 * len(text) or (not language_of(text, least=1) and len(words) <= 14)
