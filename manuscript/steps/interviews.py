"""Tell interviews and their questions from other headings.

"## Anne Petit, directrice, Maison Blanche"  ->  an interview, with its person
"### Quel est votre parcours ?"              ->  a question
"**Et ensuite ?**"                           ->  a question too, that lost its marks
"""

from __future__ import annotations

import itertools
import re

from manuscript.draft import Draft, Piece
from manuscript.kinds import is_interviews
from manuscript.model import Contributor, Person
from manuscript.names import split_name
from manuscript.steps.headings import BOLD_LINE, LONGEST_QUESTION, describe, is_person
from manuscript.wording import plain

_TRADE = re.compile(
    r"\b(?:consultante?|designer|artiste?|direct(?:eur|rice)|director|format(?:eur|rice)|ing[ée]nieure?|engineer|manager|"
    r"d[ée]velopp(?:eur|euse)|developer|r[ée]dact(?:eur|rice)|(?:co-?)?fondat(?:eur|rice)|(?:co-?)?founder|CEO|CTO|COO|CMO|CFO|"
    r"PDG|DG|lead|experte?|coach|cherch(?:eur|euse)|researcher|professeure?|professor|teacher|enseignante?|journaliste?|"
    r"analyste?|architecte?|avocate?|lawyer|m[ée]decin|filmmaker|r[ée]alisat(?:eur|rice)|photographe|auteure?|author|writer|"
    r"speaker|conf[ée]renci(?:er|[èe]re)|responsable|charg[ée]e? de|chef(?:fe)? de|pr[ée]sidente?|president|"
    r"entrepreneure?|freelance|ind[ée]pendante?|cr[ée]at(?:eur|rice)|producer|product(?:eur|rice))\b",
    re.IGNORECASE,
)
"""Trades and offices, French and English: what names one is a role, not an organisation."""


def interviews(draft: Draft) -> None:
    """Mark interviews and questions; a bold line inside an interview is a question."""
    rows = [p for p in draft.pieces if p.kind == "heading" or _bold(p)]
    following = {id(a): b for a, b in itertools.pairwise(rows)}
    inside = False
    open_section = False
    people: list[Contributor] = []
    questions = 0
    for piece in rows:
        numbered = describe(piece)
        if piece.kind == "heading" and (numbered.label or is_interviews(numbered.title)):
            inside = False
            open_section = is_interviews(numbered.title) or (open_section and numbered.label == "")
            continue
        title = numbered.title
        entry = piece.facts.get("entry")
        # A list of its own, printed above the interviews, names them even by a first name.
        listed = entry is not None and entry.table > 0 and not entry.number and "," in title
        if piece.kind == "heading" and (is_person(title) or listed) and not title.endswith("?"):
            below = following.get(id(piece))
            asks = below is not None and _asks(below)
            if open_section or asks:
                piece.facts["role"] = "interview"
                person = _person(title)
                piece.facts["person"] = person
                people.append(Contributor("interviewee", person))
                inside = True
                continue
        if not inside:
            continue
        if piece.kind == "heading":
            piece.facts["role"] = "question"
            questions += 1
        elif _asks(piece) or len(plain(piece.text).split()) >= 6:
            piece.kind, piece.level = "heading", 0
            piece.facts.update(role="question")
            piece.reason = "Une ligne en gras dans un entretien est une question."
            questions += 1
            draft.find("question-found", piece.line, f"« {plain(piece.text)[:80]} » est une question de l’entretien.")
    if people:
        known = draft.metadata.get("contributors", ())
        draft.metadata["contributors"] = (*known, *people)
        first = next(p for p in rows if p.facts.get("role") == "interview")
        draft.find(
            "interviews-found", first.line, f"{len(people)} entretiens et {questions} questions ont été reconnus."
        )


def _bold(piece: Piece) -> bool:
    return (
        piece.kind == "paragraph"
        and not piece.opaque
        and len(piece.text) <= LONGEST_QUESTION
        and BOLD_LINE.match(piece.text.replace("\n", " ")) is not None
    )


def _asks(piece: Piece) -> bool:
    return plain(piece.text).rstrip(' »"”').endswith("?")


def _person(title: str) -> Person:
    """« Name, role, organisation »; a role may have commas of its own, an organisation comes last and names no
    trade."""
    bits = [re.sub(r"(?<=[a-zà-ÿ])- (?=[A-ZÀ-Ý])", "-", bit.strip()) for bit in title.split(",") if bit.strip()]
    name = split_name(bits[0])
    role, organisation = ", ".join(bits[1:]), ""
    if len(bits) > 2:
        last, *second = re.split(r" (?:et|and|&) ", bits[-1], maxsplit=1)
        if not _TRADE.search(bits[-1]):
            role, organisation = ", ".join(bits[1:-1]), bits[-1]
        elif second and not _TRADE.search(last):
            role, organisation = ", ".join([*bits[1:-1], *second]), last
    return Person(name.family, name.given, name.literal, role=role, organisation=organisation)
