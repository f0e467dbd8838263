"""Read our own Markdown export: nothing is repaired, every body is taken as it stands.

An export says that it is one by the `outline` of its front matter, which has a row for each heading: what the
heading line
alone cannot say (kind, printed page, whether a number is the outline's). Headings may have more than six marks there.
"""

from __future__ import annotations

import re
from typing import Any

from manuscript.assembling import as_metadata
from manuscript.draft import Draft
from manuscript.model import (
    Block,
    Figure,
    Footnote,
    Manuscript,
    Person,
    Reference,
    Section,
    SectionKind,
    Source,
    Table,
)
from manuscript.steps.tables import read_house_table
from manuscript.wording import slug

_HEADING = re.compile(r"(#{1,40})[ \t]+(.*)$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CALLS = re.compile(r"((?:\[\^[^\]\s]{1,60}\])+)$")
_CALL = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*(.*)$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_house(draft: Draft, source: Source, first: int) -> Manuscript:
    """The manuscript of an export whose front matter ends above the line of index `first`."""
    rows = draft.house_rows
    lines = draft.lines
    starts: list[tuple[int, re.Match[str]]] = []
    fence = ""
    for index in range(first, len(lines)):
        line = lines[index]
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and line.startswith("#") and (match := _HEADING.match(line)):
            starts.append((index, match))
    ends = [index for index, _ in starts[1:]] + [len(lines)][: len(starts)]
    sections: list[Section] = []
    outline = rows.get("outline") if isinstance(rows.get("outline"), list) else []
    known = [row if isinstance(row, dict) else {} for row in outline or []]
    known = known if len(known) == len(starts) else [{} for _ in starts]
    keys: dict[str, int] = {}
    blocks = [Block(piece.line, piece.last_line, None, "metadata", piece.source) for piece in draft.pieces]
    lead = _body(lines, first, starts[0][0] if starts else len(lines))
    blocks += _blocks(lines, first, starts[0][0] if starts else len(lines), None)
    for (index, match), end, row in zip(starts, ends, known, strict=True):
        section = _section(match, row, index, end, _body(lines, index + 1, end), keys)
        blocks.append(Block(index + 1, index + 1, len(sections), "heading", lines[index]))
        blocks += _blocks(lines, index + 1, end, len(sections))
        sections.append(section)
    return Manuscript(
        source=source,
        metadata=as_metadata(draft),
        lead=lead,
        sections=tuple(sections),
        blocks=tuple(blocks),
        figures=tuple(_figures(rows.get("figures"), lines, first)),
        tables=tuple(_tables(lines, first)),
        footnotes=tuple(_notes(lines, first)),
        references=tuple(_references(rows.get("references"))),
        findings=tuple(draft.findings),
    )


def _body(lines: list[str], first: int, end: int) -> str:
    return "\n".join(lines[first:end]).strip("\n")


def _blocks(lines: list[str], first: int, end: int, section: int | None) -> list[Block]:
    out: list[Block] = []
    start: int | None = None
    for index in range(first, end + 1):
        if index < end and lines[index].strip():
            start = index if start is None else start
        elif start is not None:
            out.append(Block(start + 1, index, section, "paragraph", "\n".join(lines[start:index])))
            start = None
    return out


def _section(
    match: re.Match[str], row: dict[str, Any], index: int, end: int, body: str, keys: dict[str, int]
) -> Section:
    text = match[2].rstrip()
    calls = _CALLS.search(text)
    if calls:
        text = text[: calls.start()]
    number = str(row["number"]) if row.get("number") else None
    local = str(row["local"]) if row.get("local") else None
    for prefix in (f"{number}. ", f"{local}. "):
        if text.startswith(prefix):
            text = text[len(prefix) :]
    title = _ESCAPE.sub(r"\1", text)
    base = str(row.get("key") or slug(f"{number or ''} {title}") or "section")
    keys[base] = keys.get(base, 0) + 1
    try:
        kind = SectionKind(str(row.get("kind") or "section"))
    except ValueError:
        kind = SectionKind.SECTION
    person = row.get("person")
    return Section(
        key=base if keys[base] == 1 else f"{base}-{keys[base]}",
        line=index + 1,
        title=title,
        number=number,
        depth=len(match[1]),
        kind=kind,
        first_line=index + 1,
        last_line=max(end, index + 1),
        body=body,
        source_depth=len(match[1]),
        reason="L’export de la lecture le donne ainsi.",
        page=str(row["page"]) if row.get("page") else None,
        language=str(row["language"]) if row.get("language") else None,
        note_calls=tuple(_CALL.findall(calls[1])) if calls else (),
        person=Person(**{k: str(v) for k, v in person.items() if k in Person.__dataclass_fields__})
        if isinstance(person, dict)
        else None,
        local_number=local,
        ai_disclosure=str(row.get("ai") or ""),
    )


def _notes(lines: list[str], first: int) -> list[Footnote]:
    calls: dict[str, int] = {}
    found: list[tuple[str, int, str]] = []
    for index in range(first, len(lines)):
        line = lines[index]
        if "[^" not in line:
            continue
        note = _NOTE.match(line)
        if note:
            found.append((note[1], index + 1, note[2]))
        for key in _CALL.findall(line):
            calls.setdefault(key, index + 1)
    return [
        Footnote(key, int(key) if key.isdigit() and key.isascii() else key, calls.get(key), line, text)
        for key, line, text in found
    ]


def _tables(lines: list[str], first: int) -> list[Table]:
    out: list[Table] = []
    index = first
    while index < len(lines):
        if not lines[index].startswith("|"):
            index += 1
            continue
        start = index
        while index < len(lines) and lines[index].startswith("|"):
            index += 1
        below = next((i for i in (index, index + 1) if i < len(lines) and lines[i].startswith(": ")), None)
        table = read_house_table(lines[start:index], lines[below] if below is not None else "", start + 1, out)
        if table is not None:
            out.append(table)
    return out


def _figures(rows: Any, lines: list[str], first: int) -> list[Figure]:
    places: dict[str, int] = {}
    for index in range(first, len(lines)):
        for key in (
            re.findall(r"!\[[^\]]*\]\(figure:([\w-]{1,80})\)", lines[index]) if "figure:" in lines[index] else ()
        ):
            places.setdefault(key, index + 1)
    out: list[Figure] = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("key"):
            text = {name: str(row.get(name) or "") for name in ("key", "caption", "credit", "image", "alt")}
            number = str(row["number"]) if row.get("number") else None
            out.append(
                Figure(
                    text["key"],
                    number,
                    text["caption"],
                    text["credit"],
                    places.get(text["key"], 1),
                    text["image"],
                    text["alt"],
                )
            )
    return out


def _references(rows: Any) -> list[Reference]:
    out: list[Reference] = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("key") and isinstance(row.get("csl"), dict):
            out.append(Reference(str(row["key"]), len(out) + 1, str(row.get("raw") or ""), row["csl"], 1, 1))
    return out
