"""The lines of a bibliography section, cut into its entries.

The mess: numbers that start again where the indentation changes, an entry cut by a page break, an address cut in two
whose second half became a list item of its own, hanging lines, sub-headings, rules and page numbers between.

    before: 12. Roux, A. 2020. Un titre. <https://exemple.org/un-> | (blank) | - [chemin/page](chemin/page)
    after:  Entry(12, "Roux, A. 2020. Un titre. <https://exemple.org/un-> - [chemin/page](chemin/page)", 1, 3)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from manuscript.references.plain_lists import Layout, begins_entry, layout_of


class Entry(NamedTuple):
    """One entry: its place in the list (from 1), its text on one line as printed, its first and last source line."""

    number: int
    raw: str
    first_line: int
    last_line: int


_MARK = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<number>\d{1,4})[.)]\s+|\\?\[(?P<bracket>\d{1,4})\\?\]:?\s+"
    r"|(?P<bullet>[-*+•–—])\s+(?![-*_])|(?P<quote>>)\s?)(?P<text>\S.*)$"
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}(?:\s|$)")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\s*[=~]{3,}\s*$")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-–—|•]\s*)?(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?(?:\s*[-–—|•])?\s*$"
    r"|^\s*[ivxlc]{1,6}\s*$",
    re.IGNORECASE,
)
_BOLD_ONLY = re.compile(r"^\s*(\*\*|__)[^*_]{1,120}\1\s*:?\s*$")
_LABEL_ONLY = re.compile(r"^\s*(?:\*\*|__)?[A-ZÀ-Þ][^.,;()\d«»\"]{2,60}\s?:\s*(?:\*\*|__)?\s*$")
_IMAGE = re.compile(r"^\s*!\[[^\]]*\]\([^)]*\)\s*$|^\s*<!--.*-->\s*$")
_YEAR = re.compile(r"\b(?:1[4-9]\d\d|20\d\d)[a-z]?\b|\bs\.\s?d\b|\bno date\b|\bn\.\s?d\b", re.IGNORECASE)
_ADDRESS_START = re.compile(r"^\s*(?:[-–]\s+)?(?:<|\[)?(?:https?://|www\.|doi:|10\.\d{4,9}/)", re.IGNORECASE)
_OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[-/_=&?.%#]>?$", re.IGNORECASE)
_PATH = re.compile(r"^(?:<|\[)?[\w%~.+-]*[/#=&?_-][^\s]*$")
_COMPLETE = re.compile(r"(?:[.!?»”\"’')\]>]|https?://\S+)\s*$")
_NAME_START = re.compile(r"^(?:[-–—_]{2,}|[«“\"'‘]|(?:d[eu’']\s?|van |von |le |la )?[A-ZÀ-Þ][\w’'.‑-]*(?:[ ,]|$))")


def _text_of(line: str) -> tuple[str, str]:
    """The text of a line without its list mark, and the kind of the mark."""
    match = _MARK.match(line)
    if not match:
        return line.strip(), ""
    kind = "number" if match["number"] else "bracket" if match["bracket"] else "quote" if match["quote"] else "bullet"
    return match["text"].strip(), kind


def is_furniture(line: str) -> bool:
    """Whether a line of a bibliography is no part of any entry: blank, heading, rule, page number, image, label."""
    return bool(
        not line.strip()
        or _HEADING.match(line)
        or _RULE.match(line)
        or _PAGE_NUMBER.match(line)
        or _IMAGE.match(line)
        or _BOLD_ONLY.match(line)
        or _LABEL_ONLY.match(line)
    )


def split_entries(lines: Sequence[tuple[int, str]]) -> tuple[list[Entry], list[int]]:
    """Cut the numbered lines of a bibliography into entries; the second list holds the non-blank lines left out.

    Blank lines may be given or not: a gap in the numbers is one.
    """
    furniture = _furniture(lines)
    kept = [(number, text) for number, text in lines if text.strip() and number not in furniture]
    repeated = _running_heads(kept)
    left_out = [number for number, text in lines if text.strip() and (number in furniture or number in repeated)]
    kept = [(number, text) for number, text in kept if number not in repeated]
    style = _list_style(kept)
    blanks, breaks = _gaps(kept, furniture | repeated)
    layout = layout_of([(text, number in blanks) for number, text in kept])
    groups: list[list[tuple[int, str]]] = []
    for number, line in kept:
        text, kind = _text_of(line)
        place = _Place(line, text, kind, number in blanks, number in breaks)
        if groups and not _opens_entry(place, style, layout, groups[-1]):
            groups[-1].append((number, text if kind != "bullet" else f"- {text}"))
        else:
            groups.append([(number, text)])
    entries = []
    for index, group in enumerate(groups, 1):
        raw = " ".join(text for _, text in group)
        entries.append(Entry(index, re.sub(r"\s+", " ", raw).strip(), group[0][0], group[-1][0]))
    return entries, left_out


def _furniture(lines: Sequence[tuple[int, str]]) -> set[int]:
    """The lines that are no part of an entry. A number alone is a page number only where it stands apart."""
    out = set()
    for index, (number, text) in enumerate(lines):
        if not text.strip() or not is_furniture(text):
            continue
        if _PAGE_NUMBER.match(text):
            around = [*(lines[index - 1 : index] if index else ()), *lines[index + 1 : index + 2]]
            if any(t.strip() and abs(n - number) == 1 and not is_furniture(t) for n, t in around):
                continue
        above = lines[index - 1] if index else (0, "")
        if _LABEL_ONLY.match(text) and above[0] == number - 1 and above[1].strip() and not is_furniture(above[1]):
            # "Paris :" at the end of a line, with the house on the next.
            continue
        out.add(number)
    return out


def _gaps(kept: Sequence[tuple[int, str]], furniture: set[int]) -> tuple[set[int], set[int]]:
    """The kept lines after a blank line, and those after a page break: furniture, or three lines missing and more."""
    blanks, breaks = set(), set()
    last = None
    for number, _ in kept:
        if last is None or number > last + 1:
            blanks.add(number)
            missing = 0 if last is None else number - last - 1
            if last is not None and (missing >= 3 or any(n in furniture for n in range(last + 1, number))):
                breaks.add(number)
        last = number
    return blanks, breaks


def _running_heads(kept: list[tuple[int, str]]) -> set[int]:
    """Short lines without a year that stand apart three times or more: the head of every page."""
    seen: dict[str, list[int]] = {}
    for index, (number, text) in enumerate(kept):
        above = index and kept[index - 1][0] == number - 1
        below = index + 1 < len(kept) and kept[index + 1][0] == number + 1
        bare = re.sub(r"[\d|*_\W]+", " ", text).strip().lower()
        if bare and len(bare) < 90 and not (above or below) and not _YEAR.search(text) and "http" not in text:
            seen.setdefault(bare, []).append(number)
    return {n for numbers in seen.values() if len(numbers) >= 3 for n in numbers}


def _list_style(kept: list[tuple[int, str]]) -> str:
    """How entries are marked: "number", "bracket", "bullet", "" for none, "mixed" where marks and plain lines share."""
    kinds = [_text_of(text)[1] for _, text in kept]
    counts = {kind: kinds.count(kind) for kind in ("number", "bracket", "bullet")}
    best = max(counts, key=lambda k: counts[k])
    marked = counts[best]
    if not marked:
        return ""
    plain = sum(k == "" for k in kinds)
    return best if marked >= 0.35 * max(1, marked + plain) or (marked >= 5 and marked >= plain / 2) else "mixed"


class _Place(NamedTuple):
    """A line in its list: as printed, without its mark, the mark's kind, and what stands before it."""

    line: str
    text: str
    kind: str
    after_blank: bool
    after_break: bool


def _opens_entry(place: _Place, style: str, layout: Layout, group: list[tuple[int, str]]) -> bool:
    """Whether a line begins an entry, seen from the list's style and from how the previous line ends."""
    line, text, kind = place.line, place.text, place.kind
    previous = group[-1][1]
    if _ADDRESS_START.match(line) or _ADDRESS_START.match(text):
        # An address alone goes on with the entry before it, unless that has one already and this line is marked.
        has_address = any("http" in t or "www." in t for _, t in group)
        return bool(kind) and kind == style and has_address
    if _OPEN_ADDRESS.search(previous) and _PATH.match(text.split(" ")[0]) and kind in ("", "bullet"):
        return False
    if kind and kind == style:
        return True
    if style in ("number", "bracket", "bullet"):
        apart = place.after_blank and (line[:1] not in " \t" or kind == "bullet")
        return apart and bool(_COMPLETE.search(previous)) and _has_entry_shape(text)
    if kind in ("number", "bracket"):
        return _has_entry_shape(text)
    return begins_entry(line, previous, layout, place.after_blank, place.after_break)


def _has_entry_shape(text: str) -> bool:
    """Whether a text looks like the beginning of an entry: a name or a title, and a year or an address not far."""
    return bool(_NAME_START.match(text)) and bool(_YEAR.search(text[:300]) or "http" in text)
