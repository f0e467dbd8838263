"""A text of an entry, shared out among its fields: title, container or publisher, tail.

before: Un titre, Revue d'essai, vol. 12, p. 45-67.
after:  title "Un titre", container-title "Revue d'essai", volume "12", page "45-67"
"""

from __future__ import annotations

import re

from manuscript.references import dates, names
from manuscript.references.fields import Fields, assemble, clean_title, enter_container
from manuscript.references.layout import JOURNAL_KINDS, container_start, refine, tail_start, text_after_place
from manuscript.references.locators import Board, take_locators
from manuscript.references.name_tokens import known_given
from manuscript.references.segments import Piece, is_genre, split
from manuscript.references.tail import read_tail
from manuscript.references.vocabulary import fold, is_institution, is_journal, is_meeting, is_publisher

_EDITED_BY = re.compile(
    r"[,.(\[]?\s?\b(?:(?:[ÉéEe]dités?|éditées?|[Ee]dited|[Dd]irigée?s?|coordonnée?s?|publiée?s?|établie?s?"
    r"|présentée?s?|études réunies(?: et présentées)?|textes réunis(?: et présentés)?|[Tt]ranslated"
    r"|[Tt]raduite?s?(?: (?:de l['’]\w+|du \w+))?|trad\.|tr\.|sous la (?:direction|dir\.)|ss (?:la )?dir\."
    r"|dir\.|éd\.|edd?s?\.|(?<=[.,]\s)(?:[ÉE]ds?\.|Trans\.|Trad\.))(?:\s(?:par|by|de"
    r"|d['’]))?)\s+(?=[A-ZÀ-Þ])",
)
_IMPRINT_BRACKET = re.compile(
    rf"\((?:[^():;]{{0,30}};\s)?(?P<imprint>[^\W\d_][^():]{{1,60}}:\s[^():]{{2,100}},\s{dates.YEAR})\)"
)


def take_edited(fields: Fields, text: str) -> str:
    """Take "édité par A. Roux" and "trad. de l'anglais par B. Petit" out of a text."""
    match = _EDITED_BY.search(text)
    if not match or match.start() < 4:
        return text
    found = names.read_names(text, match.end())
    if not found.people:
        return text
    given = found.people[0].get("given", "")
    if match[0].strip(" ,.([")[:1].isupper() and not (known_given(given) or re.match(r"[A-ZÀ-Þ]\.", given)):
        # "Trans. Atl. Soc." is a journal, not a translator.
        return text
    key = "translator" if re.search(r"tra[dn]", fold(match[0])) or " tr." in match[0] else "editor"
    fields.setdefault(key, list(found.people))
    end = found.end
    if text[match.start()] in "([" and text[end : end + 1] in ")]":
        end += 1
    return f"{text[: match.start()]}{', ' if text[end:].strip(' .,)') else ''}{text[end:].lstrip(' .,)')}"


def take_genre_bracket(fields: Fields, text: str) -> str:
    """Take "[mémoire inédit]" and "(thèse de doctorat)" out of a text."""
    for match in re.finditer(r"[(\[]([^()\[\]]{3,80})[)\]]", text):
        if is_genre(match[1]):
            genre, _, house = match[1].partition(",")
            if is_institution(house):
                # The bracket names the university as well: "(Thèse de doctorat, Université du Nord)".
                fields.add("genre", genre)
                fields.add("publisher", house)
            else:
                fields.add("genre", match[1])
            return f"{text[: match.start()].rstrip()}{text[match.end() :]}"
    return text


def share(
    fields: Fields, text: str, mark: str, dated: bool, url: str | None, *, known: bool, key: str = "title"
) -> None:
    """Share the pieces of a text out among the fields; ``key`` is the field of the leading text unless ``known``."""
    text = take_genre_bracket(fields, take_edited(fields, text))
    # "Title (Paris: House, 1998), 34": the imprint of footnote styles, without its brackets.
    text = _IMPRINT_BRACKET.sub(r", \g<imprint>, ", text, count=1)
    board = Board(text)
    take_locators(board, 0 if known else min(2, len(text)), dated)
    pieces = refine(board, split(board, board.text), known)
    lead = 0
    if not known:
        lead = tail_start(board, pieces, dated)
        front, tail = pieces[:lead], pieces[lead:]
        if front and front[0].kind != "text":
            # A title that opens with a number or a date.
            front[0] = Piece("text", front[0].text, front[0].before, {})
    else:
        front, tail = [], pieces
    journal = any(p.kind in JOURNAL_KINDS for p in tail) or any(p.kind == "page" for p in tail)
    place_at = next((i for i, p in enumerate(tail) if p.kind in ("place", "imprint")), None)
    if not known:
        front = _split_at_question(front, journal)
        container = container_start(board, front, tail, mark, journal, place_at is not None, key, url)
        title = assemble(board, front[:container])
        fields.add(key, clean_title(title))
        rest = front[container:]
        if rest:
            _enter_second(fields, board, rest, tail, journal, place_at is not None, key, url)
    read_tail(fields, board, tail, known, journal, url)


def _split_at_question(front: list[Piece], journal: bool) -> list[Piece]:
    """Before volume and pages, "Title ? Journal" is two pieces."""
    if not journal or not front or front[-1].kind != "text" or (len(front) > 1 and front[-1].before == "."):
        return front
    match = re.fullmatch(r"(?P<title>.{8,}\s?[?!…»])\s+(?P<journal>[A-ZÀ-Þ][^?!]{2,120})", front[-1].text)
    if not match:
        return front
    return [*front[:-1], Piece("text", match["title"], front[-1].before, {}), Piece("text", match["journal"], ".", {})]


def _enter_second(
    fields: Fields,
    board: Board,
    pieces: list[Piece],
    tail: list[Piece],
    journal: bool,
    placed: bool,
    key: str,
    url: str | None,
) -> None:
    """Enter the texts after the title: a container or a publisher, after what stands around them."""
    text = assemble(board, pieces)
    bare = clean_title(text)
    texts = [p for p in pieces if p.kind == "text"]
    if key == "container-title":
        fields.add("publisher", bare)
        return
    if len(texts) > 1 and texts[-1].before == "." and is_publisher(texts[-1].text) and is_journal(texts[0].text):
        fields.add("publisher", clean_title(board.restore(texts[-1].text)))
        enter_container(fields, clean_title(assemble(board, pieces[: pieces.index(texts[-1])])))
        return
    if placed and is_meeting(bare):
        enter_container(fields, bare)
        return
    if journal:
        if placed and is_publisher(bare) and not is_journal(bare):
            fields.add("publisher", bare)
            return
        enter_container(fields, bare)
        return
    if placed:
        if text_after_place(tail):
            fields.add("publisher-place", f"{bare}, {tail[0].text}")
        else:
            fields.add("publisher", bare)
        return
    if (
        not url
        and len(texts) == 2
        and texts[1].before == ","
        and len(texts[0].text.split()) <= 2
        and not is_publisher(texts[0].text)
    ):
        fields.add("publisher-place", texts[0].text)
        fields.add("publisher", texts[1].text)
        return
    if (is_publisher(bare) and not is_journal(bare)) or (not url and not is_journal(bare)):
        fields.add("publisher", bare)
    else:
        enter_container(fields, bare)
