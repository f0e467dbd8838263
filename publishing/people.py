"""The author that a source names: the one the site knows under this name, or a new one."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from manuscript.model import Person
from publishing.models import Author
from publishing.rendering import fold

SLUG_LENGTH = 80


def find_or_create_author(person: Person) -> Author:
    """Two spellings that differ by accents, apostrophes or case alone are one person; homonyms are for an editor.

    The occupation of a new author is the one that the source gives. Raises ValueError for a person without a name.
    """
    name = " ".join((person.literal or f"{person.given} {person.family}").split())[:400]
    if not name:
        raise ValueError("A person without a name cannot be an author.")
    known = _known(name)
    if known is not None:
        return known
    with transaction.atomic():
        return Author.objects.create(
            kind=_kind(person),
            family_name=person.family[:200],
            given_name=person.given[:200],
            name=name,
            slug=free_slug(name),
            occupation=person.role[:300],
        )


def _kind(person: Person) -> str:
    """A name that could not be split is an organisation, unless it has an occupation."""
    whole = bool(person.literal) and not (person.family or person.given)
    return Author.Kind.ORGANISATION if whole and not person.role else Author.Kind.PERSON


def _known(name: str) -> Author | None:
    exact = Author.objects.filter(name=name).order_by("pk").first()
    if exact is not None:
        return exact
    slug = _slug(name)
    near = Author.objects.filter(slug__startswith=slug).order_by("pk")
    return next((author for author in near if _spelling(author.name) == _spelling(name)), None)


def _spelling(name: str) -> str:
    return fold(name).replace("’", "'")


def _slug(name: str) -> str:
    slug = slugify(name)
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0][:SLUG_LENGTH] or slug[:SLUG_LENGTH]
    return slug or "auteur"


def free_slug(name: str) -> str:
    """An address that no author has yet, made of the name."""
    wanted = _slug(name)
    taken = set(Author.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
