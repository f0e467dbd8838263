from __future__ import annotations

import pytest

from manuscript.model import Person
from publishing.models import Author
from publishing.people import find_or_create_author

pytestmark = pytest.mark.django_db


def test_a_new_person() -> None:
    author = find_or_create_author(Person(family="Dupré", given="Hélène", role="Traductrice"))
    assert (author.name, author.slug, author.kind) == ("Hélène Dupré", "helene-dupre", "person")
    assert (author.family_name, author.given_name, author.occupation) == ("Dupré", "Hélène", "Traductrice")


@pytest.mark.parametrize(
    "person",
    [
        Person(family="Dupré", given="Hélène"),
        Person(family="DUPRÉ", given="Hélène"),
        Person(family="Dupre", given="Helene"),
        Person(literal="Hélène Dupré"),
    ],
)
def test_the_same_person(person: Person) -> None:
    known = find_or_create_author(Person(family="Dupré", given="Hélène"))
    assert find_or_create_author(person) == known
    assert Author.objects.count() == 1


def test_the_same_name_with_another_apostrophe() -> None:
    known = find_or_create_author(Person(literal="Atelier d’Aval"))
    assert find_or_create_author(Person(literal="Atelier d'Aval")) == known


def test_the_same_person_under_another_address() -> None:
    known = Author.objects.create(name="Hélène Dupré", slug="h-dupre")
    assert find_or_create_author(Person(family="Dupré", given="Hélène")) == known


def test_two_persons_whose_addresses_would_be_the_same() -> None:
    first = find_or_create_author(Person(literal="A. B."))
    second = find_or_create_author(Person(literal="A B"))
    assert first != second
    assert (first.slug, second.slug) == ("a-b", "a-b-2")


@pytest.mark.parametrize(
    ("person", "kind"),
    [
        (Person(literal="Institut des lecteurs"), "organisation"),
        (Person(literal="A. B.", role="Chercheuse"), "person"),
        (Person(given="Colette"), "person"),
    ],
)
def test_kind(person: Person, kind: str) -> None:
    assert find_or_create_author(person).kind == kind


@pytest.mark.parametrize("name", ["李白", "!!!", "x" * 500, "mot " * 100])
def test_any_name_gets_an_address(name: str) -> None:
    author = find_or_create_author(Person(literal=name))
    assert 0 < len(author.slug) <= 80
    author.full_clean()


def test_nobody() -> None:
    with pytest.raises(ValueError, match="without a name"):
        find_or_create_author(Person(role="Chercheuse"))
