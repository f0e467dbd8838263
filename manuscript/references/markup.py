"""From the printed entry, with its Markdown, to plain text with the addresses taken out.

The mess: the same address as ``<url>``, as ``[text](url)``, bare, with ``\\_`` for ``_``, with a blank where a line
was cut; emphasis around the title; entities; tags.

    before: Petit, A. 2020. *Un titre*. <https://exemple.org/a\\_b> -> Petit, A. 2020. {Un titre}. @
    after:  the text, where {} are EMPHASIS_OPEN and EMPHASIS_CLOSE and @ is HOLE, and ["https://exemple.org/a_b"]
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field

HOLE = "\ue000"
"""Stands where an address was taken out; a private-use character, so that no text can hold it."""
EMPHASIS_OPEN = "\ue001"
EMPHASIS_CLOSE = "\ue002"

_PRIVATE = re.compile("[\ue000-\uf8ff\ufffe\uffff]")
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u00ad\u200c-\u200f\u202a-\u202e\u2060-\u206f]")
_ESCAPE = re.compile(r"\\{1,4}([!-/:-@\[-`{-~])")
_TAG = re.compile(r"</?(?:i|em|b|strong|u|sup|sub|span|cite|small|br)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_EMPHASIS_TAG = re.compile(r"<(i|em|cite)>([^<>]{1,600})</\1>", re.IGNORECASE)
_STARS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{1,600})(?<=[^\s*])\1(?![\w*])")
_UNDERSCORES = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])([^_]{1,600})(?<=[^\s_])\1(?![\w_])")

_ESCAPED_MARK = re.compile(r"\\{1,4}([*_])")
_ESCAPED_STAR = "\ue003"
_ESCAPED_LINE = "\ue004"

_ADDRESS = r"(?:https?://|ftp://|www\.)"
_LINK = re.compile(r"\[([^\[\]]{1,2000})\]\(\s*<?([^()<>\s]{1,2000}(?:\([^()\s]{0,200}\)[^()<>\s]{0,2000})?)>?\s*\)")
_ANGLES = re.compile(rf"<\s*({_ADDRESS}[^<>]{{1,2000}})>", re.IGNORECASE)
_UNCLOSED = re.compile(rf"<\s*({_ADDRESS}[^<>\s]{{1,2000}})", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w/.])({_ADDRESS}[^\s<>\"«»“”\]]{{2,2000}})", re.IGNORECASE)
_CUT_BARE = re.compile(r"\s([a-z0-9][\w%~+=&?#-]*[./][^\s<>\"«»“”\]]{2,500})")

_DOI = re.compile(r"(?:\bdoi\s?:?\s?|\b)(10\.\d{4,9}/[^\s<>\"«»,;]{1,200})", re.IGNORECASE)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s?:?\s?((?:97[89][-\s‑–]?)?\d(?:[-\s‑–]?\d){7,8}[-\s‑–]?[\dXx])\b")
_ISSN = re.compile(r"\b[eE]?-?ISSN\s?:?\s?(\d{4}[-‑–]\d{3}[\dXx])\b")


@dataclass
class Printed:
    """An entry without its markup: ``text`` has one HOLE for each address taken out."""

    text: str
    urls: list[str] = field(default_factory=list)
    doi: str | None = None
    isbn: str | None = None
    issn: str | None = None


def tidy(text: str) -> str:
    """Return the text with single spaces, composed accents, and no control or private-use character."""
    text = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(" ", _CONTROLS.sub("", _PRIVATE.sub("", text))).strip()


def unescape(text: str) -> str:
    """Undo Markdown's backslashes and HTML's entities."""
    return html.unescape(_ESCAPE.sub(r"\1", text))


def strip_emphasis(text: str) -> str:
    """Drop the marks of emphasis and of addresses."""
    return re.sub(f"[{HOLE}{EMPHASIS_OPEN}{EMPHASIS_CLOSE}]", "", text)


def clean_url(url: str) -> str:
    """Return an address whole: no escape, no entity, no blank, no full stop or bracket of the sentence around it."""
    url = re.sub(r"\s+", "", unescape(url)).strip('<>[]«»“”"')
    while url and (
        url[-1] in ".,;:!*'’" or (url[-1] in ")]}" and url.count(url[-1]) > url.count("([{"[")]}".index(url[-1])]))
    ):
        url = url[:-1]
    return url


def _looks_like_path(text: str) -> bool:
    return " " not in text.strip() and bool(re.search(r"[/#?=&\-_.]", text)) and not re.match(_ADDRESS, text.strip())


def _take_addresses(text: str, printed: Printed) -> str:
    """Move each address of ``text`` into ``printed.urls`` and leave a HOLE."""
    out: list[str] = []
    end = 0
    # One pass over the four ways to write an address, in the order in which they stand.
    found = [(m, 2) for m in _LINK.finditer(text)]
    spans = [m.span() for m, _ in found]

    def free(start: int, stop: int) -> bool:
        return all(stop <= a or start >= b for a, b in spans)

    for pattern in (_ANGLES, _UNCLOSED, _BARE):
        for match in pattern.finditer(text):
            site = pattern is _BARE and spans and re.fullmatch(r"www\.[\w.-]+[,.;]?", match[1])
            if free(*match.span()) and not site:
                found.append((match, 1))
                spans.append(match.span())
    for match, group in sorted(found, key=lambda pair: pair[0].start()):
        between = text[end : match.start()]
        target = match.group(group)
        label = match.group(1) if group == 2 else ""
        continues = bool(
            printed.urls
            and re.fullmatch(r"\s*(?:[-–]\s*)?", between)
            and group == 2
            and _looks_like_path(label)
            and re.search(r"[-/_=&?.]$", printed.urls[-1])
        )
        if continues:
            # The line end fell inside the address, and the converter took the rest for a link of its own.
            rest = target if _looks_like_path(target) else label
            printed.urls[-1] = printed.urls[-1] + clean_url(rest)
        else:
            out.append(between)
            if group == 2 and not re.match(_ADDRESS, target, re.IGNORECASE):
                out.append(label)
            else:
                if group == 2 and not re.match(_ADDRESS, label.strip(), re.IGNORECASE) and not _DOI.match(label):
                    out.append(label + " ")
                printed.urls.append(clean_url(target))
                out.append(f" {HOLE} ")
        end = match.end()
        cut = _CUT_BARE.match(text, end) if group == 1 and match.re is _BARE and printed.urls else None
        if cut and match[1][-1] in "-/_=&" and printed.urls[-1] == clean_url(match[1]):
            # A line end inside a bare address left a blank.
            printed.urls[-1] = clean_url(match[1] + cut[1])
            end = cut.end()
    out.append(text[end:])
    return "".join(out)


def read_markup(raw: str) -> Printed:
    """Split a raw entry into plain text and addresses. Linear in its length."""
    printed = Printed("")
    text = _take_addresses(tidy(raw), printed)
    text = _ESCAPED_MARK.sub(lambda m: _ESCAPED_STAR if m[1] == "*" else _ESCAPED_LINE, text)
    text = _EMPHASIS_TAG.sub(rf"{EMPHASIS_OPEN}\2{EMPHASIS_CLOSE}", text)
    text = _TAG.sub("", text)
    text = _STARS.sub(rf"{EMPHASIS_OPEN}\2{EMPHASIS_CLOSE}", text)
    text = _UNDERSCORES.sub(rf"{EMPHASIS_OPEN}\2{EMPHASIS_CLOSE}", text)
    text = unescape(text.replace(_ESCAPED_STAR, "*").replace(_ESCAPED_LINE, "_"))
    for url in printed.urls:
        match = re.search(r"doi\.org/(10\.\d{4,9}/\S{1,200})", url)
        if match and printed.doi is None:
            printed.doi = match[1].rstrip(".")
    match = _DOI.search(text)
    if match:
        doi = match[1].rstrip(".")
        while doi[-1] in ")]." and doi.count("(") < doi.count(")"):
            doi = doi[:-1]
        printed.doi = doi.rstrip("].")
        text = text[: match.start()] + f" {HOLE} " + text[match.end() :]
    match = _ISBN.search(text)
    if match:
        printed.isbn = re.sub(r"[\s‑–]", "-", match[1])
        text = text[: match.start()] + f" {HOLE} " + text[match.end() :]
    match = _ISSN.search(text)
    if match:
        printed.issn = match[1]
        text = text[: match.start()] + f" {HOLE} " + text[match.end() :]
    printed.text = tidy_keep(text)
    return printed


def tidy_keep(text: str) -> str:
    """Single spaces, the marks of this module kept."""
    return _BLANKS.sub(" ", text).strip()
