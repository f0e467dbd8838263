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
_UNDERSCORES = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`")
_STARS = re.compile(r"\*+")


def plain(text: str) -> str:
    """The words of a piece of inline Markdown, without its marks, note calls and tags."""
    if "[" in text:
        text = _NOTE.sub("", text)
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
        text = _TAG.sub("", text)
    if "*" in text:
        text = _without_stars(text)
    if "_" in text or "`" in text or "~" in text:
        text = _UNDERSCORES.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = html.unescape(text)
    return _SPACES.sub(" ", text).strip()


def _without_stars(text: str) -> str:
    """Text without the stars that mark emphasis; those of `*.txt` stay."""
    out: list[str] = []
    opened: list[tuple[int, int]] = []
    at = 0
    for match in _STARS.finditer(text):
        start, end = match.span()
        size = end - start
        out.append(text[at:start])
        at = end
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if before == "\\":
            out.append(match[0])
            continue
        if not before.isspace() and opened:
            while opened and size:
                place, left = opened.pop()
                taken = min(size, left)
                size -= taken
                out[place] = ""
                if left > taken:
                    opened.append((place, left - taken))
            if size and not after.isspace() and size != end - start:
                opened.append((len(out), size))
                out.append("*" * size)
            elif size:
                out.append("*" * size)
        elif not after.isspace():
            opened.append((len(out), size))
            out.append("*" * size)
        else:
            out.append("" if size > 1 else match[0])
    out.append(text[at:])
    for place, size in opened:
        # What opens and never closes is a mark that lost its fellow, unless it is a lone star.
        if size > 1:
            out[place] = ""
    return "".join(out)


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
