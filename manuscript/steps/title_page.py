"""Read the title page: what stands before the first true section is metadata, not text.

    "## **MBA du numérique**", "Promotion 2024", "Thèse de", "**Anne Petit**", "## **Le titre**"
    ->  programme, date, kind, author, title

The title that a heading repeats below the front matter is not shown twice.
"""

from __future__ import annotations

import re

from manuscript.dates import read_date
from manuscript.draft import Draft, Piece
from manuscript.kinds import kind_of
from manuscript.model import Contributor, DocumentKind, Person
from manuscript.names import read_people, split_name
from manuscript.numbering import split_number
from manuscript.steps.headings import describe
from manuscript.steps.metadata import says_ai
from manuscript.steps.scan import IMAGE
from manuscript.wording import fold, plain

LONGEST = 60
"""Pieces that a title page may have; more is a text without sections."""
PROSE = 9
"""Words from which a line that ends like a sentence is text, not a line of a title page."""

_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("authors", re.compile(
        r"(?:auteure?s?|autrices?|authors?|by|(?:th[èe]se|m[ée]moire|rapport|travail|document|[ée]tude"
            r")(?: professionnelle?)?"
        r"(?: de| par| r[ée]dig[ée]e? par| pr[ée]sent[ée]e? par| soutenue? par)|(?:r[ée]alis|pr[ée]sent|"
            r"r[ée]dig|soutenu|[ée]crit)(?:[ée]e?s?|e)?"
        r" par|r[ée]daction)\b", re.IGNORECASE)),
    ("supervisor", re.compile(
        r"(?:sous la direction de|tut(?:eur|rice)(?: acad[ée]mique| p[ée]dagogique| universitaire)?|direct(?:eur|rice) "
        r"(?:de (?:th[èe]se|m[ée]moire|recherche))|encadrant(?:e)?|encadr[ée]e? par|suivi p[ée]dagogique|supervisor|"
        r"ma[iî]tre de (?:m[ée]moire|stage)|dirig[ée]e? par)\b", re.IGNORECASE)),
    ("date", re.compile(r"(?:date(?: de (?:publication|soutenance|remise))?|soutenue? le|publi[ée]e? (?:le|en)|"
        r"ann[ée]e)\b", re.IGNORECASE)),
    ("institution", re.compile(r"(?:[ée]tablissement|universit[ée]|[ée]cole|institution|organisme|[ée]diteur"
        r")\b", re.IGNORECASE)),
    ("programme", re.compile(r"(?:formation|dipl[ôo]me|programme|sp[ée]cialit[ée]|mention|fili[èe]re"
        r")\b", re.IGNORECASE)),
)  # fmt: skip
_THESIS = re.compile(r"\b(?:th[èe]se|m[ée]moire|dissertation|thesis)\b", re.IGNORECASE)
_WHITEPAPER = re.compile(r"\b(?:livre blanc|whitepaper|white paper)\b", re.IGNORECASE)
_REPORT = re.compile(r"\brapport (?:annuel|d[’']|de |final|technique|public)", re.IGNORECASE)
_PROGRAMME = re.compile(r"\b(?:MBA|Master|Mast[èe]re|Licence|Bachelor|MSc|DUT|BTS|Doctorat|Dipl[ôo]me)\b")
_INSTITUTION = re.compile(
    r"\b(?:universit[ée]|university|[ée]cole|school|institut|institute|facult[ée]|education|acad[ée]mie|conservatoire|cnam|iae|coll[èe]ge)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b((?:19|20)\d\d)\b")


def title_page(draft: Draft) -> None:
    """Take title, subtitle, authors, date and the like off the top of the document."""
    pieces = draft.pieces
    start = 1 if pieces and pieces[0].kind == "metadata" else 0
    end = _end(draft, start)
    page = pieces[start:end]
    if page:
        _read_page(draft, page)
    _repeated_title(draft)


def _end(draft: Draft, start: int) -> int:
    """Index of the first piece that is no longer the title page."""
    pieces = draft.pieces
    rows = [i for i, p in enumerate(pieces) if p.kind == "heading" and i >= start]
    if not rows:
        return start
    known = draft.metadata.get("title")
    sure = [i for i in rows if _starts_text(pieces[i])]
    first = next((i for i in rows if not known or fold(describe(pieces[i]).title) != fold(known)), len(pieces))
    if draft.contents or (known is None and sure):
        contents_line = min((e.line for e in draft.contents), default=0)
        end = next((i for i in sure), None)
        if end is None:
            end = next((i for i in range(start, len(pieces)) if pieces[i].line > contents_line), start)
        early = next((i for i in range(start, len(pieces)) if pieces[i].line > contents_line > 0), end)
        end = min(end, early) if contents_line else end
        if not contents_line and any(_is_prose(piece) for piece in pieces[start:end]):
            # Sentences are the text already: a title, a text and a bibliography make an article without headings.
            after = rows[1] if len(rows) > 1 else len(pieces)
            return start if rows[0] in sure else _labels_end(draft, start, rows[0], after)
    else:
        highest = min(pieces[i].level for i in rows)
        top = [i for i in rows if pieces[i].level == highest]
        lone = len(top) == 1 and top[0] == rows[0] and not describe(pieces[rows[0]]).label
        if known is not None or not lone or not highest:
            return _labels_end(draft, start, rows[0], first)
        end = _labels_end(draft, start, rows[0], rows[1] if len(rows) > 1 else len(pieces))
    words = sum(len(p.text.split()) for p in pieces[start:end] if p.kind == "paragraph")
    if end - start > LONGEST or words > 400:
        return rows[0] if rows[0] - start < 12 else start
    return end


def _is_prose(piece: Piece) -> bool:
    """A whole sentence, as title pages do not hold them."""
    text = plain(piece.text)
    return (
        piece.kind == "paragraph"
        and text.endswith((".", "…", "!", ".”", ".»", ". »"))
        and len(text.split()) >= PROSE
        and not says_ai(text)
        and not _labelled_lines(piece)
    )


def _labels_end(draft: Draft, start: int, title: int, stop: int) -> int:
    """Behind the title of an article stand at most a few labelled lines and a picture."""
    pieces = draft.pieces
    end = start
    for index in range(start, min(stop, len(pieces))):
        piece = pieces[index]
        bare = plain(piece.text)
        if index <= title and piece.kind == "heading":
            known = draft.metadata.get("title")
            if known and fold(bare) != fold(known):
                break
            end = index + 1
        elif piece.kind == "paragraph" and index > title and _labelled_lines(piece):
            end = index + 1
        elif index < title and piece.kind == "image":
            continue
        else:
            break
    return end


def _labelled_lines(piece: Piece) -> bool:
    rows = [plain(row) for row in piece.text.split("\n")]
    return all(re.match(r"[^:]{3,40}\s?:\s*\S", row) and any(p.match(row) for _, p in _LABELS) for row in rows)


def _starts_text(piece: Piece) -> bool:
    numbered = describe(piece)
    if piece.facts.get("entry") is not None:
        return True
    return (
        numbered.label in ("part", "chapter", "decimal", "single", "roman", "annex")
        or kind_of(numbered.title) is not None
    )


def _read_page(draft: Draft, page: list[Piece]) -> None:
    known = draft.metadata
    titles = [p for p in page if p.kind == "heading"]
    lines: list[tuple[str, Piece]] = []
    for piece in page:
        if piece.kind in ("note", "contents", "table", "code"):
            continue
        if piece.kind == "image":
            _cover(draft, piece)
            piece.kind = "metadata"
            continue
        rows = [plain(row.rstrip("\\")) for row in piece.text.split("\n")]
        lines += [(row, piece) for row in rows if row]
    title_piece = _title(draft, titles, lines)
    _sort_lines(draft, lines, title_piece, titles)
    for piece in page:
        if piece.kind not in ("note", "contents"):
            piece.kind = "metadata"
    if known.get("title"):
        line = title_piece.line if title_piece else page[0].line
        draft.find(
            "title-page-read",
            line,
            f"La page de titre (lignes {page[0].line} à {page[-1].last_line}) a donné le titre et les mentions "
            f"du document.",
        )


def _cover(draft: Draft, piece: Piece) -> None:
    match = re.match(r"\s*!\[([^\]]*)\]\(\s*<?([^)\s>]+)", piece.text)
    if match and IMAGE.match(piece.text) and not draft.metadata.get("hero_image"):
        draft.metadata["hero_image"] = match[2]
        draft.metadata.setdefault("hero_image_alt", plain(match[1]))
        draft.find(
            "image-to-supply", piece.line, f"L’image « {match[2]} » est nommée mais n’est pas fournie avec le texte."
        )


def _title(draft: Draft, titles: list[Piece], lines: list[tuple[str, Piece]]) -> Piece | None:
    known = draft.metadata
    if known.get("title"):
        return next((p for p in titles if fold(plain(p.text)) == fold(known["title"])), None)
    if not titles:
        bold = [p for row, p in lines[:4] if re.match(r"\*\*.+\*\*$", p.text.strip()) and not _labelled(row)[0]]
        if bold:
            known["title"] = plain(bold[0].text)
            return bold[0]
        return None
    counts: dict[str, int] = {}
    for piece in titles:
        counts[fold(plain(piece.text))] = counts.get(fold(plain(piece.text)), 0) + 1
    # A title page and a half-title repeat the title; failing that, the highest mark is the title.
    best = max(titles, key=lambda p: (counts[fold(plain(p.text))], -p.level, -p.line))
    known["title"] = plain(best.text)
    return best


def _labelled(text: str) -> tuple[str, str]:
    for name, pattern in _LABELS:
        match = pattern.match(text)
        if match:
            rest = text[match.end() :].lstrip(" :.-–—\xa0\u202f")
            if name in ("institution", "programme", "date") and not re.match(r"[ \xa0\u202f]*:", text[match.end() :]):
                continue
            return name, rest
    return "", ""


def _sort_lines(draft: Draft, lines: list[tuple[str, Piece]], title_piece: Piece | None, titles: list[Piece]) -> None:
    known = draft.metadata
    waiting = ""
    after_title = False
    folded = fold(str(known.get("title", "")))
    for row, piece in lines:
        if folded and fold(row) == folded:
            after_title, waiting = True, ""
            continue
        if says_ai(row):
            known.setdefault("ai_disclosure", " ".join([row, *_notes_of(draft, piece)]))
            continue
        if waiting:
            _give(draft, waiting, row)
            waiting = ""
            continue
        name, rest = _labelled(row)
        if _THESIS.search(row) and "kind" not in known and len(row) < 80:
            known["kind"] = DocumentKind.THESIS
        elif _WHITEPAPER.search(row) and "kind" not in known and len(row) < 80:
            known["kind"] = DocumentKind.WHITEPAPER
        elif _REPORT.search(row) and "kind" not in known and len(row) < 80:
            known["kind"] = DocumentKind.REPORT
        if name:
            if rest:
                _give(draft, name, rest)
            else:
                waiting = name
            continue
        date = read_date(row)
        if date:
            known.setdefault("date", date)
        elif _PROGRAMME.search(row) and _mention(row):
            known.setdefault("programme", row)
        elif _INSTITUTION.search(row) and _mention(row):
            known.setdefault("institution", _name_case(row))
        elif (
            after_title
            and "authors" not in known
            and _people_list(row)
            and piece in [*titles, *_next(lines, title_piece)]
        ):
            known["authors"] = tuple(split_name(n) for n in _people_list(row))
        elif after_title and "subtitle" not in known and not _PROMOTION.match(row) and len(row) < 400:
            near = piece in titles or piece in _next(lines, title_piece)
            if row.endswith("?") or (near and len(row.split()) > 2 and not row.endswith((".", ":", ";"))):
                known["subtitle"] = row


def _notes_of(draft: Draft, piece: Piece) -> list[str]:
    """Text of the notes that a line of the title page calls; they are shown with it."""
    out: list[str] = []
    for key in re.findall(r"\[\^([^\]\s]{1,60})\]", piece.text):
        note = next((p for p in draft.pieces if p.kind == "note" and p.key == key), None)
        if note is not None:
            note.facts["shown"] = True
            out.append(f"({plain(note.text).rstrip('.')})")
    return out


def _name_case(row: str) -> str:
    """A name in capitals as names are written: « École des Métiers du Livre »."""
    if not row.isupper():
        return row
    words = [
        word if word.lower() not in _SMALL or not at else word.lower() for at, word in enumerate(row.title().split(" "))
    ]
    return " ".join(words)


_SMALL = frozenset(
    {"de", "des", "du", "la", "le", "les", "et", "en", "à", "au", "aux", "of", "the", "and", "for", "in"}
)


def _mention(row: str) -> bool:
    return len(row) < 100 and not row.endswith((".", ":", ";"))


def _next(lines: list[tuple[str, Piece]], title_piece: Piece | None) -> list[Piece]:
    """The piece right below the title."""
    order = list(dict.fromkeys(id(piece) for _, piece in lines))
    if title_piece is None or id(title_piece) not in order:
        return []
    place = order.index(id(title_piece)) + 1
    return [piece for _, piece in lines if place < len(order) and id(piece) == order[place]][:1]


_PROMOTION = re.compile(r"(?:promotion|ann[ée]e|copyright|©|code|version|[ée]dition|isbn|\d)", re.IGNORECASE)


def _people_list(row: str) -> list[str]:
    """« Jean Petit, Anne Roux, et les membres de l’équipe »: several names, the last of which may be a group."""
    bits = [b.strip() for b in re.split(r",| et | and ", row) if b.strip()]
    names = [b for b in bits if re.match(r"[A-ZÀ-Ý][\w’'.-]*(?: [A-ZÀ-Ýa-z][\w’'.-]*){1,4}$", b)]
    return [re.sub(r"^et ", "", b) for b in bits] if len(bits) >= 2 and len(names) >= len(bits) - 1 else []


def _give(draft: Draft, name: str, value: str) -> None:
    known = draft.metadata
    value = re.sub(r"[¹²³⁴-⁹⁰]+$", "", value).strip(" *")
    if name == "authors" and read_date(value):
        known.setdefault("date", read_date(value))
    elif name == "authors":
        if "authors" not in known:
            known["authors"] = tuple(read_people(value)) or (Person(literal=value),)
    elif name == "supervisor":
        people = read_people(value)
        known["contributors"] = (*known.get("contributors", ()), *(Contributor("supervisor", p) for p in people))
    elif name == "date":
        date = read_date(value)
        if date:
            known.setdefault("date", date)
    else:
        known.setdefault(name, value)


def _repeated_title(draft: Draft) -> None:
    """The first heading that says the title again is the title, not a section."""
    title = draft.metadata.get("title")
    first = next((p for p in draft.pieces if p.kind == "heading"), None)
    if title and first is not None and fold(split_number(plain(first.text)).title) == fold(title):
        first.kind = "metadata"
        draft.find("title-repeated", first.line, "Le titre, que le texte répète, n’est montré qu’une fois.")
