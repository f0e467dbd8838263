"""A manuscript as the draft of a long document: an outline of sections, figures, a bibliography, abstracts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from imports.ai_sentence import guess_level
from imports.drafts.complete import escaped, with_full_title, with_uncalled_notes
from imports.drafts.facts import contributions, publication_fields, shortened, tags
from imports.drafts.supply import Supply
from manuscript.model import Manuscript, Section
from theses import models as theses
from theses.models import Document

BATCH = 500
DEEPEST = 12
SLUG_LENGTH = 200
EXTRA = {"licence": ("licence", 200), "license": ("licence", 200), "doi": ("doi", 200), "isbn": ("isbn", 20)}
"""Front matter that documents have a field for, with the length of that field."""

_SECTION_LINK = re.compile(r"\]\(section:([^()\s]+)\)")


def create_document(manuscript: Manuscript, *, slug: str | None, supply: Supply, remarks: list[str]) -> Document:
    """The saved draft. Must run in a transaction; pictures are written through `supply`, which can take them back."""
    metadata = manuscript.metadata
    document = Document(
        **publication_fields(manuscript, Document, slug, remarks),
        kind=metadata.kind.value,
        subtitle=shortened(metadata.subtitle, 1000),
        institution=shortened(metadata.institution, 300),
        programme=shortened(metadata.programme, 300),
        cover_image_alt=shortened(metadata.hero_image_alt, 300),
        featured=metadata.featured,
    )
    for name, value in metadata.extra.items():
        if name.casefold() in EXTRA:
            field, length = EXTRA[name.casefold()]
            setattr(document, field, shortened(value, length))
    _cover(document, manuscript, supply, remarks)
    text = text_of(document, manuscript, supply)
    document.lead = text.lead
    document.save()
    theses.DocumentContribution.objects.bulk_create(
        contributions(manuscript, theses.DocumentContribution, document=document)
    )
    document.tags.set(tags(manuscript))
    theses.Abstract.objects.bulk_create(text.abstracts)
    theses.Section.objects.bulk_create(text.sections, batch_size=BATCH)
    theses.Figure.objects.bulk_create(text.figures, batch_size=BATCH)
    speaking = sum(1 for row in text.sections if row.ai_level)
    if speaking:
        remarks.append(
            ngettext(
                "%d section dit elle-même l’usage de l’IA : son niveau est noté.",
                "%d sections disent elles-mêmes l’usage de l’IA : leur niveau est noté.",
                speaking,
            )
            % speaking
        )
    missing = sum(1 for row in text.figures if not row.image)
    if missing:
        remarks.append(_("Figures dont l’image reste à fournir : %d.") % missing)
    theses.BibliographyEntry.objects.bulk_create(text.entries, batch_size=BATCH)
    return document


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document as rows, stored or not."""

    lead: str
    abstracts: list[theses.Abstract]
    sections: list[theses.Section]
    figures: list[theses.Figure]
    entries: list[theses.BibliographyEntry]


def text_of(document: Document, manuscript: Manuscript, supply: Supply) -> Text:
    """What the text of a manuscript is as unsaved rows of this document, which may be unsaved too."""
    manuscript = _with_description(with_full_title(with_uncalled_notes(manuscript)))
    slugs = _slugs(manuscript.sections)
    return Text(
        lead=_relinked(supply.in_text(manuscript.lead), slugs),
        abstracts=_abstracts(document, manuscript),
        sections=[
            _section(document, position, section, slugs, supply)
            for position, section in enumerate(manuscript.sections, start=1)
        ],
        figures=_figures(document, manuscript, supply),
        entries=[
            theses.BibliographyEntry(
                document=document,
                position=position,
                key=reference.key[:100],
                raw=reference.raw,
                csl=reference.csl,
                source_line=reference.first_line,
            )
            for position, reference in enumerate(manuscript.references, start=1)
        ],
    )


def _with_description(manuscript: Manuscript) -> Manuscript:
    """Documents have no field for a description: it is the abstract where there is none, else it opens the text."""
    metadata = manuscript.metadata
    if not metadata.description:
        return manuscript
    if not metadata.abstract.get(metadata.language):
        abstract = {**metadata.abstract, metadata.language: metadata.description}
        return replace(manuscript, metadata=replace(metadata, abstract=abstract))
    lead = "\n\n".join(part for part in (metadata.description, manuscript.lead) if part)
    return replace(manuscript, lead=lead)


def _cover(document: Document, manuscript: Manuscript, supply: Supply, remarks: list[str]) -> None:
    name = manuscript.metadata.hero_image
    picture = supply.named(name)
    if picture is not None:
        document.cover_image.name = supply.store(document.cover_image.field, document, picture)
    elif name:
        document.cover_image_name = name[-300:]
        remarks.append(_("La couverture « %s » reste à fournir.") % document.cover_image_name)


def _abstracts(document: Document, manuscript: Manuscript) -> list[theses.Abstract]:
    metadata = manuscript.metadata
    languages = dict.fromkeys([*metadata.abstract, *metadata.keywords])
    return [
        theses.Abstract(
            document=document,
            language=language[:10],
            text=metadata.abstract.get(language, ""),
            keywords=list(metadata.keywords.get(language, ())),
        )
        for language in languages
    ]


def _slugs(sections: tuple[Section, ...]) -> dict[str, str]:
    """Section key to slug: the key itself, save where it is longer than an address may be."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for section in sections:
        slug, number = section.key[:SLUG_LENGTH], 1
        while slug in taken:
            number += 1
            slug = f"{section.key[: SLUG_LENGTH - 6]}-{number}"
        taken.add(slug)
        slugs[section.key] = slug
    return slugs


def _relinked(text: str, slugs: dict[str, str]) -> str:
    return _SECTION_LINK.sub(lambda match: f"](section:{slugs.get(match[1], match[1])})", text)


def _section(
    document: Document, position: int, section: Section, slugs: dict[str, str], supply: Supply
) -> theses.Section:
    title, body = shortened(section.title, 1000), section.body
    if len(title) < len(" ".join(section.title.split())):
        # The whole heading opens the text of its section: nothing of it is lost.
        body = "\n\n".join(part for part in (escaped(section.title), body) if part)
    # A number that only counts items inside a section is printed with its full stop: "1.", beside an outline's "2.1".
    number = section.number or (f"{section.local_number}." if section.local_number else "")
    if len(number) > 50:
        number, title = "", shortened(f"{number} {title}", 1000)
    person = section.person
    name = " ".join(part for part in (person.given, person.family) if part) or person.literal if person else ""
    speaker = {"name": name, "role": person.role, "organisation": person.organisation} if person else {}
    return theses.Section(
        document=document,
        position=position,
        depth=min(max(section.depth, 1), DEEPEST),
        kind=section.kind.value,
        number=number,
        title=title or _("Sans titre"),
        slug=slugs[section.key],
        body=_relinked(supply.in_text(body), slugs),
        language=(section.language or "")[:10],
        printed_page=(section.page or "")[:20],
        note_calls=list(section.note_calls),
        speaker=speaker,
        ai_level=guess_level(section.ai_disclosure),
        source_line=section.first_line,
        source_last_line=section.last_line,
    )


def _figures(document: Document, manuscript: Manuscript, supply: Supply) -> list[theses.Figure]:
    rows = []
    for position, figure in enumerate(manuscript.figures, start=1):
        row = theses.Figure(
            document=document,
            position=position,
            key=figure.key[:100],
            number=(figure.number or "")[:20],
            caption=figure.caption,
            credit=shortened(figure.credit, 500),
            alt=figure.alt,
            image_name=figure.image[-300:],
            source_line=figure.line,
        )
        picture = supply.named(figure.image) or supply.figure(figure.number or "")
        if picture is not None:
            row.image.name = supply.store(row.image.field, row, picture)
        rows.append(row)
    return rows
