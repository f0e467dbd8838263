"""What, in what, by whom published: the part of an entry after its names and date.

before: « Un titre », in A. Roux (dir.), Un recueil, Paris, L'Atelier, 2010, p. 12-34.
after:  title, container-title, editor, publisher-place, publisher, issued, page
"""

from __future__ import annotations

import re
from typing import Any

from manuscript.references import dates, names, quotes
from manuscript.references.fields import Fields, clean_title, glue, take_mark
from manuscript.references.locators import Board, take_locators
from manuscript.references.markup import EMPHASIS_CLOSE, EMPHASIS_OPEN
from manuscript.references.segments import split
from manuscript.references.sharing import share

_IN = re.compile(
    r"(?:(?:^|(?<=[.,;:?!»”\"’')\]…\ue000-\uf8ff])\s*|(?<=\w)\s)(?P<in>[Ii]n|IN|[Dd]ans)(?:\s?:|\s"
    r"|(?=[\ue001«]))\s*(?=[A-ZÀ-ÞŒ«“\"\ue001‘'0-9]))"
)


_YEAR_FIRST = re.compile(rf"^[,\s]*[(\[]?({dates.YEAR})[)\]]?\s?[.,:]\s+")


def read_body(text: str, title: str, mark: str, dated: bool, url: str | None) -> Fields:
    """Read the body. ``title`` is known already where the entry opens with it; ``mark`` leads to the body."""
    fields = Fields()
    text = text.strip()
    if not title:
        title, text = title_in_marks(text)
        text = text.strip()
    if title:
        fields.add("title", clean_title(title))
    found = next((m for m in _IN.finditer(text, 0 if title else 2) if _sound_in(text, m)), None)
    before_in = text[: found.start()] if found else text
    if found and (title or before_in.strip(" .,")):
        container = text[found.end() :]
        if not title:
            _read_title_part(fields, before_in, mark, url)
        elif before_in.strip(" .,;:"):
            fields.remember(before_in) if not re.search(r"\d", before_in) else share(
                fields, before_in, mark, dated, url, known=True
            )
        _read_container(fields, container, dated, url)
        return fields
    share(fields, text, mark, dated, url, known=bool(title))
    return fields


def title_in_marks(text: str) -> tuple[str, str]:
    """The title between quotation marks or in italics at the start of a body."""
    if text[:1] == EMPHASIS_OPEN and EMPHASIS_CLOSE in text:
        inner, _, after = text[1:].partition(EMPHASIS_CLOSE)
        if not re.match(r"\s+[a-zà-ÿ]", after) or re.match(r"\s+(?:in|dans|par|by)\s", after):
            return inner, after
    if quotes.opening(text):
        split_quote = quotes.take_quoted(text)
        if split_quote and len(split_quote[0]) > 1:
            after = split_quote[1]
            lower = re.match(r"\s+[a-zà-ÿ](?![\w-]*\.\w{2,4}\b)", after) and not re.match(
                r"\s+(?:in|dans|sur|éd|n°|vol|p\.|pp\.|t\.|consult|url|disponible|avec|coll)", after
            )
            colon = re.match(r"\s?:\s\w", after) and "," in after[:80]
            if not lower and not colon:
                return split_quote
    return "", text


def _sound_in(text: str, match: re.Match[str]) -> bool:
    """Whether "in" before a capital leads to a container: a mark stands before it, or editors stand after it."""
    before = text[: match.start("in")].rstrip()[-1:]
    if before in ".,;:?!»”\"’')]…" or before >= "\ue000":
        return match["in"] != "In" or before in ".?!»”\"’')]…;," or before >= "\ue000"
    return bool(re.match(r"[^()]{3,120}\((?:[ée]ds?|dirs?|hrsg|hg|coord)\.?s?\)", text[match.end() :], re.IGNORECASE))


def _read_title_part(fields: Fields, text: str, mark: str, url: str | None) -> None:
    """The title before "In", with what may stand between (a date, a translator)."""
    board = Board(text)
    take_locators(board, min(len(text), 12))
    pieces = split(board, board.text)
    kept: list[str] = []
    for index, piece in enumerate(pieces):
        if piece.kind == "text" and not any(p.kind == "date" for p in pieces[1:index]):
            kept.append(piece.text if not kept else glue(piece) + piece.text)
        elif piece.kind != "text" and index == 0:
            kept.append(board.restore(piece.text))
        else:
            take_mark(fields, board, piece)
    fields.add("title", clean_title(board.restore("".join(kept)) or board.restore(board.text)))


def _read_container(fields: Fields, text: str, dated: bool, url: str | None) -> None:
    """What stands after "In": editors perhaps, then the container, then its volume, place, publisher, pages."""
    found = names.read_names(text)
    editors: list[dict[str, Any]] = []
    if found.people:
        after = text[found.end :]
        starts = re.match(r"\s*[,:.;–]?\s*(?=[A-ZÀ-Þ«“\"\ue001'‘0-9])", after)
        if found.role or (found.sure and starts and re.match(r"\s*[,:]", after) and after.strip(" ,:")):
            editors, role = found.people, found.role or "container-author"
            fields["editor" if role == "editor" else role] = editors
            text = after[starts.end() :] if starts else after.lstrip(" ,.:;")
    if not editors:
        role_match = re.match(
            r"^(?P<names>[^()]{3,200}?)\s?[(\[]\s?(?:[ée]dit?s?|dirs?|hrsg|hg|coords?|editors?)\.?s?\s?[)\]]\.?,?\s*",
            text,
            re.IGNORECASE,
        )
        if role_match and role_match.end() < len(text):
            inner = names.read_names(role_match["names"] + ",")
            fields["editor"] = list(inner.people) or [names.literal(role_match["names"])]
            text = text[role_match.end() :]
    # "In Roux A. (dir.), 2014, Un recueil": the year of the whole, which is that of the part.
    year_first = _YEAR_FIRST.match(text)
    if year_first:
        fields.setdefault("_dates", []).append((dates.Date(((int(year_first[1]),),)), True))
        text = text[year_first.end() :]
    title, after = title_in_marks(text)
    if title:
        fields.add("container-title", clean_title(title))
        share(fields, after, "", dated, url, known=True)
        return
    share(fields, text, "", dated, url, known=False, key="container-title")
