"""The CSL fields of one entry while it is read, and how texts and marks are entered into them."""

from __future__ import annotations

import re
from typing import Any

from manuscript.references import dates, quotes
from manuscript.references.locators import Board
from manuscript.references.markup import strip_emphasis
from manuscript.references.segments import Piece


class Fields(dict[str, Any]):
    """The CSL fields found so far; the first finding of a field stays."""

    def add(self, key: str, value: str) -> None:
        """Set a field that is still free."""
        value = strip_emphasis(value).strip(" ,;:–—-")
        value = re.sub(r"\s+", " ", value)
        if value and key not in self:
            self[key] = value

    def remember(self, text: str) -> None:
        """Keep what found no field of its own as a note."""
        text = strip_emphasis(text).strip(" ,;:.–—-")
        if text:
            self["note"] = f"{self['note']} ; {text}" if "note" in self else text


def clean_title(text: str) -> str:
    """A title without the marks around it: emphasis, the full stop, the quotation marks that enclose it whole."""
    text = strip_emphasis(text).strip()
    quoted = quotes.take_quoted(text) if quotes.opening(text) else None
    if quoted and not quoted[1].strip(" .,;"):
        text = quoted[0]
    text = text.strip(" ,;:–—")
    text = re.sub(r"^[-–—]\s+", "", text)
    return re.sub(r"(?<![.…\s])\.$", "", text).strip()


def take_mark(fields: Fields, board: Board, piece: Piece) -> None:
    """Enter a certain piece into the fields."""
    mark = board.mark_of(piece.text) if len(piece.text) == 1 else None
    if piece.kind == "date" and mark and mark.date is not None:
        dates_found = fields.setdefault("_dates", [])
        dates_found.append((mark.date, bool(mark.values.get("loose"))))
        return
    values = dict(piece.values)
    if "sub" in values:
        fields.add("volume", values.pop("issue"))
        fields.add("issue", values.pop("sub"))
    for key in ("volume", "issue", "edition"):
        if key in values:
            fields.add(key, values[key])
    if piece.kind == "arxiv":
        fields.add("container-title", "arXiv")
        fields.add("number", values["number"])
    if "page" in values:
        fields.add("page", re.sub(r"\s?[-–—‑‐−_]\s?", "-", values["page"]))
    if "series" in values:
        fields.add("collection-title", board.restore(values["series"]))
    if "volumes" in values:
        fields.add("number-of-volumes", values["volumes"])
    if "extent" in values:
        fields.add("number-of-pages", values["extent"])


def glue(piece: Piece) -> str:
    return {",": ", ", ".": " ", ";": "; ", "-": " – "}.get(piece.before, " ")


def assemble(board: Board, pieces: list[Piece]) -> str:
    out = ""
    for index, piece in enumerate(pieces):
        out += piece.text if not index else glue(piece) + piece.text
    return board.restore(out)


def enter_container(fields: Fields, text: str) -> None:
    """A container, without the volume and page numbers that may end it: "Bulletin 5 175"."""
    match = re.fullmatch(
        r"(?P<name>.*[^\W\d_][^\d]*?)[\s,]+(?P<volume>\d{1,3})(?:\.(?P<issue>\d{1,2}))?(?:\s(?P<page>\d{1,4}))?", text
    )
    if match and len(match["name"]) > 1:
        fields.add("volume", match["volume"])
        fields.add("issue", match["issue"] or "")
        year = dates.YEAR_ONLY.fullmatch(match["page"] or "")
        if year:
            fields.setdefault("_dates", []).append((dates.from_year(year), True))
        elif match["page"]:
            fields.add("page", match["page"])
        text = match["name"]
    fields.add("container-title", clean_title(text))
