"""Find the author that a name stands for, or make one: a person is one row, however many works name it."""

from __future__ import annotations

from django.utils.text import slugify

from manuscript.model import Person
from publishing.models import Author

SLUG_LENGTH = 80


def printed_name(person: Person) -> str:
    """« Prénom Nom », or the organisation, with single spaces."""
    return " ".join((person.literal or f"{person.given} {person.family}").split())[:400]


def find_or_create_author(person: Person) -> Author:
    """The first author of exactly this name, or a new one. Must run in a transaction; `person` has a name."""
    name = printed_name(person)
    author = Author.objects.filter(name=name).order_by("pk").first()
    if author is not None:
        return author
    return Author.objects.create(
        name=name,
        family_name=person.family[:200],
        given_name=person.given[:200],
        slug=_free_slug(name),
        occupation=person.role[:300],
    )


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:SLUG_LENGTH].strip("-_") or "auteur"
    taken = set(Author.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
