"""What several steps ask of a few words: their plain form, their key, their number."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,400})?/?>")
_LINK = re.compile(
    r"!?\[([^\[\]]{0,1000})\]\([^()\s]{0,1000}(?:\([^()\s]{0,300}\)[^()\s]{0,1000})?(?:\s+\"[^\"]{0,500}\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NO_WORD = re.compile(r"[\W_]+")
_SPACES = re.compile(r"\s+")
_STRONG = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`")


def plain(text: str) -> str:
    """The words of a piece of inline Markdown, without its marks, note calls and tags."""
    if "[" in text:
        text = _NOTE.sub("", text)
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
        text = _TAG.sub("", text)
    if "*" in text or "_" in text or "`" in text or "~" in text:
        text = _STRONG.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = html.unescape(text)
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Letters and digits alone, without accents and case: what two wordings are compared by."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _NO_WORD.sub("", text.casefold())


def slug(text: str, longest: int = 60) -> str:
    """ASCII words joined by hyphens, cut between words."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae").replace("ß", "ss")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    joined = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")
    if len(joined) <= longest:
        return joined
    cut = joined[: longest + 1].rsplit("-", 1)[0]
    return cut or joined[:longest]
