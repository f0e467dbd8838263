"""Headings of a page, from pieces and from bodies: levels without gaps, anchors, the outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from publishing.rendering.inline import note_call, prose, write_inline
from publishing.rendering.model import Heading, Piece
from publishing.rendering.page import anchor_name
from publishing.rendering.wording import word

if TYPE_CHECKING:
    from publishing.rendering.page import Page


def open_piece(page: Page, piece: Piece, language: str, *, first: bool) -> str:
    """What stands above the body of a piece: its printed page, its heading, who speaks."""
    html = printed_page(page, piece.printed_page) if piece.printed_page else ""
    page.passage = ""
    if piece.title:
        page.section = page.anchor(piece.anchor or anchor_name(f"{piece.number} {piece.title}"), "section")
        page.add_passage(page.section, "heading", piece.language, f"{piece.number} {piece.title}")
    elif piece.anchor:
        page.section = page.anchor(piece.anchor)
    if piece.title and piece.depth <= 1 and first:
        page.anchors.add(page.section)
        if piece.note_calls:
            calls = " ".join(note_call(page, label) for label in piece.note_calls)
            html += f'<p class="title-notes">{word("title_notes", page.language)} {calls}</p>'
    elif piece.title:
        calls = "".join(note_call(page, label) for label in piece.note_calls)
        html += _heading(
            page,
            prose(piece.title, language) + calls,
            Heading(page.section, piece.title, piece.number, page.level(piece.depth)),
            piece.kind,
            piece.language,
        )
    if piece.ai:
        html += ai_sentence(page, piece.ai)
    return html + (speaker(piece, language) if _is_to_name(piece) else "")


def write_heading(page: Page, tokens: Sequence[Token], *, depth: int, language: str) -> str:
    """A heading of a body."""
    page.passage = ""
    html, text = write_inline(page, tokens, language or page.language, in_link=False)
    text = " ".join(text.split())
    page.section = page.anchor(anchor_name(text), "section")
    page.add_passage(page.section, "heading", language, text)
    return _heading(page, html, Heading(page.section, text, "", page.level(depth)), "", language)


def _heading(page: Page, title: str, heading: Heading, kind: str, language: str) -> str:
    page.outline.append(heading)
    number = f'<span class="number">{escape(heading.number)}</span> ' if heading.number else ""
    classes = "heading" + (f" kind-{escape(kind.replace('_', '-'))}" if kind else "")
    attributes = f' lang="{escape(language)}"' if language and language != page.language else ""
    link = f'<a class="anchor" href="#{heading.anchor}" aria-label="{word("anchor", page.language)}">§</a>'
    tag = f"h{heading.depth}"
    return f'<{tag} id="{heading.anchor}" class="{classes}"{attributes}>{number}{title} {link}</{tag}>'


def printed_page(page: Page, number: str) -> str:
    """The mark of a printed page, once for each page number."""
    name = "page-" + anchor_name(number)
    if name in page.anchors or name == "page-":
        return ""
    shown = escape(number)
    anchor = page.anchor(name)
    # A link to itself, so that a page that was cited from the print can be pointed to.
    return (
        f'<a class="printed-page" id="{anchor}" href="#{anchor}" '
        f'aria-label="{word("page", page.language)} {shown}">{shown}</a>'
    )


def ai_sentence(page: Page, ai: Mapping[str, str]) -> str:
    """As `_ai.html` shows that of a work; no passage, since it is not of the text."""
    language = ai["language"] or page.language
    attributes = f' lang="{escape(language)}"' if language != page.language else ""
    if ai["disclosure"]:
        attributes += f' data-ai-disclosure="{escape(ai["disclosure"])}"'
    label = word("ai", page.language)
    return (
        f'<p class="ai"><span class="label">{label}</span> '
        f"<span{attributes}>{prose(ai['sentence'], language)}</span></p>"
    )


def _is_to_name(piece: Piece) -> bool:
    """Whether the one who speaks stands under the heading: not where the heading begins with that very name."""
    name = piece.speaker.get("name", "")
    return bool(name) and not piece.title.casefold().startswith(name.casefold())


def speaker(piece: Piece, language: str) -> str:
    role = ", ".join(part for part in (piece.speaker.get("role", ""), piece.speaker.get("organisation", "")) if part)
    shown = f' <span class="role">{prose(role, language)}</span>' if role else ""
    return f'<p class="speaker"><span class="name">{prose(piece.speaker["name"], language)}</span>{shown}</p>'
