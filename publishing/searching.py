"""What the search knows of a work apart from its text: its presentation, the people and keywords it names."""

from __future__ import annotations

import html
from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import strip_tags

from publishing.models import Edition, Publication
from search.index import Entry, Passage, Work
from search.models import IndexedUnit

Kind = IndexedUnit.Kind


def key_of(work: Publication) -> str:
    return f"{work._meta.app_label}:{work.slug}"


def work_of(key: str, slug: str, edition: Edition, address: str) -> Work:
    facts = edition.facts
    people = [*facts.get("authors", []), *facts.get("contributors", [])]
    year = str(facts.get("date", ""))[:4]
    return Work(
        key=key,
        slug=slug,
        kind=str(facts.get("kind", "")),
        kind_label=str(facts.get("kind_label", "")),
        title=edition.title,
        href=address,
        authors=[person["name"] for person in facts.get("authors", [])],
        people=[(person["slug"], person["name"]) for person in people if person.get("slug")],
        tags=[(tag["slug"], tag["name"]) for tag in facts.get("tags", []) if tag.get("slug")],
        language=str(facts.get("language", "")),
        date=str(facts.get("date", "")),
        year=int(year) if year.isdecimal() and int(year) else None,
    )


def people_and_tags(edition: Edition, address: str, subtitle: str, summary: str) -> Iterator[Entry]:
    """`summary` is HTML of the renderer; the presentation leads to the cover, each name to its own page."""
    facts = edition.facts
    language = str(facts.get("language", ""))
    text = " ".join(html.unescape(strip_tags(summary)).split())
    passages = [Passage("", "text", part) for part in (text, subtitle) if part]
    yield Entry(Kind.WORK, address, passages, edition.title, (edition.title,), language)
    for person in [*facts.get("authors", []), *facts.get("contributors", [])]:
        if person.get("slug"):
            about = ", ".join(filter(None, [person.get("occupation", ""), person.get("organisation", "")]))
            path = reverse("author", args=[person["slug"]])
            passage = Passage("", "text", about)
            yield Entry(Kind.PERSON, path, (passage,), person["name"], (person["name"],), language)
    for tag in facts.get("tags", []):
        if tag.get("slug"):
            yield Entry(Kind.TAG, reverse("tag", args=[tag["slug"]]), (), tag["name"], (tag["name"],), language)
