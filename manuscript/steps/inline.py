"""Clean what converters leave inside a line: tags, entities, doubled escapes, invisible characters.

    "l'<b>IA</b> &amp; le 1<sup>er</sup> essai"  ->  "l'**IA** & le 1er essai"

Note calls (`<sup>12</sup>`) are left to the step that ties them to their notes.
"""

from __future__ import annotations

import html
import re

from manuscript.draft import Draft

_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_TAG = re.compile(
    r"<(/?)(b|strong|i|em|u|s|del|ins|span|font|mark|small|big|center|div|p|br|hr|code|kbd|tt|sub|sup|a|img|cite|q|abbr|"
    r"ul|ol|li|table|thead|tbody|tr|td|th|blockquote|section|article|figure|figcaption|caption|h[1-6])"
    r"((?:\s[^<>]{0,500})?)\s*/?>",
    re.IGNORECASE,
)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]{1,2000})", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?<=[0-9IVX])\s?<sup>\s*((?:er|ère|ere|re|e|è|ème|eme|nd|nde|ième|st|rd|th|o|°)s?)\s*</sup>", re.IGNORECASE
)
_UNIT = re.compile(r"(?<=[a-zA-Z])<sup>\s*([23])\s*</sup>")
_UNITS = ("m", "cm", "km", "mm", "dm", "hm")
_SUB = re.compile(r"<sub>\s*([0-9]{1,3})\s*</sub>", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060]")
_TWICE = re.compile(r"\\\\(?=[_*#\[\]()~`>&$|-])")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MARKS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "cite": "*",
    "code": "`",
    "kbd": "`",
    "tt": "`",
    "s": "~~",
    "del": "~~",
}
_CUT_LINK = re.compile(r"\]\(([^()\s]{1,500})\)\n\[(?=[^\[\]\n]{1,500}\]\(\1\))")
_TOUCHING_STRONG = re.compile(r"(?<=[^\s*])\*\*([ \t]*)\*\*(?=[^\s*])")
_PADDED_STRONG = re.compile(r"(?<![\w*\\])\*\*[ \t]+(?=\S)([^*\n]{1,400}?)[ \t]*\*\*(?![\w*])")


def clean(text: str) -> str:
    """Inline Markdown without tags, entities and invisible characters."""
    if "\u00ad" in text or "\u200b" in text or "\u2060" in text:
        text = _INVISIBLE.sub("", text)
    if "\\\\" in text:
        text = _TWICE.sub(r"\\", text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "<" in text:
        text = _ORDINAL.sub(r"\1", text)
        if "<sup" in text:
            text = _UNIT.sub(lambda m: _unit(text, m), text)
        text = _SUB.sub(lambda m: m[1].translate(_SUBSCRIPTS), text)
        text = _tags(text)
    if "**" in text:
        text = _TOUCHING_STRONG.sub(r"\1", text)
    return text


def _unit(text: str, match: re.Match[str]) -> str:
    word = re.search(r"[a-zA-Z]+$", text[max(0, match.start() - 4) : match.start()])
    if word and word[0] in _UNITS:
        return "²" if match[1] == "2" else "³"
    return match[0]


def _entity(match: re.Match[str]) -> str:
    value = html.unescape(match[0])
    if value in "<>":
        return "\\" + value
    return value if value.isprintable() or value.isspace() else " "


def _tags(text: str) -> str:
    links: list[str] = []

    def replace(match: re.Match[str]) -> str:
        closing, name, attributes = match[1], match[2].lower(), match[3]
        if name == "sup":
            return match[0]
        if name in ("br", "hr"):
            return "\\\n"
        if name == "li":
            return "" if closing else "\n- "
        if name == "a":
            if closing:
                return f"]({links.pop()})" if links else ""
            href = _HREF.search(attributes)
            if href:
                links.append(href[1])
                return "["
            return ""
        return _MARKS.get(name, "")

    out = _TAG.sub(replace, text)
    while links:
        out += f"]({links.pop()})"
    return out


def inline(draft: Draft) -> None:
    """Clean the text of every piece but code and tables, whose cells have a step of their own."""
    for piece in draft.pieces:
        if piece.opaque or piece.kind in ("code", "table", "comment", "metadata", "rule"):
            continue
        if piece.kind == "paragraph" or piece.kind == "item" or piece.kind == "quote":
            piece.lines = [clean(row) for row in piece.lines]
            piece.text = _joined(piece.lines) if piece.kind != "quote" else "\n".join(piece.lines)
            if ")\n[" in piece.text:
                # A link that a line end cut in two is one link.
                piece.text = _CUT_LINK.sub("\n", piece.text)
                piece.lines = piece.text.split("\n")
        else:
            piece.text = clean(piece.text)


def _joined(rows: list[str]) -> str:
    """Lines of a paragraph, with a hard break where two spaces ended a line."""
    out = []
    for row in rows[:-1]:
        out.append(row.rstrip() + "\\" if row.endswith("  ") and not row.endswith("\\") else row.rstrip())
    out.append(rows[-1].rstrip())
    return "\n".join(out)
