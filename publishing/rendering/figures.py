"""Figures and pictures that stand alone, with their captions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it.token import Token

from publishing.rendering.inline import caption_label, write_inline
from publishing.rendering.links import inline_picture, picture, plain_text
from publishing.rendering.model import FigureTarget
from publishing.rendering.page import passage_anchor
from publishing.rendering.parsing import parser
from publishing.rendering.safety import outside_address, own_address
from publishing.rendering.wording import word

if TYPE_CHECKING:
    from publishing.rendering.page import Page


def pictures_alone(tokens: Sequence[Token]) -> list[Token]:
    """The pictures of a paragraph that holds nothing else; an empty list where it holds a word."""
    if any(
        t.type not in {"image", "softbreak", "hardbreak"} and not (t.type == "text" and t.content.isspace())
        for t in tokens
    ):
        return []
    return [token for token in tokens if token.type == "image"]


def write_picture(page: Page, token: Token, language: str) -> str:
    source = str(token.attrs.get("src", ""))
    if source.startswith("figure:"):
        return figure(page, unquote(source[7:]), language)
    alternative, title = plain_text(token), str(token.attrs.get("title", ""))
    anchor = page.anchor(passage_anchor(page.section, source))
    page.passage = anchor
    if outside_address(source):
        return f'<p id="{anchor}">{inline_picture(page, token, in_link=False)[0]}</p>'
    own = own_address(source)
    if own and not own.startswith("#"):
        body = enlargeable(page, own, alternative, title)
    else:
        page.problem("picture-missing", f"L’image «\u202f{source[:80]}\u202f» est à fournir.")
        body = missing(page, alternative)
    caption, text = inline_caption(page, title, language)
    page.add_passage(anchor, "caption", language, f"{text} {alternative}")
    return f'<figure id="{anchor}" class="figure">{body}{_figcaption(caption)}</figure>'


def figure(page: Page, key: str, language: str) -> str:
    """The figure of a key: its picture or the place of it, its label, its caption and its credit."""
    target = page.targets.figures.get(key)
    anchor = page.anchor(key, "figure")
    page.passage = anchor
    if target is None:
        if page.strict:
            page.problem("figure-unknown", f"Le texte montre la figure «\u202f{key[:80]}\u202f», qui n’existe pas ici.")
        # A preview knows no figures: the key says which one it would be.
        target = FigureTarget(caption="" if page.strict else key.replace("-", " "))
    caption, text = inline_caption(page, target.caption, language)
    source = own_address(target.src)
    if source:
        size = (target.width, target.height) if target.width and target.height else None
        body = enlargeable(page, source, target.alt, text, size)
    else:
        body = missing(page, target.alt)
    credit, credit_text = inline_caption(page, target.credit, language)
    if credit:
        credit = f' <span class="credit">{word("source", page.language)} {credit}</span>'
    label = caption_label(page, "figure", target.number)
    name = f"{word('figure', page.language)} {target.number}. " if target.number else ""
    page.add_passage(anchor, "caption", language, f"{name}{text} {credit_text} {target.alt}")
    return f'<figure id="{anchor}" class="figure">{body}{_figcaption(label + caption + credit)}</figure>'


def _figcaption(caption: str) -> str:
    return f"<figcaption>{caption}</figcaption>" if caption.strip() else ""


def inline_caption(page: Page, text: str, language: str) -> tuple[str, str]:
    if not text.strip():
        return "", ""
    tokens = parser().parseInline(text.strip())
    return write_inline(page, tokens[0].children or [], language)


def enlargeable(page: Page, source: str, alternative: str, caption: str, size: tuple[int, int] | None = None) -> str:
    """A picture in a link to its full size. The link is named by the alternative text, or else by the caption."""
    if not alternative.strip():
        page.problem(
            "picture-without-alternative", f"L’image «\u202f{source[-80:]}\u202f» n’a pas de texte de remplacement."
        )
        alternative = caption or word("enlarge", page.language)
    return f'<a class="enlarge" href="{escape(source)}">{picture(page, source, alternative, size)}</a>'


def missing(page: Page, alternative: str) -> str:
    """The place of a picture that is still to be supplied; its description, where there is one, is read aloud."""
    label = word("missing", page.language)
    if alternative.strip():
        label = f"{label} — {alternative.strip()}"
    return (
        f'<div class="missing" role="img" aria-label="{escape(label)}">{escape(word("missing", page.language))}</div>'
    )
