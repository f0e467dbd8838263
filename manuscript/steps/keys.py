"""Give every section a key, and tie the links inside the document to it.

"# 1. Un début", "[plus haut](#1-un-début)"   ->  key `1-un-debut`, "[plus haut](section:1-un-debut)"
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from urllib.parse import unquote

from manuscript.draft import Draft, Piece
from manuscript.wording import fold, plain, slug

_ANCHOR = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.){1,500})\]\(#([^)\s]{1,300})\)")


def keys(draft: Draft) -> None:
    used: dict[str, int] = {}
    anchors: dict[str, str] = {}
    for piece in draft.pieces:
        if piece.kind != "heading":
            continue
        base = slug(f"{piece.number or ''} {piece.facts.get('title') or plain(piece.text)}") or "section"
        key = unique(base, used)
        piece.key = key
        for name in (anchor_of(plain(piece.text)), fold(plain(piece.text))):
            anchors.setdefault(name, key)
    for piece in draft.pieces:
        if not piece.opaque and piece.kind not in ("code", "metadata") and "](#" in piece.text:
            piece.text = _ANCHOR.sub(partial(_tied, draft, piece, anchors), piece.text)


def unique(base: str, used: dict[str, int]) -> str:
    """`base`, or `base-2`, `base-3`… where it is taken; `used` remembers where to go on counting."""
    count = used.get(base, 0) + 1
    key = base
    while count > 1 and (key := f"{base}-{count}") in used:
        count += 1
    used[base] = count
    used.setdefault(key, 1)
    return key


def anchor_of(title: str) -> str:
    """The anchor that Markdown tools make of a heading: lower case, no punctuation, hyphens for spaces."""
    text = unicodedata.normalize("NFC", title).lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", text).strip())


def _tied(draft: Draft, piece: Piece, anchors: dict[str, str], match: re.Match[str]) -> str:
    name = unquote(match[3])
    key = anchors.get(name) or anchors.get(fold(name))
    if key:
        return f"{match[1]}[{match[2]}](section:{key})"
    draft.doubt(
        "link-broken",
        piece.line,
        f"Le lien « {plain(match[2])[:80]} » vise un endroit que le texte n’a pas ; son texte est gardé.",
    )
    return match[2]
