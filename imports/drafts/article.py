"""A manuscript as the draft of an article: one body, to which figures and references come back as plain Markdown."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from django.utils.translation import gettext as _

from articles.models import Article, ArticleContribution
from imports.drafts.complete import escaped, with_full_title, with_uncalled_notes
from imports.drafts.facts import contributions, publication_fields, shortened, tags
from imports.drafts.supply import Supply
from manuscript.export import markdown_body
from manuscript.model import Figure, Manuscript, SectionKind
from publishing.rendering.page import anchor_name

# Between brackets at most one more pair, so that ten million opening brackets are read once and not each to the end.
_BRACKETED = r"((?:[^\[\]\\\n]|\\.|\[[^\[\]\n]{0,200}\])*)"
_FIGURE = re.compile(rf"!\[{_BRACKETED}\]\(figure:([^()\s]+)\)")
_LINK = re.compile(rf"(?<![!\\])\[{_BRACKETED}\]\(((?:cite|figure|page|section|table):[^()\s]*)\)")


def create_article(manuscript: Manuscript, *, slug: str | None, supply: Supply, remarks: list[str]) -> Article:
    """The saved draft. Must run in a transaction; pictures are written through `supply`, which can take them back."""
    metadata = manuscript.metadata
    article = Article(
        **publication_fields(manuscript, Article, slug, remarks),
        description=standfirst(manuscript),
        body=article_body(manuscript, supply),
        featured=metadata.featured,
        hero_image_alt=shortened(metadata.hero_image_alt, 300),
    )
    picture = supply.named(metadata.hero_image)
    if picture is not None:
        article.hero_image.name = supply.store(article.hero_image.field, article, picture)
    elif metadata.hero_image:
        article.hero_image_name = metadata.hero_image[-300:]
        remarks.append(_("L’image d’ouverture « %s » reste à fournir.") % article.hero_image_name)
    article.save()
    ArticleContribution.objects.bulk_create(contributions(manuscript, ArticleContribution, article=article))
    article.tags.set(tags(manuscript))
    return article


def standfirst(manuscript: Manuscript) -> str:
    metadata = manuscript.metadata
    return " ".join((metadata.description or metadata.abstract.get(metadata.language, "")).split())


def article_body(manuscript: Manuscript, supply: Supply) -> str:
    """House Markdown of the whole text, in which nothing refers to rows that an article does not have."""
    manuscript = with_full_title(_with_front(_with_references(with_uncalled_notes(manuscript))))
    figures = {figure.key: figure for figure in manuscript.figures}
    body = markdown_body(manuscript)
    body = _FIGURE.sub(lambda match: _figure(figures.get(match[2]), match[1]), body)
    anchors = _anchors(manuscript)
    body = _LINK.sub(lambda match: f"[{match[1]}]({anchors[match[2]]})" if match[2] in anchors else match[1], body)
    return supply.in_text(body)


def _anchors(manuscript: Manuscript) -> dict[str, str]:
    """The links of the house that lead to a place in the text itself: headings and tables have their anchor there."""
    anchors = {f"table:{table.key}": f"#table-{table.number}" for table in manuscript.tables if table.number}
    seen: Counter[str] = Counter()
    for section in manuscript.sections:
        name = anchor_name(f"{section.number or ''} {section.title}") or "section"
        seen[name] += 1
        anchors[f"section:{section.key}"] = f"#{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")
    return anchors


def _figure(figure: Figure | None, alt: str) -> str:
    if figure is None:
        return escaped(alt)
    label = _("Figure %s. ") % figure.number if figure.number else ""
    credit = _(" Source : %s") % figure.credit if figure.credit else ""
    caption = f"{label}{figure.caption}{credit}".strip()
    if not figure.image:
        return f"*{escaped(caption)}*" if caption else ""
    title = caption.replace("\\", "\\\\").replace('"', '\\"')
    address = figure.image.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f'![{escaped(figure.alt or alt)}]({address} "{title}")'


def _with_front(manuscript: Manuscript) -> Manuscript:
    """A subtitle and abstracts, which an article has no field for, open the text."""
    metadata = manuscript.metadata
    parts = [f"**{escaped(metadata.subtitle)}**"] if metadata.subtitle else []
    for language, text in metadata.abstract.items():
        used = language == metadata.language and not metadata.description
        if text and not used:
            parts.append(text if language == metadata.language else f"::: {{lang={language}}}\n{text}\n:::")
    if not parts:
        return manuscript
    return replace(manuscript, lead="\n\n".join([*parts, *([manuscript.lead] if manuscript.lead else [])]))


def _with_references(manuscript: Manuscript) -> Manuscript:
    """The entries of a bibliography, in a list under its heading."""
    if not manuscript.references:
        return manuscript
    entries = "\n".join("- " + " ".join(reference.raw.split()) for reference in manuscript.references)
    sections = list(manuscript.sections)
    first = manuscript.references[0].first_line
    place = next((i for i, row in enumerate(sections) if row.kind == SectionKind.BIBLIOGRAPHY), None)
    if place is None:
        place = max((i for i, row in enumerate(sections) if row.first_line <= first), default=None)
    if place is None:
        return replace(manuscript, lead=f"{manuscript.lead}\n\n{entries}".strip())
    body = "\n\n".join(part for part in (sections[place].body, entries) if part)
    sections[place] = replace(sections[place], body=body)
    return replace(manuscript, sections=tuple(sections))
