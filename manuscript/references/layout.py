"""Where title, container and the rest of an entry begin, from the pieces and the marks between them.

before: TEXT "Un titre", TEXT "Revue d'essai" after ".", volume, page
after:  title 0, container 1, the tail from 2
"""

from __future__ import annotations

import re

from manuscript.references import dates
from manuscript.references.fields import assemble
from manuscript.references.locators import Board, Mark
from manuscript.references.markup import EMPHASIS_OPEN, strip_emphasis
from manuscript.references.segments import Piece, is_genre, looks_place_publisher
from manuscript.references.sites import names_site
from manuscript.references.vocabulary import (
    COUNTRIES,
    fold,
    is_institution,
    is_journal,
    is_meeting,
    is_place,
    is_publisher,
)

JOURNAL_KINDS = frozenset(("number", "bracketed", "volpages", "slash", "colonpages", "volume", "issue", "pagerange"))
_PLACE_YEAR = re.compile(
    r"(?P<place>[A-ZÀ-Þ][^\W\d]+(?:[-’' /,–.]{1,3}[A-ZÀ-Þ]?[^\W\d]+){0,6}\.?)"
    rf"\s(?P<year>{dates.YEAR}(?:[-–]\d{{2,4}})?[a-z]?)(?P<more>\s\(.{{2,120}}\))?\.?"
)


def refine(board: Board, pieces: list[Piece], known: bool) -> list[Piece]:
    """Say of each text what its own words say: a place, "Paris : Seuil", a genre, a bare number, a bracket."""
    out: list[Piece] = []
    for index, piece in enumerate(pieces):
        first = index == 0 and not known
        text = piece.text
        if piece.kind != "text":
            out.append(piece)
            continue
        bare = text.strip(" .:")
        if re.fullmatch(r"\d{1,4}", bare) and not first:
            kind = "series-number" if out and out[-1].kind == "series" else "number"
            out.append(Piece(kind, bare, piece.before, {"number": bare}))
        elif out and out[-1].kind == "place" and fold(bare) in COUNTRIES:
            out[-1] = Piece("place", f"{out[-1].text}, {bare}", out[-1].before, {})
        elif not first and is_genre(bare) and len(bare) < 160:
            out.append(Piece("genre", text, piece.before, {}))
        elif not first and (match := looks_place_publisher(strip_emphasis(text))):
            place = match["place"]
            while len(out) > 1 and fold(place.split(",")[0]) in COUNTRIES and _is_place_word(out[-1]):
                place = f"{out.pop().text}, {place}"
            out.append(Piece("imprint", text, piece.before, {"place": place, "publisher": match["publisher"]}))
        elif not first and (is_place(bare) or re.fullmatch(r"s\.\s?l\.?", bare)):
            out.append(Piece("place", bare, piece.before, {}))
        elif (
            not first
            and (match := _PLACE_YEAR.fullmatch(text))
            and (is_place(match["place"]) or (piece.before in ",." and _known_place(match["place"])))
        ):
            out.append(Piece("place", match["place"], piece.before, {"fused": "1"}))
            found = dates.YEAR_ONLY.search(match["year"])
            if found:
                date = dates.from_year(found)._replace(imprint=True)
                out.append(Piece("date", board.add(Mark("date", found[0], {}, date)), " ", {}))
            if match["more"]:
                out.append(Piece("bracket", match["more"], " ", {}))
        elif not first and re.fullmatch(r"[(\[].*[)\]]\.?", text, re.DOTALL):
            out.append(Piece("bracket", text, piece.before, {}))
        else:
            out.append(piece)
    return out


def _known_place(text: str) -> bool:
    """ "Columbus Ohio", "Ithaca - London": words of which the first, or most, are places; or one word alone."""
    parts = [p.strip(" .") for p in re.split(r"\s[-–]\s|[-–/,]", text) if p.strip(" .")]
    if len(parts) == 1 and " " not in parts[0]:
        return True
    first = parts[0].split()
    return any(is_place(p) for p in parts) or is_place(first[0]) or fold(first[-1]) in COUNTRIES


def _is_place_word(piece: Piece) -> bool:
    """Whether a piece can be the city, or the state, before a country: "Brest, FR, France : Le Phare"."""
    return piece.kind == "place" or (piece.kind == "text" and bool(re.fullmatch(r"[A-ZÀ-Þ][\w.-]{1,24}", piece.text)))


def tail_start(board: Board, pieces: list[Piece], dated: bool) -> int:
    """The first piece that cannot belong to title or container any more."""
    start = next((i for i, p in enumerate(pieces) if p.kind == "text"), 0) + 1
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.kind in ("text", "bracket"):
            continue
        if piece.kind in ("volume", "year-word", "online", "number") and index + 1 < len(pieces):
            following = pieces[index + 1]
            later = [
                p for p in pieces[index + 1 :] if p.kind in JOURNAL_KINDS or p.kind in ("page", "imprint", "place")
            ]
            # "Histoire, tome I. La Renaissance, Paris": the volume is inside the title.
            if following.kind == "text" and later and piece.kind != "online" and following.before in ".:" and index < 3:
                continue
            if following.kind == "text" and piece.kind == "volume" and text_after_place(pieces[index + 2 :]):
                continue
            if (
                following.kind == "text"
                and piece.kind == "volume"
                and re.match(r":|(?!of\s)[a-zà-ÿ]+\s", following.text)
            ):
                continue
        glued = piece.kind in ("issue", "volume", "page") and all(
            p.before in ("", " ") for p in pieces[start : index + 1]
        )
        if glued and any(p.kind in ("imprint", "place") for p in pieces[index + 1 :]):
            # "Du vol. 2 au n° 3. Paris : Un éditeur": no container stands before it, so the title goes on.
            continue
        if piece.kind == "date" and piece.values.get("loose"):
            later_texts = [p for p in pieces[index + 1 :] if p.kind == "text"]
            other_date = any(p.kind == "date" for p in pieces[index + 1 :])
            if later_texts and (other_date or dated) and index + 1 < len(pieces) and pieces[index + 1].kind == "text":
                continue
        return index
    return len(pieces)


def container_start(
    board: Board,
    front: list[Piece],
    tail: list[Piece],
    mark: str,
    journal: bool,
    placed: bool,
    key: str,
    url: str | None,
) -> int:
    """Where the container or publisher begins among the leading texts; len(front) where all of them are the title."""
    texts = [i for i, p in enumerate(front) if i and p.kind == "text" and begins(p.text)]
    if not texts:
        return len(front)
    stops = [i for i in texts if front[i].before == "."]
    commas = [i for i in texts if front[i].before in ",;"]
    emphasised = [i for i in texts if front[i].text.startswith(EMPHASIS_OPEN)]
    if emphasised:
        return emphasised[-1]
    by_comma = bool(commas) and (mark == "," or not stops or (mark in ":" and stops[-1] < commas[-1]))
    if mark in (".", "") and stops:
        by_comma = False
    choice = commas[-1] if by_comma else stops[-1] if stops else None
    if choice is None:
        return len(front)
    if key == "container-title" and placed and commas and is_publisher(front[commas[-1]].text):
        return commas[-1]
    if by_comma:
        # "Revue d'essai, Série B": keep together what the journal's own words open.
        for i in commas[-3:-1]:
            if is_journal(front[i].text) and not is_journal(front[choice].text) and journal:
                choice = i
                break
    text = board.restore(assemble(board, front[choice:]))
    if key == "title" and not by_comma and len(stops) > 1 and (journal or placed):
        # "Title. Proceedings of X. A House, June 1993, pages 82-88".
        earlier = board.restore(assemble(board, front[stops[-2] : choice]))
        if is_publisher(text) and not is_journal(text) and is_journal(earlier):
            return stops[-2]
    if key == "container-title" and not by_comma and placed and len(text) < 20 and text.strip(" .").isupper():
        return choice
    if journal and not placed:
        if key == "container-title":
            return choice if is_publisher(text) else len(front)
        if not by_comma and stops and mark == "," and not is_journal(text) and commas:
            return choice
        return choice
    words = len(text.split())
    if placed and not journal:
        following = text_after_place(tail)
        if (
            by_comma
            and following
            and words == 1
            and len(front) - choice == 1
            and tail[0].kind == "place"
            and len(tail) > 2
        ):
            return choice
        if is_meeting(text) and not by_comma and key == "title":
            return choice
        fused = tail[0].kind == "place" and "fused" in tail[0].values
        if key == "title" and by_comma and not following and (is_publisher(text) or (words <= 6 and not fused)):
            return choice
        if not by_comma and is_publisher(text) and words <= 6 and not following:
            return choice
        return len(front)
    if placed and journal:
        following = text_after_place(tail)
        if key == "container-title" and not by_comma and not is_publisher(text):
            return len(front)
        if words <= 25 and (key == "title" or not following):
            return choice
        return len(front)
    # Nothing but a date, an address or the end follows.
    shape = name_shape(text)
    if names_site(text, url) and words <= 12:
        return choice
    if by_comma:
        if key == "title" and len(commas) >= 2 and not url:
            pair = front[commas[-2]].text
            if commas[-2] + 1 == commas[-1] and len(pair.split()) <= 2 and words <= 3 and name_shape(pair) and shape:
                return commas[-2]
        return choice if (is_publisher(text) and words <= 8) or (shape and words <= 3 and bool(tail)) else len(front)
    if is_publisher(text) or is_journal(text) or is_institution(text):
        return choice if words <= 12 and (shape or words <= 6) else len(front)
    return choice if shape and words <= 6 else len(front)


_ORDINAL = re.compile(r"\d+\s?(?:e|è|er|ère|re|°|st|nd|rd|th|ème)\b")


def begins(text: str) -> bool:
    """Whether a text can begin a container: a capital, a figure, an opening mark."""
    bare = strip_emphasis(text).lstrip("«“\"'‘’([ ")
    return bool(bare) and (
        bare[0].isupper()
        or text[:1] == EMPHASIS_OPEN
        or (bare[0].isdigit() and (is_meeting(bare) or not _ORDINAL.match(bare)))
        or bool(re.match(r"[a-z]+\.[a-z]{2,}|[a-z]{1,2}[A-Z]", bare))
    )


def name_shape(text: str) -> bool:
    """Whether most of the long words have capitals, as in the name of a journal or a house."""
    if re.search(r"[?!\[\]]|\d{2}|['’]s\s|:\s", text):
        return False
    words: list[str] = re.findall(r"[^\W\d_][\w’'.-]*", text)
    long_words = [w for w in words if len(w) > 3] or words
    return bool(words) and sum(w[0].isupper() for w in long_words) >= 0.6 * len(long_words)


def text_after_place(tail: list[Piece]) -> bool:
    for index, piece in enumerate(tail):
        if piece.kind == "imprint":
            return True
        if piece.kind == "place":
            return any(p.kind == "text" for p in tail[index + 1 : index + 3])
    return False
