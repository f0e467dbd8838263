"""House Markdown to safe HTML: the one door through which text reaches a page. `docs/markdown.md` has the dialect."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from publishing.rendering.bibliography import write_bibliography
from publishing.rendering.blocks import write_blocks
from publishing.rendering.headings import open_piece
from publishing.rendering.model import (
    BibliographyItem,
    CitationCall,
    FigureTarget,
    Heading,
    PassageText,
    Piece,
    Problem,
    ReferenceTarget,
    Rendered,
    Targets,
)
from publishing.rendering.notes import collect, collect_elsewhere, write_notes
from publishing.rendering.page import Page, anchor_name, fold
from publishing.rendering.parsing import language_tag, parse
from publishing.rendering.safety import (
    MAX_LINES,
    MAX_MARKS,
    MAX_PAGE,
    allowed,
    as_it_stands,
    clean_characters,
    too_long,
)

__all__ = [
    "RENDERER_VERSION",
    "BibliographyItem",
    "CitationCall",
    "FigureTarget",
    "Heading",
    "PassageText",
    "Piece",
    "Problem",
    "ReferenceTarget",
    "Rendered",
    "Targets",
    "anchor_name",
    "fold",
    "render",
]

RENDERER_VERSION = "5"
"""Changes whenever the same Markdown would give other HTML or other passages; editions are stamped with it."""

RESERVED_ANCHORS = frozenset(
    {
        "aide",
        "aide-titre",
        "citer",
        "contenu",
        "contenu-titre",
        "filtre",
        "main",
        "mots",
        "raccourcis",
        "recherche",
        "sommaire",
        "top",
    }
)
"""Those of the templates around a text: a heading of the same name gets another one."""

logger = logging.getLogger(__name__)


def render(pieces: Sequence[Piece], *, targets: Targets | None = None, language: str = "fr") -> Rendered:
    """One web page out of its pieces: HTML fit to be shown, its headings, passages and problems. Never raises.

    Without `targets`, as in a preview of one text alone, the keys that links name are not checked. A page beyond the
    bounds of `safety` is shown as plain text, whole, with a problem.
    """
    if too_long([piece.body for piece in pieces]):
        return _plain(
            pieces,
            language,
            "page-too-long",
            f"Cette page est trop longue pour être mise en forme (plus de {MAX_PAGE} caractères, de {MAX_LINES} "
            f"lignes ou de {MAX_MARKS} signes de mise en forme)\u202f: elle est montrée telle quelle. Découpez-la.",
        )
    try:
        return _render(pieces, targets, language)
    except Exception:
        # The reader still gets every word, and the log gets the fault.
        logger.exception("A page could not be rendered.")
        return _plain(
            pieces,
            language,
            "renderer-failed",
            "Cette page n’a pas pu être mise en forme\u202f: elle est montrée telle quelle. Signalez-le.",
        )


def _render(pieces: Sequence[Piece], targets: Targets | None, language: str) -> Rendered:
    page = Page(language, targets or Targets(), strict=targets is not None)
    page.anchors.update(RESERVED_ANCHORS)
    read = [(_clean(piece), parse(clean_characters(piece.body))) for piece in pieces]
    for piece, tokens in read:
        collect(page, tokens, piece.language, piece.anchor)
    collect_elsewhere(page)
    html: list[str] = []
    for index, (piece, tokens) in enumerate(read):
        html.append(open_piece(page, piece, piece.language or language, first=index == 0))
        body = write_blocks(page, tokens, piece.language, piece.depth)
        if piece.language and piece.language != language and body:
            body = f'<div lang="{escape(piece.language)}">{body}</div>'
        html.append(body)
        if piece.bibliography:
            html.append(write_bibliography(page, piece.bibliography))
    html.append(write_notes(page))
    page.anchors.update(page.targets.anchors.values())
    for fragment, passage in page.fragments:
        if fragment not in page.anchors:
            page.problems.append(
                Problem(
                    "anchor-unknown",
                    passage,
                    f"Le lien vers «\u202f#{fragment[:80]}\u202f» ne mène à rien sur cette page.",
                )
            )
    return Rendered(
        html=allowed(clean_characters("".join(html))),
        outline=page.outline,
        passages=page.passages,
        words=sum(len(passage.text.split()) for passage in page.passages),
        problems=page.problems,
        citations=page.citations,
    )


def _clean(piece: Piece) -> Piece:
    return replace(
        piece,
        title=clean_characters(piece.title),
        number=clean_characters(piece.number),
        anchor=clean_characters(piece.anchor),
        language=piece.language if language_tag(piece.language) else "",
    )


def _plain(pieces: Sequence[Piece], language: str, code: str, message: str) -> Rendered:
    """The text as it stands, one paragraph a piece; for what cannot be read."""
    page = Page(language, Targets(), strict=False)
    html = []
    for index, piece in enumerate(map(_clean, pieces)):
        page.section = page.anchor(anchor_name(piece.anchor or f"{piece.number} {piece.title}"), "section")
        title, body = piece.title, clean_characters(piece.body)
        if title:
            page.add_passage(page.section, "heading", "", f"{piece.number} {title}")
        if title and (index or piece.depth > 1):
            heading = Heading(page.section, title, piece.number, page.level(piece.depth))
            page.outline.append(heading)
            html.append(
                f'<h{heading.depth} id="{heading.anchor}" class="heading">{escape(f"{heading.number} {title}".strip())}'
                f"</h{heading.depth}>"
            )
        anchor = page.anchor(f"p-{page.section}")
        page.add_passage(anchor, "text", "", body)
        html.append(f'<p id="{anchor}" class="plain">{as_it_stands(body)}</p>')
    page.problem(code, message)
    words = sum(len(passage.text.split()) for passage in page.passages)
    return Rendered(allowed("".join(html)), page.outline, page.passages, words, page.problems)
