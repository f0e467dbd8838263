"""Make tables of TAB lines and of pipe lines.

"Mode\\tExemples"                         |Mode|Exemples|
"Texte\\t<ul><li>a</li><li>b</li></ul>"   |---|---|
"\\tc"                                ->  |Texte|• a<br>• b|
"**Table 1 :** Les modes"                 |^^|c|
                                          : Table 1. Les modes
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Piece
from manuscript.model import Table
from manuscript.steps.inline import clean
from manuscript.steps.keys import unique

_ROW_EDGE = re.compile(r"^[ \t]*\|?|\|?[ \t]*$")
_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"(?:<br\s*/?>|\\)\n?", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"Col\d{1,3}$")
_CAPTION_HOUSE = re.compile(r": (?:(Table(?:au)?) ([\w.-]+)\. )?(.+)$")
MOST_COLUMNS = 60


def tables(draft: Draft) -> None:
    """Give every table piece its house Markdown, tie captions to tables, fill `draft.tables`."""
    pieces = draft.pieces
    owner = _captions_of_tables(pieces)
    gone: set[int] = set()
    used: dict[str, int] = {}
    for index, piece in enumerate(pieces):
        if piece.kind != "table":
            continue
        first, last = piece.line, piece.last_line
        rows, header = _rows(piece)
        columns = max((len(row) for row in rows), default=0)
        if (columns < 2 and "|" not in piece.text) or columns > MOST_COLUMNS or not any(any(row) for row in rows):
            piece.kind = "paragraph"
            piece.text = "\n".join(clean(row.replace("\t", " ")).strip() for row in piece.lines)
            piece.lines = piece.text.split("\n")
            continue
        rows = [row + [""] * (columns - len(row)) for row in rows]
        caption = owner.get(index)
        number = label = text = credit = ""
        if caption is not None:
            facts = pieces[caption].facts
            number, label, text, credit = facts["number"], facts["label"], facts["caption"], facts["credit"]
            piece.parts = sorted(piece.parts + pieces[caption].parts)
            gone.add(caption)
        elif index + 1 < len(pieces) and pieces[index + 1].kind == "paragraph":
            below = pieces[index + 1]
            match = _CAPTION_HOUSE.match(below.text) if "\n" not in below.text and not below.opaque else None
            if match:
                piece.parts = piece.parts + below.parts
                gone.add(index + 1)
                label, number, text = match[1] or "", match[2] or "", match[3]
                text, _, credit = text.partition(" Source : ")
                text = text.rstrip(" .")
        key = f"table-{len(draft.tables) + 1}" if not number else f"table-{_key(number)}"
        key = piece.key = unique(key, used)
        spans = _spans(rows)
        piece.text = _markdown(rows, header, spans)
        line = _caption_line(label, number, text, credit)
        calls = pieces[caption].facts["calls"] if caption is not None else ""
        if line:
            piece.text += f"\n\n: {line}{calls}"
        draft.tables.append(Table(key, number or None, text, credit, first, last, len(rows), columns, header))
    draft.keep_if(p for i, p in enumerate(pieces) if i not in gone)


def _key(number: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-") or "x"


def _caption_line(label: str, number: str, text: str, credit: str) -> str:
    bits = []
    if number:
        bits.append(f"{label or 'Table'} {number}.")
    if text:
        bits.append(text if text.endswith((".", "?", "!")) else text + ".")
    if credit:
        bits.append(f"Source : {credit}")
    return " ".join(bits)


def _captions_of_tables(pieces: list[Piece]) -> dict[int, int]:
    """Which caption belongs to which table: the one below, failing that the one above."""
    owner: dict[int, int] = {}
    for index, piece in enumerate(pieces):
        if piece.kind != "caption" or piece.facts["what"] != "table":
            continue
        above = index - 1
        while above >= 0 and pieces[above].kind == "note":
            above -= 1
        below = index + 1
        while below < len(pieces) and pieces[below].kind == "note":
            below += 1
        if above >= 0 and pieces[above].kind == "table" and above not in owner:
            owner[above] = index
        elif below < len(pieces) and pieces[below].kind == "table" and below not in owner:
            owner[below] = index
    return owner


def _rows(piece: Piece) -> tuple[list[list[str]], bool]:
    """Cells of a table, and whether its first row is a header."""
    lines = [part[1] for part in piece.parts]
    if any(_DELIMITER.match(line) and "|" in line for line in lines[:3]) or all("|" in line for line in lines):
        rows = [_cells(line) for line in lines if not (_DELIMITER.match(line) and "-" in line)]
        if not rows:
            return [], False
        header = len(lines) > 1 and _DELIMITER.match(lines[1]) is not None and any(rows[0])
        if rows and all(_PLACEHOLDER.match(cell) or not cell for cell in rows[0]) and len(rows) > 1:
            rows[0] = [""] * len(rows[0])
            header = False
        else:
            rows[0] = ["" if _PLACEHOLDER.match(cell) else cell for cell in rows[0]]
        return rows, bool(header)
    rows = [[_cell(cell) for cell in line.rstrip("\n").split("\t")] for line in lines]
    while rows and all(not row[-1] for row in rows if len(row) > 1) and any(len(row) > 2 for row in rows):
        rows = [row[:-1] if len(row) > 1 else row for row in rows]
    return rows, _has_header(rows)


def _cells(line: str) -> list[str]:
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [_cell(cell.replace("\\|", "|")) for cell in _CELL.split(line)]


def _cell(text: str) -> str:
    """One cell in house Markdown, on one line; the items of a list inside it stand on lines of their own."""
    if "<" in text:
        text = re.sub(r"</?(?:ul|ol)\b[^<>]{0,200}>", " ", text, flags=re.IGNORECASE)
        text = re.sub(r"\s*</li>\s*", "", text, flags=re.IGNORECASE)
        text = re.sub(r"\s*<li\b[^<>]{0,200}>\s*", "<br>• ", text, flags=re.IGNORECASE)
        bits = [clean(bit).strip() for bit in re.split(r"<br\s*/?>", text, flags=re.IGNORECASE)]
        return "<br>".join(bit for bit in bits if bit)
    return clean(text).strip()


def _has_header(rows: list[list[str]]) -> bool:
    """A first row of short labels above longer cells."""
    if len(rows) < 2 or not all(rows[0]) or len(rows[0]) < 2:
        return False
    if any(len(cell) > 60 for cell in rows[0]) or (rows[0][0].startswith("**") and rows[1][0].startswith("**")):
        return False
    if len(rows[0]) == 2 and len(rows[0][1]) > 40:
        return False
    longest = max(sum(len(r[c]) for r in rows[1:] if c < len(r)) / (len(rows) - 1) for c in range(len(rows[0])))
    numeric = any(re.match(r"[\d.,%+ -]+$", c) for r in rows[1:] for c in r if c)
    return numeric or longest > 1.5 * max(len(cell) for cell in rows[0]) or len(rows[0]) > 3


def _spans(rows: list[list[str]]) -> bool:
    """Whether an empty first cell goes on the cell above: nothing else is ever empty in such a row."""
    hollow = [row for row in rows[1:] if row and not row[0] and any(row)]
    return len(hollow) >= 2 and len(rows[0]) > 1 and all(all(cell for cell in row[1:]) for row in hollow)


def _markdown(rows: list[list[str]], header: bool, spans: bool) -> str:
    width = len(rows[0])
    lines = []
    body = rows
    if header:
        lines.append("| " + " | ".join(_escape(cell) for cell in rows[0]) + " |")
        body = rows[1:]
    elif not any(rows[0]):
        lines.append("|" + "  |" * width)
        body = rows[1:]
    else:
        lines.append("|" + "  |" * width)
    lines.append("|" + "---|" * width)
    for row in body:
        cells = [_escape(cell) for cell in row]
        if spans and not cells[0] and any(cells):
            cells[0] = "^^"
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _escape(cell: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", cell.replace("\n", "<br>"))


def read_house_table(lines: list[str], below: str, first: int, known: list[Table]) -> Table | None:
    """The table of our own dialect that stands on these lines, with the caption line below it."""
    if len(lines) < 2 or not _DELIMITER.match(lines[1]):
        return None
    rows = [_cells(line) for line in lines]
    body = [rows[0], *rows[2:]] if any(rows[0]) else rows[2:]
    match = _CAPTION_HOUSE.match(below)
    number = text = credit = ""
    if match:
        number, text = match[2] or "", match[3]
        text, _, credit = text.partition(" Source : ")
    key = f"table-{_key(number)}" if number else f"table-{len(known) + 1}"
    return Table(
        key,
        number or None,
        text.rstrip(" ."),
        credit,
        first,
        first + len(lines) - 1,
        len(body),
        max(map(len, rows)),
        any(rows[0]),
    )
