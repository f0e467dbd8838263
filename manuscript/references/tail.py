"""What follows title and container: place, publisher, series, genre, and texts that only their neighbours explain."""

from __future__ import annotations

import re

from manuscript.references import dates, names
from manuscript.references.fields import Fields, clean_title, enter_container, glue, take_mark
from manuscript.references.layout import begins
from manuscript.references.locators import Board
from manuscript.references.segments import Piece, is_genre, looks_place_publisher
from manuscript.references.vocabulary import is_institution, is_journal, is_place, is_publisher


def read_tail(fields: Fields, board: Board, tail: list[Piece], known: bool, journal: bool, url: str | None) -> None:
    """Read what follows title and container, piece by piece."""
    texts_left = [i for i, p in enumerate(tail) if p.kind == "text"]
    for index, piece in enumerate(tail):
        if piece.kind in ("hole", "online", "year-word"):
            continue
        if piece.kind == "place":
            fields.add("publisher-place", "s. l." if piece.text.startswith("s.") else piece.text)
        elif piece.kind == "imprint":
            fields.add("publisher-place", piece.values["place"])
            fields.add("publisher", clean_title(board.restore(piece.values["publisher"])))
        elif piece.kind == "genre":
            fields.add("genre", clean_title(board.restore(piece.text)))
        elif piece.kind == "series-number":
            fields.add("collection-number", piece.text)
        elif piece.kind == "number":
            placed = "publisher" in fields or "publisher-place" in fields
            fields.add(
                "page"
                if placed or {"volume", "issue"} <= fields.keys()
                else "volume"
                if "volume" not in fields
                else "issue",
                piece.text,
            )
        elif piece.kind == "bracket":
            _read_bracket(fields, board, piece)
        elif piece.kind == "text":
            _read_tail_text(fields, board, tail, index, known, journal, texts_left, url)
        else:
            take_mark(fields, board, piece)


def _read_bracket(fields: Fields, board: Board, piece: Piece) -> None:
    """A bracket of its own: place and publisher, a series, or a note."""
    inner = board.restore(piece.text).strip(" .()[]")
    match = looks_place_publisher(inner)
    if match and is_place(match["place"]):
        fields.add("publisher-place", match["place"])
        fields.add("publisher", match["publisher"])
    elif is_genre(inner):
        fields.add("genre", inner)
    elif fields.get("publisher") or fields.get("publisher-place"):
        fields.add("collection-title", inner)
    else:
        fields.remember(inner)


def _list_of_words(tail: list[Piece], index: int) -> bool:
    """Whether the texts from ``index`` on are one name with commas: "Sea, Coast, and Harbour Studies 27 (1986)"."""
    texts = []
    for piece in tail[index:]:
        if piece.kind != "text":
            break
        texts.append(piece.text)
    return len(texts) > 2 and re.match(r"(?:and|et|&)\s", texts[-1]) is not None


def _read_tail_text(
    fields: Fields,
    board: Board,
    tail: list[Piece],
    index: int,
    known: bool,
    journal: bool,
    texts: list[int],
    url: str | None,
) -> None:
    """A text in the tail: after a known title the container, beside a place the publisher, else a note."""
    piece = tail[index]
    text = clean_title(board.restore(piece.text))
    day = dates.DAY_MONTH.match(text)
    if day:
        fields["_day"] = text
        return
    if piece.values.get("used"):
        return
    if text.startswith("of ") and "volume" in fields:
        fields.add("collection-title", text[3:])
        return
    people = names.read_names(text)
    if people.role == "editor" and not text[people.end :].strip(" .,)"):
        fields.setdefault("editor", list(people.people))
        return
    free_container = known and "container-title" not in fields
    placed = next((i for i, p in enumerate(tail) if p.kind in ("place", "imprint")), None)
    neighbours = [i for i in (index - 1, index + 1) if 0 <= i < len(tail) and tail[i].kind == "place"]
    if "genre" in fields and "publisher" not in fields and is_institution(text):
        fields.add("publisher", text)
        return
    if free_container and not (is_publisher(text) and not journal and not is_journal(text)):
        later = [i for i in texts if i > index]
        only = not later
        if neighbours and only and not journal and index - 1 in neighbours:
            fields.add("publisher", text)
            return
        # What goes on in small letters belongs to the name ("Villes, ports et rivages").
        out = board.restore(piece.text)
        for nxt in range(index + 1, len(tail)):
            following = tail[nxt]
            if following.kind != "text" or dates.DAY_MONTH.match(following.text):
                break
            if begins(following.text) and not _list_of_words(tail, index):
                break
            following.values["used"] = "1"
            out += glue(following) + board.restore(following.text)
        enter_container(fields, clean_title(out))
        return
    if "publisher" not in fields and (
        neighbours or placed is not None or is_publisher(text) or "genre" in fields or known
    ):
        fields.add("publisher", text)
        return
    if "publisher" not in fields and begins(text) and len(text.split()) <= 6 and not journal and fields.get("title"):
        fields.add("publisher" if not url else "container-title", text)
        return
    if "container-title" not in fields and journal and begins(text) and not known and not placed and is_journal(text):
        enter_container(fields, text)
        return
    fields.remember(text)
