"""Read the bibliography: one entry a reference, whatever its style, and the citations of the text tied to it.

The parsing stands in `manuscript.references`; this step finds the section, hands its lines over and ties the results.
"""

from __future__ import annotations

import re

from manuscript.draft import Draft, Part, Piece
from manuscript.kinds import kind_of
from manuscript.model import Citation, Join, Reference, SectionKind
from manuscript.references import link_citations, parse_references, split_entries
from manuscript.steps.headings import describe
from manuscript.wording import slug

_MAY_CITE = re.compile(
    r"\d{4}|\[\^|https?:|[«“\"*]|ources?\s?:|apr[èe]s|elon |ccording|tude|study|apport|"
    r"report|nqu[êe]te|barom"
)
"""What a passage that cites anything has: a year, a note, an address, a title, a word for a source."""
LONGEST_LINK = 70
"""Characters of a citation that become a link; a whole sentence that a note supports is recorded only."""
_SUP = re.compile(r"</?su[pb]>")


def bibliography(draft: Draft) -> None:
    """Fill `draft.references` from the sections of kind bibliography; their entries become `reference` pieces."""
    pieces = draft.pieces
    out: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        out.append(piece)
        index += 1
        if piece.kind != "heading" or not _is_bibliography(piece):
            continue
        piece.facts["kind"] = SectionKind.BIBLIOGRAPHY
        depth = piece.facts.get("depth", 1)
        last = index
        while last < len(pieces) and not (
            pieces[last].kind == "heading" and pieces[last].facts.get("depth", 1) <= depth
        ):
            last += 1
        out += _read(draft, pieces[index:last])
        index = last
    draft.keep_if(out)


def _is_bibliography(piece: Piece) -> bool:
    return kind_of(describe(piece).title) is SectionKind.BIBLIOGRAPHY


def _read(draft: Draft, pieces: list[Piece]) -> list[Piece]:
    """The pieces of a bibliography with its entries instead of its lines; headings inside it stay where they are."""
    lines: list[Part] = []
    for piece in pieces:
        if piece.kind in ("paragraph", "item", "quote") and not piece.opaque:
            lines += piece.parts
    entries, left = split_entries(lines)
    raws = [_SUP.sub("", entry.raw) for entry in entries]
    if not entries or not _looks_like_references(raws):
        return pieces
    items = parse_references(raws)
    offset = len(draft.references)
    used = {reference.key for reference in draft.references}
    by_line: dict[int, Piece] = {}
    text_of = dict(lines)
    for entry, raw, csl in zip(entries, raws, items, strict=True):
        number = entry.number + offset
        key = reference_key(csl, used)
        used.add(key)
        csl = {**csl, "id": key}
        draft.references.append(Reference(key, number, raw, csl, entry.first_line, entry.last_line))
        by_line[entry.first_line] = Piece("reference", raw, [], key=key, marker=str(number))
    _share_lines(draft, by_line, lines, set(left), text_of)
    out: list[Piece] = []
    done: set[int] = set()
    for piece in pieces:
        if piece.kind not in ("paragraph", "item", "quote") or piece.opaque:
            out.append(piece)
            continue
        spare: list[Part] = []
        for number, text in piece.parts:
            if number in by_line and number not in done:
                done.add(number)
                out.append(by_line[number])
            elif number in left:
                spare.append((number, text))
        if spare:
            out.append(Piece("paragraph", " ".join(t.strip() for _, t in spare), spare))
    doubtful = [r for r in draft.references[offset:] if not r.csl.get("title")]
    draft.find(
        "references-read",
        entries[0].first_line,
        f"{len(entries)} références ont été lues dans la bibliographie.",
    )
    for reference in doubtful[:20]:
        draft.doubt(
            "reference-unclear",
            reference.first_line,
            f"La référence {reference.number} n’a pas de titre reconnu : « {reference.raw[:80]} ».",
        )
    return [p for p in out if p.parts]


def _share_lines(
    draft: Draft, by_line: dict[int, Piece], lines: list[Part], left: set[int], text_of: dict[int, str]
) -> None:
    """Give each line of the list to the entry that it belongs to; an entry with a gap in its lines was cut."""
    current: Piece | None = None
    for number, text in lines:
        if number in by_line:
            current = by_line[number]
        if number in left or current is None:
            left.add(number)
            continue
        if current.parts and number > current.parts[-1][0] + 1:
            draft.joins.append(Join(current.parts[-1][0], number))
        current.parts.append((number, text))


def _looks_like_references(raws: list[str]) -> bool:
    dated = sum(
        re.search(r"\b(?:1[5-9]|20)\d\d\b|s\.\s?d|n\.\s?d|no date|https?://|www\.", raw) is not None for raw in raws
    )
    return dated >= 0.4 * len(raws)


def reference_key(csl: dict[str, object], used: set[str]) -> str:
    """`roux2024a`: the first name and the year, or the first words of the title."""
    people = csl.get("author") or csl.get("editor") or []
    name = ""
    if isinstance(people, list) and people and isinstance(people[0], dict):
        name = str(people[0].get("family") or people[0].get("literal") or "")
    base = slug(name, 24).replace("-", "") or slug(str(csl.get("title") or ""), 24).replace("-", "") or "ref"
    issued = csl.get("issued")
    year = ""
    if isinstance(issued, dict) and issued.get("date-parts"):
        parts = issued["date-parts"][0]
        year = str(parts[0]) if parts else ""
    key = f"{base}{year}"
    if key not in used:
        return key
    count = 0
    while True:
        suffix, rest = "", count
        while True:
            suffix = chr(97 + rest % 26) + suffix
            rest = rest // 26 - 1
            if rest < 0:
                break
        if f"{key}{suffix}" not in used:
            return f"{key}{suffix}"
        count += 1


def citations(draft: Draft) -> None:
    """Tie the citations of the text to their entries, and write them as links."""
    if not draft.references:
        return
    passages: list[tuple[int, str]] = []
    owners: list[Piece] = []
    for piece in draft.pieces:
        if piece.kind == "heading":
            # A heading cites nothing itself, but its words can tell two works of one author and year apart.
            passages.append((len(owners), f"# {piece.text}"))
            owners.append(piece)
            continue
        if piece.opaque or piece.kind not in ("paragraph", "item", "quote", "note"):
            continue
        text = f"[^{piece.key}]: {piece.text}" if piece.kind == "note" else piece.text
        if not _MAY_CITE.search(text):
            continue
        passages.append((len(owners), text))
        owners.append(piece)
    numbers = {reference.number: reference for reference in draft.references}
    found = link_citations(passages, [(r.number, r.csl) for r in draft.references])
    edits: dict[int, list[tuple[int, int, int]]] = {}
    for row in found:
        piece = owners[row.line]
        text = passages[row.line][1]
        shift = len(text) - len(piece.text)
        line = _line_of(piece, row.start - shift)
        draft.citations.append(Citation(line, row.text, row.reference, tuple(row.candidates)))
        if row.reference is not None:
            edits.setdefault(row.line, []).append((row.start - shift, row.end - shift, row.reference))
        elif len(row.candidates) > 1:
            listed = " ; ".join(f"{n} ({numbers[n].raw[:40]}…)" for n in row.candidates[:4] if n in numbers)
            draft.doubt(
                "citation-ambiguous",
                line,
                f"« {row.text[:60]} » peut citer plusieurs références : {listed}. Aucun lien n’a été posé.",
            )
    for index, rows in edits.items():
        piece = owners[index]
        piece.text = _linked(piece.text, rows, numbers)
    linked = sum(citation.reference is not None for citation in draft.citations)
    if linked:
        first = next(c for c in draft.citations if c.reference is not None)
        draft.find("citations-linked", first.line, f"{linked} appels de référence ont été liés à la bibliographie.")


def _line_of(piece: Piece, offset: int) -> int:
    """Source line of a place in the text of a piece, by how much text its lines hold."""
    if len(piece.parts) == 1:
        return piece.line
    total = 0
    goal = max(0, offset)
    for number, text in piece.parts:
        total += len(re.sub(r"\s+", " ", text.strip())) + 1
        if goal < total:
            return number
    return piece.parts[-1][0]


_MARKS = re.compile(r"[\[\]<>`]")


def _linked(text: str, rows: list[tuple[int, int, int]], numbers: dict[int, Reference]) -> str:
    """`(Roux, 2024)` becomes `[(Roux, 2024)](cite:roux2024)`; what already is a link, an address or code stays."""
    for start, end, reference in sorted(rows, reverse=True):
        words = text[start:end]
        if (
            start < 0
            or not words.strip()
            or len(words) > LONGEST_LINK
            or _MARKS.search(words)
            or "://" in words
            or words.count("*") % 2
        ):
            continue
        if _inside_link(text, start, end):
            continue
        text = f"{text[:start]}[{words}](cite:{numbers[reference].key}){text[end:]}"
    return text


def _inside_link(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 2000) : start]
    opened = before.rfind("[")
    if opened > before.rfind("]") and "](" in text[end : end + 2000]:
        return True
    angle = before.rfind("<")
    return angle > before.rfind(">") or before.rfind("](") > before.rfind(")")
