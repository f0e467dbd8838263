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
    """Cut the numbered lines of a bibliography into entries; the second list holds the non-blank lines left out."""
    kept = [(number, text) for number, text in lines if not is_furniture(text)]
    repeated = _running_heads(kept)
    left_out = [n for n, t in lines if t.strip() and (is_furniture(t) or n in repeated)]
    kept = [(n, t) for n, t in kept if n not in repeated]
    style = _list_style(kept)
    starts = _starts_after_blank(lines)
    groups: list[list[tuple[int, str]]] = []
    for number, line in kept:
        text, kind = _text_of(line)
        previous = groups[-1][-1][1] if groups else ""
        if groups and not _opens_entry(line, text, kind, style, previous, number in starts, groups[-1]):
            glued = text if kind != "bullet" else f"- {text}"
            groups[-1].append((number, glued))
        else:
            groups.append([(number, text)])
    entries = []
    for index, group in enumerate(groups, 1):
        raw = " ".join(text for _, text in group)
        entries.append(Entry(index, re.sub(r"\s+", " ", raw).strip(), group[0][0], group[-1][0]))
    return entries, left_out


def _starts_after_blank(lines: Sequence[tuple[int, str]]) -> set[int]:
    """The lines that follow a blank line, a heading or a label."""
    out = set()
    blank = True
    for number, text in lines:
        if is_furniture(text):
            blank = True
            continue
        if blank:
            out.add(number)
        blank = False
    return out


def _running_heads(kept: list[tuple[int, str]]) -> set[int]:
    """Short lines without a year that stand three times or more: the head of every page."""
    seen: dict[str, list[int]] = {}
    for number, text in kept:
        bare = re.sub(r"[\d|*_\W]+", " ", text).strip().lower()
        if bare and len(bare) < 90 and not _YEAR.search(text) and "http" not in text:
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


def _opens_entry(
    line: str, text: str, kind: str, style: str, previous: str, after_blank: bool, group: list[tuple[int, str]]
) -> bool:
    """Whether a line begins an entry, seen from the list's style and from how the previous line ends."""
    if _ADDRESS_START.match(line) or _ADDRESS_START.match(text):
        # An address alone goes on with the entry before it, unless that has one already and this line is marked.
        has_address = any("http" in t or "www." in t for _, t in group)
        return bool(kind) and kind == style and has_address
    if _OPEN_ADDRESS.search(previous) and _PATH.match(text.split(" ")[0]) and kind in ("", "bullet"):
        return False
    if style in ("number", "bracket"):
        if kind == style:
            return True
        if kind in ("bullet", "") and after_blank and _COMPLETE.search(previous) and _has_entry_shape(text):
            return line[:1] not in " \t" or kind == "bullet"
        return False
    if kind == "number" or kind == "bracket":
        return _has_entry_shape(text)
    if style == "bullet":
        if kind == "bullet":
            return True
        return after_blank and line[:1] not in " \t" and bool(_COMPLETE.search(previous)) and _has_entry_shape(text)
    if line[:1] in " \t" and not after_blank:
        return False
    if after_blank:
        if text[:1].islower() and not re.match(r"d[eu’']|v[ao]n ", text):
            return False
        return bool(_COMPLETE.search(previous)) or _has_entry_shape(text)
    return bool(_COMPLETE.search(previous)) and _has_entry_shape(text)


def _has_entry_shape(text: str) -> bool:
    """Whether a text looks like the beginning of an entry: a name or a title, and a year or an address not far."""
    return bool(_NAME_START.match(text)) and bool(_YEAR.search(text[:300]) or "http" in text)
