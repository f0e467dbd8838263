"""What may reach a page: addresses, characters, and the allow-list that every page passes last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

import nh3

MAX_PAGE = 1_000_000
"""Characters of Markdown of one page; what is longer is shown as plain text, whole. A chapter has about 60,000."""
MAX_MARKS = 60_000
"""Marks of one page, counted as characters: each costs about 30 microseconds, paired or not."""
MAX_LINES = 20_000
"""Lines of one page: each that is an item or a heading costs about 100 microseconds."""
_RUN = 10_000
"""Characters of one text node: the sanitiser takes quadratic time for some longer ones."""

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_OUTSIDE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

_TAGS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h2",
        "h3",
        "h4",
    ),
    *(
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "picture",
        "pre",
        "section",
        "source",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
    ),
    *("thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "role", "aria-label", "aria-labelledby"},
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "width", "height", "loading"},
    "source": {"type", "srcset", "sizes"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan", "scope"},
    "li": {"value"},
    "ol": {"start"},
    "div": {"tabindex"},
    "span": {"data-ai-disclosure"},
    "pre": {"tabindex"},
}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)


def clean_characters(text: str) -> str:
    """Text without characters that no page may hold (controls, lone surrogates); each leaves U+FFFD behind."""
    return _UNWANTED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def too_long(bodies: Sequence[str]) -> bool:
    """Whether a page is beyond what is rendered in a few seconds on a small machine."""
    return (
        sum(map(len, bodies)) > MAX_PAGE
        or sum(body.count("\n") for body in bodies) > MAX_LINES
        or sum(body.count(mark) for body in bodies for mark in "*_[]`|<>&\\") > MAX_MARKS
    )


def as_it_stands(text: str) -> str:
    """A text of any length as HTML without any mark."""
    if len(text) <= _RUN:
        return escape(text, quote=False)
    runs = (text[start : start + _RUN] for start in range(0, len(text), _RUN))
    return "".join(f"<span>{escape(run, quote=False)}</span>" for run in runs)


def allowed(html: str) -> str:
    """The last gate: nothing but the allow-list passes, whatever the writer before it did."""
    return _CLEANER.clean(html)


def outside_address(address: str) -> str:
    """An address of another site, or of a mailbox, fit for a link; nothing where it is none."""
    if not _OUTSIDE.match(address) or _SPACES_IN_ADDRESS.search(address) or len(address) > 4000:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.netloc or (parts.scheme.lower() == "mailto" and "@" in parts.path) else ""


def own_address(address: str) -> str:
    """A path or an anchor of this site, fit for a link; nothing where it is none."""
    if _SPACES_IN_ADDRESS.search(address) or len(address) > 4000 or address.startswith("//"):
        return ""
    return address if (address.startswith(("/", "#")) and len(address) > 1) or address == "/" else ""


def target_address(address: str) -> str:
    """An address that a work gives for one of its keys: also `../page/#anchor`, since it is read under several."""
    if address.startswith("../") and not _SPACES_IN_ADDRESS.search(address):
        return address
    return own_address(address)


def scheme_of(address: str) -> str:
    match = _SCHEME.match(address)
    return match[0][:-1].lower() if match else ""
