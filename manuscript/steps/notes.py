"""Tie every call of a note to its note, in whatever syntax and wherever either stands.

    "…la mesure<sup>3</sup>.", "<sup>3</sup> Voir plus loin."   ->  "…la mesure[^3].", note 3
    "…la mesure. 3", page break, "> 3. Voir plus loin."         ->  the same
    "1<sup>er</sup>", "10<sup>6</sup>"                          ->  no calls

Numbers that start again on each page or in each chapter are told apart by place: a call means the next note of its
number.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from manuscript.draft import Draft, Piece
from manuscript.model import Footnote
from manuscript.steps.keys import unique

FEW = 3
_SUP = re.compile(r"<sup>\s*(?:\[?\s*(\d{1,4}|[a-z*†‡])\s*[\]).]?)\s*</sup>")
_SUP_START = re.compile(r"(?:\*\*)?<sup>\s*\[?(\d{1,4})[\]).]?\s*</sup>(?:\*\*)?[ \t]*")
_UNICODE = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UNICODE_CALL = re.compile(rf"[ \t]?(\d{{0,2}}[{_UNICODE}]{{1,3}})(?=[\s.,;:!?)»\]]|$)")
_UNICODE_START = re.compile(rf"([{_UNICODE}]{{1,3}})[ \t]*(?=\S)")
_BRACKET_START = re.compile(r"\\?\[(\d{1,3})\\?\][ \t]+(?=\S)")
_BRACKET_CALL = re.compile(r"(?<![\w\]])\\?\[(\d{1,3})\\?\](?![(\[:])|(?<=\w)\\?\[(\d{1,3})\\?\](?![(\[:])")
_HOUSE_CALL = re.compile(r"\[\^([^\]\s]{1,60})\]")
_ANY_SUP = re.compile(r"<(sup|sub)>\s*([^<>\n]{0,200}?)\s*</\1>", re.IGNORECASE)
_ASTERISK_START = re.compile(r"\\?\*[ \t]+(?=[A-ZÀ-Ý«])")
_QUOTED_NOTE = re.compile(r"(?:\[)?(\d{1,3})[.)][ \t]+(?=\S)")
_FLAT = r"(?<=[.!?»)…:;,\w])[ \t]({})(?=[ \t]*(?:$|\n|[;:,.!?)])|[ \t]+[A-ZÀ-Ý«(*_])"
_TO_PLAIN = str.maketrans(_UNICODE, "0123456789")
_TO_SUPER = str.maketrans("0123456789", _UNICODE)


@dataclass(slots=True)
class _Note:
    number: str
    place: int
    piece: Piece
    key: str = ""
    call: int | None = None


def notes(draft: Draft) -> None:
    """Make `note` pieces of the notes, `[^key]` of their calls, and fill `draft.footnotes`."""
    _split_notes(draft)
    _zones(draft)
    found = [_Note(piece.marker, place, piece) for place, piece in enumerate(draft.pieces) if piece.kind == "note"]
    by_number: dict[str, list[_Note]] = {}
    used: dict[str, int] = {}
    for note in found:
        by_number.setdefault(note.number, []).append(note)
        note.key = note.piece.key = unique(note.number, used)
    _tie(draft, by_number)
    for note in found:
        number = int(note.number) if note.number.isdigit() else note.number
        note.piece.text = _without_sup(note.piece.text)
        if note.call is None:
            draft.doubt(
                "note-without-call",
                note.piece.line,
                f"Rien n’appelle la note {note.number} ; elle est gardée dans sa section.",
            )
        draft.footnotes.append(Footnote(note.key, number, note.call, note.piece.line, note.piece.text))


def _split_notes(draft: Draft) -> None:
    """Paragraphs that open with a raised number are notes, several on one piece too."""
    kept: list[Piece] = []
    brackets = _bracket_notes(draft)
    for piece in draft.pieces:
        if piece.kind != "paragraph" or piece.opaque:
            kept.append(piece)
            continue
        start = _start(piece.text, id(piece) in brackets)
        if not start:
            kept.append(piece)
            continue
        kept += _cut(piece, id(piece) in brackets)
    draft.keep_if(kept)


def _start(text: str, bracket: bool) -> tuple[str, int] | None:
    for pattern in (_SUP_START, _UNICODE_START):
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            return match[1].translate(_TO_PLAIN), match.end()
    if bracket and (match := _BRACKET_START.match(text)):
        return match[1], match.end()
    return None


def _bracket_notes(draft: Draft) -> set[int]:
    """`[3] text` is a note where `[3]` is called in the text above; else it may be an entry of a bibliography."""
    starts = [
        (place, piece, match[1])
        for place, piece in enumerate(draft.pieces)
        if piece.kind == "paragraph" and not piece.opaque and (match := _BRACKET_START.match(piece.text))
    ]
    if not starts:
        return set()
    calls = {
        number
        for piece in draft.pieces
        if piece.kind in ("paragraph", "item", "quote") and not piece.opaque and not _BRACKET_START.match(piece.text)
        for pair in _BRACKET_CALL.findall(piece.text)
        for number in pair
        if number
    }
    run = all(b[0] - a[0] == 1 for a, b in itertools.pairwise(starts)) and len(starts) > 12
    return set() if run else {id(piece) for _, piece, number in starts if number in calls}


def _cut(piece: Piece, bracket: bool) -> list[Piece]:
    """A piece with several notes, one a line, becomes one piece a note; a line without number goes on the note
    above."""
    rows = piece.text.split("\n")
    if len(rows) != len(piece.parts):
        rows = [piece.text.replace("\n", " ")]
        groups = [(rows, piece.parts)]
    else:
        groups = []
        for row, part in zip(rows, piece.parts, strict=True):
            if _start(row, bracket) or not groups:
                groups.append(([row], [part]))
            else:
                groups[-1][0].append(row)
                groups[-1][1].append(part)
    out: list[Piece] = []
    for texts, parts in groups:
        start = _start(texts[0], bracket)
        text = " ".join(row.rstrip("\\").strip() for row in texts)
        number, end = start if start else ("", 0)
        # A second note may follow on the same line.
        note = Piece("note", text[end:].strip(), list(parts), marker=number, gap=piece.gap)
        out.append(note)
        if len(parts) == 1:
            out += _same_line(note)
    return out


_NEXT_ON_LINE = re.compile(r"(?<=[.>)»])\s*<sup>\s*(\d{1,4})\s*</sup>\s*(?=\S)")


def _same_line(note: Piece) -> list[Piece]:
    """« ³ Un. ⁴ Deux. »: the notes that follow on the line of the first, cut off it."""
    if not note.marker.isdigit() or "<sup" not in note.text:
        return []
    line, source = note.parts[0]
    texts = _by_number(note.text, int(note.marker))
    sources = _by_number(source, int(note.marker))
    if len(texts) < 2 or len(texts) != len(sources):
        return []
    note.text, note.parts = texts[0][1].strip(), [(line, sources[0][1])]
    return [
        Piece("note", _SUP_START.sub("", text, count=1).strip(), [(line, raw)], marker=str(number))
        for (number, text), (_, raw) in zip(texts[1:], sources[1:], strict=True)
    ]


def _by_number(text: str, first: int) -> list[tuple[int, str]]:
    """The text cut before each raised number that is one more than the last."""
    out: list[tuple[int, str]] = []
    start, number = 0, first
    for match in _NEXT_ON_LINE.finditer(text):
        if int(match[1]) == number + 1:
            cut = match.start() + len(match[0]) - len(match[0].lstrip())
            out.append((number, text[start:cut]))
            start, number = cut, number + 1
    out.append((number, text[start:]))
    return out


def _zones(draft: Draft) -> None:
    """Notes at the foot of a page that lost their raised numbers: « 3. Voir… » or « > 3. Voir… » before a page
    break."""
    pieces = draft.pieces
    if not any(piece.facts.get("break") for piece in pieces):
        return
    if sum(piece.kind == "note" for piece in pieces) >= FEW:
        # The notes of this text have marks of their own; its numbered lines are lists.
        return
    last = 0
    start = 0
    for index, piece in enumerate(pieces):
        if not piece.facts.get("break") and not (piece.kind == "heading" and piece.level == 1):
            continue
        zone = []
        at = index - 1
        while at >= start and (number := _flat_number(pieces[at])) is not None:
            zone.append((at, number))
            at -= 1
        zone.reverse()
        while zone and zone[0][1] not in (last + 1, 1):
            zone.pop(0)
        if zone:
            _take_zone(pieces, start, zone)
        numbers = [n for at, n in zone if pieces[at].kind == "note"]
        if numbers:
            last = numbers[-1]
        start = index
    draft.keep_if(pieces)


def _flat_number(piece: Piece) -> int | None:
    if piece.opaque:
        return None
    if piece.kind == "item" and piece.marker[:-1].isdigit():
        return int(piece.marker[:-1])
    if piece.kind in ("quote", "paragraph"):
        match = _QUOTED_NOTE.match(piece.text)
        return int(match[1]) if match else None
    return None


def _take_zone(pieces: list[Piece], start: int, zone: list[tuple[int, int]]) -> None:
    """Numbered lines are notes where the text of the page calls each of them; a list at the end of a page is not."""
    first = zone[0][0]
    calls: list[tuple[Piece, re.Match[str], int]] = []
    expected = {number for _, number in zone}
    for piece in pieces[start:first]:
        if piece.kind not in ("paragraph", "item", "quote") or piece.opaque:
            continue
        for number in sorted(expected):
            raised = str(number).translate(_TO_SUPER)
            mixed = "|".join({raised, str(number), *(str(number)[:i] + raised[i:] for i in range(1, len(raised)))})
            match = re.search(_FLAT.format(mixed), piece.text)
            if match:
                calls.append((piece, match, number))
    called = {number for _, _, number in calls}
    if len(called) < max(1, (len(zone) + 1) // 2):
        return
    for piece, _match, number in sorted(calls, key=lambda row: -row[1].start()):
        raised = str(number).translate(_TO_SUPER)
        mixed = "|".join({raised, str(number), *(str(number)[:i] + raised[i:] for i in range(1, len(raised)))})
        piece.text = re.sub(_FLAT.format(mixed), f"<sup>{number}</sup>", piece.text, count=1)
    for at, number in zone:
        piece = pieces[at]
        if piece.kind != "item":
            match = _QUOTED_NOTE.match(piece.text)
            piece.text = piece.text[match.end() :] if match else piece.text
        piece.kind, piece.marker = "note", str(number)
        piece.text = " ".join(piece.text.split("\n"))


def _tie(draft: Draft, by_number: dict[str, list[_Note]]) -> None:
    """Write `[^key]` for each call and remember where it stands."""
    places = {number: [note.place for note in rows] for number, rows in by_number.items()}
    brackets = {
        n.number for rows in by_number.values() for n in rows if n.piece.parts[0][1].lstrip(" >\\").startswith("[")
    }
    last = [0]

    def note_of(number: str, place: int) -> _Note | None:
        rows = by_number.get(number)
        if not rows:
            return None
        return rows[min(bisect_left(places[number], place), len(rows) - 1)]

    for place, piece in enumerate(draft.pieces):
        if piece.opaque or piece.kind in ("code", "metadata", "comment", "directive"):
            continue
        text = piece.text
        if piece.kind == "note":
            continue
        if not ("<sup" in text or "[^" in text or (brackets and "[" in text) or any(c in text for c in _UNICODE)):
            continue
        rows = text.split("\n")
        aligned = len(rows) == len(piece.parts)
        for index, row in enumerate(rows):
            line = piece.parts[index][0] if aligned else piece.line
            rows[index] = _calls(row, place, line, note_of, brackets, last)
        piece.text = "\n".join(rows)
        piece.facts.pop("numbered", None)
        if "calls" in piece.facts:
            piece.facts["calls"] = _calls(piece.facts["calls"], place, piece.line, note_of, brackets, last)


def _calls(
    text: str,
    place: int,
    line: int,
    note_of: Callable[[str, int], _Note | None],
    brackets: set[str],
    last: list[int],
) -> str:
    def use(note: _Note) -> str:
        if note.call is None:
            note.call = line
        if note.number.isdigit():
            last[0] = int(note.number)
        return f"[^{note.key}]"

    def sup(match: re.Match[str]) -> str:
        number = match[1]
        note = note_of(number, place)
        before = text[match.start() - 1 : match.start()]
        if note is None or (before.isdigit() and number.isdigit() and int(number) != last[0] + 1):
            return _raised(number)
        return use(note)

    def raised(match: re.Match[str]) -> str:
        number = match[1].translate(_TO_PLAIN)
        note = note_of(number, place)
        if note is None or (match[1][0].isdigit() and not match[0].startswith((" ", "\t"))):
            return match[0]
        return use(note)

    def bracket(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        note = note_of(number, place) if number in brackets else None
        return match[0] if note is None else use(note)

    def house(match: re.Match[str]) -> str:
        note = note_of(match[1], place)
        return match[0] if note is None else use(note)

    text = _HOUSE_CALL.sub(house, text)
    if "<sup" in text:
        text = re.sub(r"[ \t]+(?=<sup>\s*\d{1,4}\s*</sup>)", "", text)
        text = _SUP.sub(sup, text)
        text = _without_sup(text)
    if brackets:
        text = re.sub(r"(?<=\w) (?=\[\^)", "", _BRACKET_CALL.sub(bracket, text))
    if any(c in text for c in _UNICODE):
        text = _UNICODE_CALL.sub(raised, text)
    return text


def _raised(text: str) -> str:
    return text.translate(_TO_SUPER) if text.isdigit() else text


def _without_sup(text: str) -> str:
    """Raised text that is no call keeps its words; raised figures keep their place."""
    if "<" not in text:
        return text
    text = _ANY_SUP.sub(lambda m: _raised(m[2]) if m[1].lower() == "sup" else m[2], text)
    return re.sub(r"</?su[pb]>", "", text, flags=re.IGNORECASE)
