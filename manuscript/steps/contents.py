"""Find the contents that the source prints, set them aside and remember what they promise.

    "1.1 Le cadre ........ 12"            ->  entry 1.1, « Le cadre », page 12
    "|**2**<br>**Pre**|**miers pas**|6|"  ->  entry 2, « Premiers pas », page 6
    "1. [Le cadre](#1-le-cadre)"          ->  entry 1, « Le cadre », at anchor `1-le-cadre`

Dot leaders and page numbers, links, cells of a table, bold numbers: whatever a converter makes of the printed page.
"""

from __future__ import annotations

import html
import re
from collections import Counter

from manuscript.draft import ContentsEntry, Draft, Piece
from manuscript.numbering import split_number
from manuscript.wording import fold, plain

TITLES = frozenset(
    {"tabledesmatieres", "tabledesmatiere", "tablesdesmatieres", "sommaire", "sommairedetaille", "sommairegeneral",
     "contents", "tableofcontents", "plan", "plandetaille", "tablegenerale", "tabledescontenus", "plandudocument",
     "toc", "plandelathese", "plandumemoire", "plandurapport"}
)  # fmt: skip
LISTS = re.compile(
    r"(?:liste|table|index|list|tables?)(?:des|of|de|d)?(?:figures?|illustrations?|tableaux|graphiques?|schemas?|tables?|"
    r"encadres|photos|photographies|cartes|images)"
)
LONGEST = 300
"""Characters of an entry; a longer line is text."""
RUN = 4
"""So many lines with leaders are contents even without their title."""

_LEADER = re.compile(
    r"^(.*?)[ \t\xa0]*(?:(?:[.·•…_][ \t\xa0]*){3,}|…[ \t\xa0]*)(\d{1,4}|[ivxlcIVXLC]{1,7})?[ \t\xa0]*$"
)
_PAGED = re.compile(r"^(.*\S)[ \t\xa0]+(?:p\.[ \t\xa0]*)?(\d{1,4}|[ivxlc]{1,7})$")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\(#([^)\s]{0,300})\)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPTY_LEADER = re.compile(r"[ .·•…_\t\xa0]*$")


class _Line:
    __slots__ = ("anchor", "indent", "line", "page", "strong", "text")

    def __init__(self, text: str, line: int, indent: int = 0) -> None:
        self.line, self.indent, self.page, self.anchor, self.strong = line, indent, None, "", False
        link = _LINK.search(text)
        if link:
            self.anchor, self.strong = link[2], True
        bare = plain(glue(text))
        leader = _LEADER.match(bare) if len(bare) <= 2 * LONGEST else None
        if leader:
            self.text, self.page, self.strong = leader[1].strip(), leader[2], True
        else:
            paged = _PAGED.match(bare)
            if paged and not link:
                self.text, self.page = paged[1].strip(), paged[2]
            else:
                self.text = bare
        self.text = self.text.rstrip(" .·…\t\xa0")


_GLUE_AFTER = re.compile(r"(?<=[*_`])((?:\*\*|__|[*_`])?)[ ](?=[.,;)\]}/])")
_CLOSED = re.compile(r"((?<![\w*])_[^_\n]{1,80}_|\*[^*\n]{1,80}\*)(?:\*\*)?[ ](?=[.,)\]}/][\w{*,])")
_OPENED = re.compile(r"(?<=[({\[/])[ ]+(?:\*\*[ ]*)?(?=(?:\*\*)?_[^_\n]{1,80}_)")
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-[ ]\**[ ]*(?=[a-zà-ÿ]{2})")
_COORDINATED = re.compile(r"(?:et|ou|and|or|à|puis)\b")


def glue(text: str) -> str:
    """Take back the spaces that converters put where the font changes: `_name_ .txt` is one word."""
    if "_" in text or "*" in text:
        text = _CLOSED.sub(lambda m: m[0].rstrip(" "), text)
        text = _OPENED.sub("", text)
    if "- " in text:
        text = _HYPHEN.sub(lambda m: m[0] if _COORDINATED.match(text, m.end()) else "", text)
    return text


def contents(draft: Draft) -> None:
    """Set printed contents aside; fill `draft.contents`."""
    pieces = draft.pieces
    seen: Counter[str] | None = None
    taken: set[int] = set()
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        name = fold(plain(piece.text)) if len(piece.text) < 100 and piece.kind in ("heading", "paragraph") else ""
        figures = bool(name) and LISTS.fullmatch(name) is not None
        if name in TITLES or figures:
            seen = _seen(pieces) if seen is None else seen
            last, lines = _region(pieces, index + 1, seen, titled=True)
            if len(lines) >= 2:
                _take(draft, pieces[index : last + 1], lines, figures)
                taken.update(range(index, last + 1))
                index = last + 1
                continue
        elif piece.kind != "heading" and _strong(piece):
            last, lines = _region(pieces, index, Counter(), titled=False)
            if sum(line.strong and line.page is not None for line in lines) >= RUN:
                _take(draft, pieces[index : last + 1], lines, figures=False)
                taken.update(range(index, last + 1))
                index = last + 1
                continue
        index += 1
    if taken:
        draft.keep_if(piece for i, piece in enumerate(pieces) if i not in taken)


def _seen(pieces: list[Piece]) -> Counter[str]:
    """How often each short line stands in the document: the body repeats what the contents promise."""
    count: Counter[str] = Counter()
    for piece in pieces:
        if piece.kind in ("heading", "paragraph", "item") and len(piece.text) <= LONGEST:
            count[fold(split_number(plain(piece.text)).title)] += 1
    return count


def _lines(piece: Piece) -> list[_Line]:
    if piece.opaque or len(piece.text) > 60_000:
        return []
    out: list[_Line] = []
    if piece.kind == "table":
        for number, row in piece.parts:
            if not re.fullmatch(r"[\s|:-]*", row):
                text = _row(row)
                if _EMPTY_LEADER.match(text):
                    continue
                out.append(_Line(text, number))
        return out
    if piece.kind == "item":
        marker = piece.marker + " " if piece.marker[:1].isalnum() else ""
        rows = piece.lines or [piece.text]
        numbers = [number for number, _ in piece.parts]
        if len(rows) > 1 and len(rows) == len(numbers):
            apart = [_Line(row, number, piece.level + 1) for row, number in zip(rows, numbers, strict=True)]
            if all(line.strong or line.page for line in apart):
                apart[0] = _Line(marker + rows[0], piece.line, piece.level + 1)
                return apart
        return [_Line(marker + " ".join(rows), piece.line, piece.level + 1)]
    if piece.kind in ("paragraph", "heading"):
        rows = piece.lines or piece.text.split("\n")
        for (number, _), row in zip(piece.parts, rows, strict=False):
            if row.strip():
                out.append(_Line(row.rstrip("\\ "), number))
    return out


def _row(row: str) -> str:
    """A row of a table on one line; a word cut between two cells is one again."""
    row = html.unescape(_BREAK.sub(" ", row))
    if "|" not in row:
        return re.sub(r"\t+", " ", row)
    out = ""
    for cell in row.strip().strip("|").split("|"):
        cell = cell.strip()
        bare = cell.lstrip("*_")
        ended = out.rstrip("*_")
        # A heading that a cell border cuts goes on in lower case, and in the same weight.
        cut = bool(ended and bare) and ended[-1].isalpha() and bare[0].isalpha() and bare[0].islower()
        if cut and out.endswith("**") and cell.startswith("**"):
            out = out[:-2] + cell[2:]
        elif cut:
            out += cell
        else:
            out = f"{out} {cell}".strip()
    return out


def _strong(piece: Piece) -> bool:
    if piece.kind not in ("table", "paragraph", "item") or piece.opaque:
        return False
    probe = piece.parts[0][1]
    return ("..." in probe or ". . ." in probe or "…" in probe) and any(
        line.strong and line.page is not None for line in _lines(piece)[:3]
    )


def _region(pieces: list[Piece], start: int, seen: Counter[str], *, titled: bool) -> tuple[int, list[_Line]]:
    """Last piece of the contents that begin at `start`, and their lines."""
    lines: list[_Line] = []
    last = start - 1
    pending: list[list[_Line]] = []
    for index in range(start, len(pieces)):
        piece = pieces[index]
        found = _lines(piece)
        if not found:
            if piece.kind in ("directive", "image"):
                continue
            break
        good = sum(_entry_like(line, piece, titled) for line in found)
        if good >= 0.5 * len(found) and good:
            lines += [line for row in pending for line in row]
            lines += found
            pending = []
            last = index
            continue
        if piece.kind == "heading":
            break
        # A line without page may be the first half of an entry, or a title that the contents print without page.
        bare = all(len(line.text) <= LONGEST and not line.text.endswith((".", ";", ",")) for line in found)
        if not bare or not titled or len(pending) >= 3:
            break
        repeated = all(seen[fold(split_number(line.text).title)] >= 2 for line in found)
        pending.append(found)
        if repeated and piece.kind != "heading":
            lines += [line for row in pending for line in row]
            pending = []
            last = index
    return last, lines


def _entry_like(line: _Line, piece: Piece, titled: bool) -> bool:
    if len(line.text) > LONGEST or not line.text:
        return False
    if line.strong:
        return line.page is not None or bool(line.anchor) or titled
    if piece.kind == "heading" or len(line.text) > 160 or line.text.endswith((".", ";", ",", ":")):
        return False
    return titled and line.page is not None


def _take(draft: Draft, pieces: list[Piece], lines: list[_Line], figures: bool) -> None:
    for piece in pieces:
        piece.kind = "contents"
        draft.discard(piece, "printed-contents")
    entries = _entries(lines)
    if not figures:
        table = draft.contents[-1].table + 1 if draft.contents else 0
        for entry in entries:
            entry.table = table
        draft.contents += entries
    draft.find(
        "contents-set-aside",
        pieces[0].line,
        f"Une table imprimée de {len(entries)} entrées (lignes {pieces[0].line} à {pieces[-1].last_line}) a été mise de"
        " côté ; le site en construit une nouvelle"
        + (" et la première a servi à retrouver le plan." if not figures else "."),
    )


def _entries(lines: list[_Line]) -> list[ContentsEntry]:
    out: list[ContentsEntry] = []
    indents = sorted({line.indent for line in lines})
    held: _Line | None = None
    for line in lines:
        if held is not None and _goes_on(held, line):
            line.text, line.line = f"{held.text} {line.text}", held.line
            held = None
        if held is not None:
            out.append(_entry(held, indents))
            held = None
        if line.page is None and not line.anchor:
            held = line
            continue
        if line.text:
            out.append(_entry(line, indents))
    if held is not None:
        out.append(_entry(held, indents))
    return out


def _goes_on(held: _Line, line: _Line) -> bool:
    """Whether a line with its page ends the entry that the line above began."""
    if line.page is None or split_number(line.text).number:
        return False
    return line.text[:1].islower() or bool(split_number(held.text).number)


def _entry(line: _Line, indents: list[int]) -> ContentsEntry:
    numbered = split_number(line.text)
    title = numbered.title or line.text
    return ContentsEntry(title, numbered.number, line.page, indents.index(line.indent), line.line, line.anchor)
