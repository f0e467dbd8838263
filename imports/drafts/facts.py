"""What articles and documents take from a manuscript in the same way: title, address, date, people, AI, keywords."""

from __future__ import annotations

import datetime
import re
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from imports.ai_sentence import guess_level
from imports.refusals import ImportRefused
from manuscript.dates import read_date
from manuscript.model import Manuscript, Metadata, Person
from publishing.models import LANGUAGES, Contribution, DatePrecision, Publication
from publishing.people import find_or_create_author
from publishing.rendering.page import anchor_name

Row = TypeVar("Row", bound=Contribution)

RESERVED = frozenset({"flux", "figures", "integral", "editions", "apercu"})
"""Addresses under `/articles/` and `/theses/` that are no work."""

TITLE_LENGTH = 500
SLUG_LENGTH = 80
TAGS = 30
TAG_LENGTH = 100

ROLES = {
    "director": Contribution.Role.SUPERVISOR,
    "advisor": Contribution.Role.SUPERVISOR,
    "illustration": Contribution.Role.ILLUSTRATOR,
    "translation": Contribution.Role.TRANSLATOR,
}


def shortened(text: str, length: int) -> str:
    """The text, or as many whole words of it as fit with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"


def proposed_title(manuscript: Manuscript) -> str:
    """The title as read, or, for want of one, the first heading, or the name of the file made readable."""
    if manuscript.metadata.title.strip():
        return manuscript.metadata.title
    if manuscript.sections and not manuscript.lead:
        return manuscript.sections[0].title
    stem = manuscript.source.name.rsplit(".", 1)[0]
    return re.sub(r"[\s_-]+", " ", stem).strip().capitalize() or _("Sans titre")


def proposed_slug(model: type[Publication], title: str) -> str:
    """An address that no work of this model has."""
    wanted = anchor_name(re.sub("['’]", " ", title), SLUG_LENGTH) or "texte"
    taken = set(model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def settled_slug(model: type[Publication], slug: str | None, title: str) -> str:
    """The address that was decided, if it is a free one, else a proposed one."""
    if not slug:
        return proposed_slug(model, title)
    if slug != slugify(slug) or len(slug) > 200:
        raise ImportRefused(
            _("L’adresse s’écrit avec des lettres sans accent, des chiffres et des traits d’union."), field="slug"
        )
    if slug in RESERVED or model._default_manager.filter(slug=slug).exists():
        raise ImportRefused(_("L’adresse « %s » est déjà prise.") % slug, field="slug")
    return slug


def read_iso(date: str) -> tuple[datetime.date | None, str]:
    """A date with the precision that it was written with; None where there is no such day."""
    parts = date.split("-")
    precisions = {1: DatePrecision.YEAR, 2: DatePrecision.MONTH, 3: DatePrecision.DAY}
    try:
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3])
        return datetime.date(year, month, day), precisions[len(parts)]
    except (ValueError, KeyError):
        return None, DatePrecision.DAY


def publication_fields(
    manuscript: Manuscript, model: type[Publication], slug: str | None, remarks: list[str]
) -> dict[str, Any]:
    """Values of the fields of `publishing.Publication`; what had to be settled is added to `remarks`."""
    metadata = manuscript.metadata
    whole = proposed_title(manuscript)
    title = shortened(whole, TITLE_LENGTH)
    if not metadata.title.strip():
        remarks.append(_("Le texte n’a pas de titre : « %s » en tient lieu.") % title)
    elif len(title) < len(" ".join(whole.split())):
        remarks.append(
            _("Le titre dépasse %d signes : il est abrégé, et le titre entier ouvre le texte.") % TITLE_LENGTH
        )
    language = metadata.language
    if language not in dict(LANGUAGES):
        remarks.append(_("La langue « %s » n’est pas de celles du site : le français est noté.") % language[:20])
        language = "fr"
    date, precision = read_iso(metadata.date)
    if metadata.date and date is None:
        remarks.append(_("La date « %s » n’existe pas : elle reste à préciser.") % metadata.date[:20])
    return {
        "title": title,
        "slug": settled_slug(model, slug, title),
        "language": language,
        "date": date,
        "date_precision": precision,
        **_ai(metadata, remarks),
    }


def _ai(metadata: Metadata, remarks: list[str]) -> dict[str, Any]:
    said = metadata.ai
    day, precision = read_iso(read_date(said.get("reviewed_on", "")))
    if said.get("reviewed_on") and (day is None or precision != DatePrecision.DAY or day > timezone.localdate()):
        remarks.append(_("Le jour de la relecture, « %s », reste à préciser.") % said["reviewed_on"][:40])
        day = None
    return {
        "ai_level": said.get("level") or guess_level(metadata.ai_disclosure),
        "ai_purpose": shortened(said.get("purpose", ""), 300),
        "ai_tool": shortened(said.get("tool", ""), 300),
        "ai_reviewer": shortened(said.get("reviewer", ""), 200),
        "ai_reviewed_on": day,
        "ai_responsible": shortened(said.get("responsible", ""), 200),
        "ai_note": metadata.ai_disclosure,
    }


def full_title(manuscript: Manuscript) -> str:
    """The whole title where its field is too short for it, so that the text can keep it; else nothing."""
    title = " ".join(manuscript.metadata.title.split())
    return title if len(title) > TITLE_LENGTH else ""


def tags(manuscript: Manuscript) -> list[str]:
    """Tags and keywords of the work's own language, each once."""
    metadata = manuscript.metadata
    found = (*metadata.tags, *metadata.keywords.get(metadata.language, ()))
    once: dict[str, str] = {}
    for name in found:
        name = shortened(name, TAG_LENGTH)
        # A keyword without a letter or digit would have no address.
        if slugify(name, allow_unicode=True):
            once.setdefault(name.casefold(), name)
    return list(once.values())[:TAGS]


def contributions(manuscript: Manuscript, model: type[Row], **work: models.Model) -> list[Row]:
    """Unsaved rows: authors, then the others named, then those who are interviewed, each role once a person."""
    metadata = manuscript.metadata
    named: list[tuple[str, Person]] = [(Contribution.Role.AUTHOR, person) for person in metadata.authors]
    named += [(role_of(row.role), row.person) for row in metadata.contributors]
    named += [(Contribution.Role.INTERVIEWEE, row.person) for row in manuscript.sections if row.person is not None]
    rows: dict[tuple[int, str], Row] = {}
    for role, person in named:
        if not (person.family or person.given or person.literal).strip():
            continue
        author = find_or_create_author(person)
        if not rows and role == Contribution.Role.AUTHOR and metadata.biography and not author.biography:
            author.biography = metadata.biography
            author.save(update_fields=["biography"])
        rows.setdefault(
            (author.pk, role),
            model(
                author=author,
                role=role,
                occupation=shortened(person.role, 300),
                organisation=shortened(person.organisation, 300),
                position=len(rows),
                **work,
            ),
        )
    return list(rows.values())


def role_of(name: str) -> str:
    """A role of the site for the word that the reading, or a source, has for it."""
    name = name.strip().casefold()
    if name in Contribution.Role.values:
        return name
    return ROLES.get(name, Contribution.Role.CONTRIBUTOR)
