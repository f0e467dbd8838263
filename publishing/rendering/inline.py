"""The inside of paragraphs: inline tokens to HTML, and to the plain text that search and anchors use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from publishing.rendering import links
from publishing.rendering.safety import as_it_stands, outside_address
from publishing.rendering.wording import word
from publishing.typography import addresses, raise_ordinals, typeset

if TYPE_CHECKING:
    from publishing.rendering.page import Page

_INTEGER = re.compile(r"[1-9]\d{0,5}")
_TAGS = {"em_open": "<em>", "em_close": "</em>", "strong_open": "<strong>", "strong_close": "</strong>"}


def write_inline(
    page: Page, tokens: Sequence[Token], language: str, *, in_cell: bool = False, in_link: bool = False
) -> tuple[str, str]:
    """HTML and plain text of the inside of a paragraph, a heading, a cell or a caption."""
    html: list[str] = []
    plain: list[str] = []
    languages = [language]
    closing: list[str] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "text":
            before = plain[-1][-1:] if plain else ""
            continues = index + 1 < len(tokens) and tokens[index + 1].type not in {"softbreak", "hardbreak"}
            html.append(
                prose(
                    token.content, languages[-1], before=before, continues=continues, in_link=in_link or bool(closing)
                )
            )
            plain.append(token.content)
        elif kind in _TAGS:
            html.append(_TAGS[kind])
        elif kind == "code_inline":
            html.append(f"<code>{escape(token.content, quote=False)}</code>")
            plain.append(token.content)
        elif kind == "softbreak":
            html.append("\n")
            plain.append(" ")
        elif kind == "hardbreak" or (kind == "break_tag" and in_cell):
            html.append("<br>")
            plain.append(" ")
        elif kind == "link_open":
            opening, end = links.link(page, str(token.attrs.get("href", "")), str(token.attrs.get("title", "")))
            if in_link:
                opening = end = ""
            html.append(opening)
            closing.append(end)
        elif kind == "link_close":
            html.append(closing.pop())
        elif kind == "image":
            picture_html, text = links.inline_picture(page, token, in_link=in_link or bool(closing))
            html.append(picture_html)
            plain.append(text)
        elif kind == "note_call":
            # Never inside a link: the parser sees no link around brackets that are something of their own.
            html.append(note_call(page, token.content))
        elif kind == "span_open":
            languages.append(str(token.attrs["lang"]))
            html.append(f'<span lang="{escape(languages[-1])}">')
        elif kind == "span_close":
            languages.pop()
            html.append("</span>")
        else:  # `break_tag` out of a cell, `plain_inline`, and whatever a parser to come may add: shown as it stands.
            if problem := token.meta.get("problem"):
                page.problem(problem, PLAIN_MESSAGES[problem])
            html.append(as_it_stands(token.content))
            plain.append(token.content)
    return "".join(html), "".join(plain)


PLAIN_MESSAGES = {
    "too-long": "Ce paragraphe est trop long pour être mis en forme\u202f: il est montré tel quel. Coupez-le.",
    "too-deep": "Des citations ou des listes sont emboîtées trop profondément\u202f: le reste est montré tel quel.",
}


def prose(text: str, language: str, *, before: str = "", continues: bool = False, in_link: bool = False) -> str:
    """Plain text as HTML, with the typography of its language and its bare web addresses as links."""
    if in_link or "://" not in text:
        return _set(text, language, before, continues)
    parts: list[str] = []
    last = 0
    for start, end in addresses(text):
        address = outside_address(text[start:end])
        if not address:
            continue
        parts.append(_set(text[last:start], language, before if not last else "", True))
        parts.append(links.outside(address, "") + escape(text[start:end], quote=False) + "</a>")
        last = end
    parts.append(_set(text[last:], language, before if not last else "", continues))
    return "".join(parts)


def _set(text: str, language: str, before: str, continues: bool) -> str:
    typed = typeset(text, language, before=before, continues=continues)
    return raise_ordinals(escape(typed, quote=False), language)


def note_call(page: Page, label: str) -> str:
    note = page.notes.get(label)
    if note is None:
        page.problem("note-without-text", f"La note «\u202f{label[:60]}\u202f» est appelée, mais son texte manque.")
        return f"<sup>{escape(label)}</sup>"
    if not note.calls:
        page.called.append(note)
        note.shown = note.shown or number_of(page, label)
    anchor = page.anchor(f"call-{note.name}")
    note.calls.append(anchor)
    shown = f"<sup>{escape(note.shown)}</sup>"
    return f'<a class="note-call" id="{anchor}" href="#note-{note.name}" role="doc-noteref">{shown}</a>'


def number_of(page: Page, label: str) -> str:
    """What a reader sees: the label where it is a number, or else the first number that no note of the page bears."""
    if _INTEGER.fullmatch(label):
        return label
    while page.next_number in page.numbers:
        page.next_number += 1
    page.numbers.add(page.next_number)
    return str(page.next_number)


def caption_label(page: Page, name: str, number: str) -> str:
    return f'<span class="label">{word(name, page.language)} {escape(number)}</span> ' if number else ""
