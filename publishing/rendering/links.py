"""Where links lead: the schemes of the house, other sites, this site; and pictures."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it.token import Token

from publishing.rendering.model import CitationCall
from publishing.rendering.safety import outside_address, own_address, scheme_of, target_address

if TYPE_CHECKING:
    from publishing.rendering.page import Page

_NOUNS = {
    "figure": "la figure",
    "table": "le tableau",
    "section": "la section",
    "page": "la page",
    "cite": "la référence",
}


SIZES = "(min-width: 40rem) 36rem, 100vw"
"""How wide a picture is shown: as the text, which on a telephone is as wide as the screen."""


def link(page: Page, address: str, title: str) -> tuple[str, str]:
    """The tags around the text of a link; empty where the address may not be followed, and the text stays."""
    scheme, _, key = address.partition(":")
    if scheme in _NOUNS and key:
        return house_link(page, scheme, unquote(key))
    if outside_address(address):
        return outside(address, title), "</a>"
    if own := own_address(address):
        if own.startswith("#"):
            page.fragments.append((unquote(own[1:]), page.passage or page.section))
        return f'<a href="{escape(own)}"{_title(title)}>', "</a>"
    if scheme_of(address):
        page.problem(
            "link-refused", f"L’adresse «\u202f{address[:80]}\u202f» n’est pas permise\u202f: le lien est retiré."
        )
    else:
        page.problem(
            "link-unresolved",
            f"Le lien vers «\u202f{address[:80]}\u202f» ne mène nulle part\u202f: donnez une adresse complète, ou un "
            "chemin de ce site qui commence par «\u202f/\u202f».",
        )
    return "", ""


def outside(address: str, title: str) -> str:
    return f'<a href="{escape(address)}"{_title(title)} rel="noopener noreferrer">'


def _title(title: str) -> str:
    return f' title="{escape(title)}"' if title else ""


def house_link(page: Page, scheme: str, key: str) -> tuple[str, str]:
    """`figure:`, `table:`, `section:`, `page:` and `cite:`, by key."""
    targets = page.targets
    if scheme == "cite":
        reference = targets.references.get(key)
        if reference is not None and target_address(reference.href):
            page.citations.append(CitationCall(key, page.passage or page.section))
            return f'<a class="citation" href="{escape(reference.href)}"{_title(reference.text)}>', "</a>"
    else:
        if scheme == "figure":
            figure = targets.figures.get(key)
            href = figure.href if figure else ""
        else:
            addresses = {"table": targets.tables, "section": targets.sections, "page": targets.pages}[scheme]
            href = addresses.get(key, "")
        if target_address(href):
            return f'<a class="xref" href="{escape(href)}">', "</a>"
    if page.strict:
        page.problem(
            f"{scheme}-unknown", f"Le texte renvoie à {_NOUNS[scheme]} «\u202f{key[:80]}\u202f», qui n’existe pas ici."
        )
    return "", ""


def inline_picture(page: Page, token: Token, *, in_link: bool) -> tuple[str, str]:
    """A picture in the middle of a sentence: HTML and text."""
    source = str(token.attrs.get("src", ""))
    alternative = plain_text(token)
    if source.startswith("figure:"):
        opening, end = house_link(page, "figure", unquote(source[7:])) if not in_link else ("", "")
        text = alternative or source[7:].replace("-", " ")
        return opening + escape(text, quote=False) + end, text
    own = own_address(source)
    if own and not own.startswith("#"):
        return picture(page, own, alternative), alternative
    if outside_address(source):
        page.problem(
            "picture-elsewhere",
            f"L’image «\u202f{source[:80]}\u202f» est sur un autre site\u202f: la page y renvoie sans la montrer. "
            "Téléversez-la.",
        )
        opening, end = (outside(source, ""), "</a>") if not in_link else ("", "")
        return opening + escape(alternative or source, quote=False) + end, alternative
    page.problem("picture-missing", f"L’image «\u202f{source[:80]}\u202f» est à fournir.")
    return escape(alternative, quote=False), alternative


def picture(page: Page, source: str, alternative: str, size: tuple[int, int] | None = None) -> str:
    """The `img` of a picture of this site, with its size where it is known."""
    width, height = size or page.targets.pictures.get(source, (0, 0))
    measures = f' width="{int(width)}" height="{int(height)}"' if width and height else ""
    shown = f'<img loading="lazy" src="{escape(source)}"{measures} alt="{escape(alternative)}">'
    sources = "".join(
        f'<source type="{escape(kind)}" srcset="{escape(addresses)}" sizes="{SIZES}">'
        for kind, addresses in page.targets.sources.get(source, ())
    )
    return f"<picture>{sources}{shown}</picture>" if sources else shown


def plain_text(token: Token) -> str:
    """The alternative text of an image token."""
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or ()
    ).strip()
