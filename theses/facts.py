"""What an edition says around its text, frozen with it: people, dates, abstracts, figures, pages, use of AI.

Addresses inside the work are kept as page and anchor, since an edition is read under several addresses.
"""

from __future__ import annotations

from typing import Any

from django.utils import translation

from publishing.disclosing import disclosure
from publishing.facts import ai_facts, date_facts, minutes, people
from publishing.models import Contribution
from publishing.pictures import size_of
from publishing.rendering import Piece, render
from publishing.renditions import sources_of
from theses.composing import Composition
from theses.models import Document, Section
from theses.outline import Node
from theses.paging import Page


def document_facts(document: Document, composition: Composition) -> dict[str, Any]:
    """The facts of the document and of its composed text, in the language of the document: four queries."""
    with translation.override(document.language):
        contributions = list(document.contributions.select_related("author").order_by("position", "pk"))
        return {
            "title": document.title,
            "subtitle": document.subtitle,
            "kind": document.kind,
            "kind_label": str(document.get_kind_display()),
            "language": document.language,
            "authors": people(row for row in contributions if row.role == Contribution.Role.AUTHOR),
            "contributors": people(row for row in contributions if row.role != Contribution.Role.AUTHOR),
            **date_facts(document),
            "institution": document.institution,
            "programme": document.programme,
            "licence": document.licence,
            "doi": document.doi,
            "isbn": document.isbn,
            "abstracts": _abstracts(document),
            "tags": [{"name": tag.name, "slug": tag.slug} for tag in document.tags.order_by("name")],
            "ai": ai_facts(document),
            "cover": _cover(document),
            "lead": _lead(document, composition),
            **text_facts(composition),
        }


def text_facts(composition: Composition) -> dict[str, Any]:
    """The facts that follow from the text alone; a new rendering of an edition writes these again."""
    return {
        "words": composition.words,
        "minutes": minutes(composition.words),
        "pages": [
            {
                "slug": composed.page.slug,
                "title": composed.page.title,
                "number": composed.page.number,
                "kind": composed.page.kind,
                "words": composed.rendered.words,
                **_said_of_ai(composition, composed.page),
            }
            for composed in composition.pages
        ],
        "ai_sections": [
            {
                "title": node.section.title,
                "number": node.section.number,
                "page": composition.page_of[node.section.slug].slug,
                "anchor": _anchor(composition, node),
                "level": said["level"],
            }
            for node, said in composition.disclosures.differing().items()
        ],
        "figures": _figures(composition),
        "tables": _tables(composition),
        "interviews": _interviews(composition),
        "references": len(composition.draft.entries),
    }


def _said_of_ai(composition: Composition, page: Page) -> dict[str, Any]:
    """`ai` under the title of a page, `disclosure` for machines: where they differ from those of the document."""
    said = composition.disclosures.at_top(page)
    value = composition.disclosures.disclosure(page.nodes)
    common = disclosure([composition.draft.ai.get("ai_level", "")])
    return {**({"ai": said} if said else {}), **({"disclosure": value} if value != common else {})}


def _anchor(composition: Composition, node: Node) -> str:
    """Empty for the title of a page."""
    page = composition.page_of[node.section.slug]
    return "" if node is page.first and not page.is_group else node.section.slug


def outline_items(composition: Composition) -> list[dict[str, Any]]:
    """The headings in reading order, for `DocumentEdition.outline`."""
    return [
        {
            "anchor": node.section.slug,
            "title": node.section.title,
            "number": node.section.number,
            "depth": node.level,
            "kind": node.section.kind,
            "page": page.slug,
            "opens": node is page.first and not page.is_group,
            "printed_page": node.section.printed_page,
            "language": node.section.language,
            "words": node.words,
        }
        for node in composition.outline.nodes
        for page in (composition.page_of[node.section.slug],)
    ]


def _abstracts(document: Document) -> list[dict[str, Any]]:
    """The one in the document's own language comes first."""
    rows = sorted(document.abstracts.all(), key=lambda row: (row.language != document.language, row.language))
    return [
        {
            "language": row.language,
            "html": render([Piece(body=row.text)], language=row.language).html,
            "keywords": row.keywords,
        }
        for row in rows
    ]


def _cover(document: Document) -> dict[str, Any]:
    size = size_of(document.cover_image) if document.cover_image else None
    return {
        "src": document.cover_image.url if document.cover_image else "",
        "alt": document.cover_image_alt,
        "name": document.cover_image_name,
        "width": size[0] if size else None,
        "height": size[1] if size else None,
    }


def _lead(document: Document, composition: Composition) -> str:
    """The text before the first title, for the cover; a document without any title shows it as its page."""
    if not composition.draft.sections or not document.lead.strip():
        return ""
    return render([Piece(body=document.lead, anchor="avant")], language=document.language).html


def _figures(composition: Composition) -> list[dict[str, Any]]:
    rows = []
    for figure in composition.draft.figures:
        node = composition.figure_places.get(figure.key)
        width, height = composition.draft.sizes.get(figure.key, (None, None))
        rows.append(
            {
                "key": figure.key,
                "number": figure.number,
                "caption": figure.caption,
                "credit": figure.credit,
                "alt": figure.alt,
                "src": figure.image.url if figure.image else "",
                "width": width,
                "height": height,
                "sources": sources_of({figure.image.url: (width, height)}).get(figure.image.url, [])
                if figure.image and width and height
                else [],
                "missing": not figure.image,
                "page": composition.page_of[node.section.slug].slug if node else "",
                "anchor": figure.key if node else "",
            }
        )
    return rows


def _tables(composition: Composition) -> list[dict[str, Any]]:
    return [
        {"caption": passage.text.split("\n", 1)[0], "page": composed.page.slug, "anchor": passage.anchor}
        for composed in composition.pages
        for passage in composed.rendered.passages
        if passage.kind == "table"
    ]


def _interviews(composition: Composition) -> list[dict[str, Any]]:
    return [
        {
            "title": node.section.title,
            "number": node.section.number,
            "name": node.section.speaker.get("name", ""),
            "role": node.section.speaker.get("role", ""),
            "organisation": node.section.speaker.get("organisation", ""),
            "page": composition.page_of[node.section.slug].slug,
            "anchor": "" if node is composition.page_of[node.section.slug].first else node.section.slug,
        }
        for node in composition.outline.nodes
        if node.section.kind == Section.Kind.INTERVIEW
    ]
