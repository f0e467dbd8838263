"""Cut the lines into pieces.

The mess: the text of a converter is nearly Markdown. Bullets are `•` as well as `-`, tables are TAB lines or pipes, a
fence may never close, a heading may have seven marks or no space behind them.

    "# Title\\ntext\\n\\n• one\\n• two"  ->  heading, paragraph, item, item
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Part, Piece

LONGEST = 100_000
"""Characters of a line that steps look into; a longer one is kept as it is."""

HEADING = re.compile(r" {0,3}(#{1,12})(?:[ \t\xa0]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
GLUED_HEADING = re.compile(r"(#{2,6})(?=[^\W\d_]|\*\*)(.*)$")
RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
ITEM = re.compile(r"([ \t]*)([-*+•●○▪■◦‣⁃∙·➢➤✓✔❖]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t\xa0]+(?=\S)(.*)$")
QUOTE = re.compile(r" {0,3}>[ \t]?(.*)$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)$")
DIRECTIVE = re.compile(r":::+[ \t]*(.*)$")
IMAGE = re.compile(r"[ \t]*!\[[^\]\n]{0,2000}\]\([^)\n]{0,2000}\)[ \t]*$")
NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*)$")
DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
COMMENT_END = "-->"


def scan(draft: Draft, first: int = 0) -> None:
    """Fill `draft.pieces` from `draft.lines[first:]`."""
    lines = draft.lines
    closers = _closers(lines)
    count = len(lines)
    index, gap = first, 0
    pieces = draft.pieces
    while index < count:
        line = lines[index]
        if not line or line.isspace():
            gap += 1
            index += 1
            continue
        piece, after = _piece(lines, index, closers)
        piece.gap = gap
        pieces.append(piece)
        gap, index = 0, after


def _closers(lines: list[str]) -> dict[str, int]:
    """Last line of each kind of fence: a fence that opens at or behind it never closes."""
    last: dict[str, int] = {}
    for index, line in enumerate(lines):
        head = line.lstrip()[:3]
        if head in ("```", "~~~"):
            last[head] = index
        if COMMENT_END in line:
            last[COMMENT_END] = index
    return last


def _piece(lines: list[str], index: int, closers: dict[str, int]) -> tuple[Piece, int]:
    line = lines[index]
    if len(line) > LONGEST:
        return Piece("paragraph", line.strip(), [(index + 1, line)], opaque=True), index + 1
    stripped = line.lstrip()
    head = stripped[:1]
    if head == "#":
        heading = HEADING.match(line) or GLUED_HEADING.match(line)
        if heading:
            return (
                Piece("heading", (heading[2] or "").strip(), [(index + 1, line)], level=len(heading[1])),
                index + 1,
            )
    if head in "-*_" and RULE.match(line):
        return Piece("rule", "", [(index + 1, line)]), index + 1
    if head in "`~" and (fence := FENCE.match(line)) and closers.get(fence[1][:3], -1) > index:
        return _code(lines, index, fence[1])
    if head == "<" and stripped.startswith("<!--") and closers.get(COMMENT_END, -1) >= index:
        return _comment(lines, index)
    if head == ">" and QUOTE.match(line):
        return _run(lines, index, "quote", lambda text: QUOTE.match(text) is not None)
    if head == "[" and (note := NOTE.match(line)):
        return _note(lines, index, note)
    if head == ":" and (directive := DIRECTIVE.match(line)):
        return Piece("directive", directive[1].strip(), [(index + 1, line)]), index + 1
    if head == "!" and IMAGE.match(line):
        return Piece("image", line.strip(), [(index + 1, line)]), index + 1
    if "|" in line and index + 1 < len(lines) and _pipes(lines[index + 1]):
        return _run(lines, index, "table", lambda text: "|" in text)
    if "\t" in line.strip() and index + 1 < len(lines) and "\t" in lines[index + 1].strip():
        return _run(lines, index, "table", lambda text: "\t" in text.strip("\n "))
    item = ITEM.match(line)
    if item:
        return _item(lines, index, item)
    return _paragraph(lines, index)


def _pipes(line: str) -> bool:
    return len(line) < LONGEST and "-" in line and "|" in line and DELIMITER_ROW.match(line) is not None


def _run(lines: list[str], index: int, kind: str, goes_on) -> tuple[Piece, int]:  # type: ignore[no-untyped-def]
    parts: list[Part] = []
    while index < len(lines) and len(lines[index]) <= LONGEST and goes_on(lines[index]):
        parts.append((index + 1, lines[index]))
        index += 1
    rows = [part[1] for part in parts]
    if kind == "quote":
        rows = [(QUOTE.match(row) or [row, row])[1].rstrip() for row in rows]
    return Piece(kind, "\n".join(rows), parts, lines=rows), index


def _code(lines: list[str], index: int, mark: str) -> tuple[Piece, int]:
    parts: list[Part] = [(index + 1, lines[index])]
    closing = mark[0] * 3
    start = index
    index += 1
    while index < len(lines):
        line = lines[index]
        parts.append((index + 1, line))
        index += 1
        stripped = line.strip()
        if stripped.startswith(closing) and len(stripped) >= len(mark) and not stripped.strip(mark[0]):
            return Piece("code", "\n".join(part[1] for part in parts), parts), index
    return _paragraph(lines, start)


def _comment(lines: list[str], index: int) -> tuple[Piece, int]:
    parts: list[Part] = []
    while index < len(lines):
        parts.append((index + 1, lines[index]))
        index += 1
        if COMMENT_END in parts[-1][1]:
            break
    return Piece("comment", "", parts), index


def _note(lines: list[str], index: int, note: re.Match[str]) -> tuple[Piece, int]:
    parts: list[Part] = [(index + 1, lines[index])]
    rows = [note[2].strip()]
    index += 1
    while index < len(lines) and lines[index].startswith(("    ", "\t")) and lines[index].strip():
        parts.append((index + 1, lines[index]))
        rows.append(lines[index].strip())
        index += 1
    return Piece("note", " ".join(row for row in rows if row), parts, marker=note[1]), index


def _starts_piece(line: str) -> bool:
    """Whether a line cannot go on the paragraph or item above it."""
    stripped = line.lstrip()
    head = stripped[:1]
    if head == "#":
        return HEADING.match(line) is not None
    if head in "-*_" and RULE.match(line):
        return True
    if head in "`~":
        return FENCE.match(line) is not None
    return head == ">" or (head == "[" and NOTE.match(line) is not None) or stripped.startswith("<!--")


def _item(lines: list[str], index: int, item: re.Match[str]) -> tuple[Piece, int]:
    parts: list[Part] = [(index + 1, lines[index])]
    rows = [item[3]]
    index += 1
    while index < len(lines):
        line = lines[index]
        if not line.strip() or len(line) > LONGEST or _starts_piece(line) or ITEM.match(line):
            break
        parts.append((index + 1, line))
        rows.append(line.strip())
        index += 1
    width = len(item[1].expandtabs(4))
    return Piece("item", "\n".join(rows), parts, level=width, marker=item[2], lines=rows), index


def _paragraph(lines: list[str], index: int) -> tuple[Piece, int]:
    parts: list[Part] = [(index + 1, lines[index])]
    rows = [lines[index].lstrip()]
    index += 1
    while index < len(lines):
        line = lines[index]
        if not line.strip() or len(line) > LONGEST or _starts_piece(line):
            break
        item = ITEM.match(line)
        # As in CommonMark, only a bullet or a list that begins with 1 may cut a paragraph.
        if item and ((not item[2][0].isalnum() and item[2][0] != "(") or item[2][:-1] == "1"):
            break
        parts.append((index + 1, line))
        rows.append(line.lstrip())
        index += 1
    return Piece("paragraph", "\n".join(rows).rstrip(), parts, lines=rows), index
