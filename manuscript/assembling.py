"""The last act: pieces become sections with bodies, blocks, and the frozen manuscript."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from manuscript.draft import Draft, Piece
from manuscript.model import (
    Block,
    Discarded,
    DocumentKind,
    Footnote,
    Manuscript,
    Metadata,
    Promise,
    Section,
    SectionKind,
    Source,
)
from manuscript.steps.described import describe
from manuscript.wording import fold, plain, slug

_CALL = re.compile(r"\[\^([^\]\s]{1,60})\]")
_LOOKS_LIKE_HEADING = re.compile(r"^(#{1,12}(?=\s|$))", re.MULTILINE)
_LOOKS_LIKE_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})", re.MULTILINE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLOCK_TYPE = {"item": "list", "contents": "contents", "furniture": "furniture"}


def assemble(draft: Draft, source: Source) -> Manuscript:
    """The manuscript of a draft through which every step has gone."""
    sections: list[Section] = []
    blocks: list[Block] = []
    bodies: list[list[Piece]] = [[]]
    notes = {note.key: note for note in draft.footnotes}
    called = _called(draft)
    keys: dict[str, int] = {}
    for piece in draft.pieces:
        if piece.kind == "heading":
            sections.append(_section(piece, keys))
            bodies.append([])
        elif piece.kind == "note" and piece.key not in called and not piece.facts.get("shown"):
            # Nothing in the text calls it: it stays where it stands, as a paragraph.
            number = piece.marker.translate(_RAISED)
            bodies[-1].append(Piece("paragraph", f"{number} {piece.text}", piece.parts))
        elif piece.kind not in ("metadata", "note", "reference"):
            bodies[-1].append(piece)
        index = len(sections) - 1 if sections else None
        if piece.parts:
            kind = _BLOCK_TYPE.get(piece.kind, piece.kind)
            blocks.append(Block(piece.line, piece.last_line, index, kind, piece.source))
    texts = _bodies(bodies, [()] + [section.note_calls for section in sections], notes)
    ends = _ends(sections, len(draft.lines))
    sections = [
        replace(section, body=text, last_line=max(end, section.first_line))
        for section, text, end in zip(sections, texts[1:], ends, strict=True)
    ]
    discarded = [
        Discarded(piece.line, piece.last_line, reason, piece.source) for piece, reason in draft.set_aside if piece.parts
    ]
    discarded.sort(key=lambda row: (row.first_line, row.last_line))
    blocks.sort(key=lambda row: (row.line, row.last_line))
    draft.findings.sort(key=lambda row: (row.line, row.code, row.message))
    return Manuscript(
        source=source,
        metadata=as_metadata(draft),
        lead=texts[0],
        sections=tuple(sections),
        blocks=tuple(blocks),
        figures=tuple(draft.figures),
        tables=tuple(draft.tables),
        footnotes=tuple(draft.footnotes),
        joins=tuple(draft.joins),
        references=tuple(draft.references),
        citations=tuple(draft.citations),
        cross_references=tuple(draft.cross_references),
        discarded=tuple(discarded),
        findings=tuple(draft.findings),
        promises=_promises(draft),
    )


def _promises(draft: Draft) -> tuple[Promise, ...]:
    headings = [piece for piece in draft.pieces if piece.kind == "heading"]
    kept = {id(piece.facts["entry"]): index for index, piece in enumerate(headings) if "entry" in piece.facts}
    free: dict[str, list[int]] = {}
    for index, piece in enumerate(headings):
        if "entry" not in piece.facts:
            free.setdefault(fold(describe(piece).title), []).append(index)
    out = []
    table, last = 0, -1
    for entry in draft.contents:
        if entry.table != table:
            table, last = entry.table, -1
        promised = kept.get(id(entry))
        if promised is None and entry.number and entry.level:
            # A nested list counts anew under each of its items: "1." under "2." is the heading "2.1".
            rows = free.get(fold(entry.title), [])
            start = bisect_left(rows, last + 1)
            promised = next(
                (row for row in rows[start : start + 12] if _counted_anew(headings[row].number, entry.number)), None
            )
        restored = promised is not None and bool(headings[promised].facts.get("restored"))
        out.append(Promise(entry.title, entry.number, entry.page, entry.line, entry.table, promised, restored))
        last = promised if promised is not None else last
    return tuple(out)


def _counted_anew(number: str | None, last: str) -> bool:
    return (number or "").endswith(f".{last}")


def _called(draft: Draft) -> set[str]:
    """Keys of the notes that a body or a heading calls."""
    return {
        key
        for piece in draft.pieces
        if piece.kind not in ("metadata", "note", "reference", "contents") and "[^" in piece.text
        for key in _CALL.findall(piece.text)
    }


def _section(piece: Piece, keys: dict[str, int]) -> Section:
    facts = piece.facts
    return Section(
        key=piece.key or _spare_key(piece, keys),
        line=piece.line if piece.parts else facts.get("line", 1),
        title=facts.get("title") or plain(piece.text),
        number=piece.number,
        depth=facts.get("depth", 1),
        kind=facts.get("kind", SectionKind.SECTION),
        first_line=piece.line if piece.parts else facts.get("line", 1),
        last_line=0,
        body="",
        source_depth=piece.level or None,
        reason=piece.reason,
        page=piece.page,
        language=facts.get("language"),
        note_calls=tuple(_CALL.findall(piece.text)),
        person=facts.get("person"),
        local_number=facts.get("local_number"),
        ai_disclosure=facts.get("ai_disclosure", ""),
    )


def _spare_key(piece: Piece, keys: dict[str, int]) -> str:
    """A key where the step that gives them is switched off."""
    base = slug(plain(piece.text)) or "section"
    keys[base] = keys.get(base, 0) + 1
    return base if keys[base] == 1 else f"{base}-{keys[base]}"


def _ends(sections: list[Section], count: int) -> list[int]:
    starts = [section.first_line for section in sections] + [count + 1]
    return [start - 1 for start in starts[1:]]


def _bodies(bodies: list[list[Piece]], calls: list[tuple[str, ...]], notes: dict[str, Footnote]) -> list[str]:
    """House Markdown of each section; a note stands at the end of the first section that calls it."""
    texts = [markdown(pieces) for pieces in bodies]
    done: set[str] = set()
    out: list[str] = []
    for text, heading_calls in zip(texts, calls, strict=True):
        definitions: list[str] = []
        for key in (*heading_calls, *_CALL.findall(text)):
            if key in notes and key not in done:
                done.add(key)
                definitions.append(f"[^{key}]: {notes[key].text}")
        out.append("\n\n".join(part for part in (text, "\n".join(definitions)) if part))
    return out


def markdown(pieces: list[Piece]) -> str:
    """House Markdown of pieces in their order."""
    out: list[str] = []
    in_list = loose = False
    tongue = ""
    for piece in pieces:
        text = piece_markdown(piece)
        if not text:
            continue
        within = piece.facts.get("within", 0)
        if within:
            text = "\n".join(" " * within + row if row else row for row in text.split("\n"))
        here = "" if within else str(piece.facts.get("lang", ""))
        if here != tongue:
            if tongue:
                out.append("\n\n:::")
            if here:
                out.append(f"{_gap(out)}::: {{lang={here}}}")
            tongue, in_list = here, False
        tight = in_list and piece.kind == "item" and not loose
        if out:
            out.append("\n" if tight else "\n\n")
        out.append(text)
        in_list = piece.kind == "item"
        loose = bool(within)
    if tongue:
        out.append("\n\n:::")
    return "".join(out)


def _gap(out: list[str]) -> str:
    return "\n\n" if out else ""


def piece_markdown(piece: Piece) -> str:
    """House Markdown of one piece."""
    if piece.kind in ("rule", "comment", "directive"):
        return ""
    if piece.kind == "item":
        marker = piece.marker if piece.marker[:1].isdigit() else "-"
        indent = " " * piece.facts.get("indent", 0)
        inner = piece.text.replace("\n", "\n" + indent + " " * (len(marker) + 1))
        return f"{indent}{marker} {inner}"
    if piece.kind == "quote":
        return "\n".join(f"> {row}".rstrip() for row in piece.text.split("\n"))
    text = piece.text.strip("\n")
    # A line of text that begins like a heading is none: headings are pieces of their own.
    if piece.kind != "code":
        if "#" in text:
            text = _LOOKS_LIKE_HEADING.sub(r"\\\1", text)
        if "```" in text or "~~~" in text:
            text = _LOOKS_LIKE_FENCE.sub(r"\\\1", text)
    return text


def as_metadata(draft: Draft) -> Metadata:
    """The metadata that the steps gathered, frozen."""
    values = dict(draft.metadata)
    values.setdefault("kind", DocumentKind.ARTICLE)
    language = str(values.get("language") or "fr").split("-")[0].split("_")[0].lower()
    values["language"] = language
    for name in ("abstract", "keywords"):
        rows = values.get(name)
        if rows and "" in rows:
            values[name] = {(code or language): value for code, value in rows.items()}
    return Metadata(**values)
