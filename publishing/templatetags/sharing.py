"""The address and the description of the picture drawn for a text, for the head of its page."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from publishing.sharing_card import card_of, card_of_site

register = template.Library()


@register.simple_tag
def shared_picture(
    collection: str, slug: str, facts: dict[str, Any], title: str, page: object = "", page_slug: str = ""
) -> dict[str, str]:
    """`{address, alt}` for a work; with the title and the slug of a page, for that page."""
    card = card_of(facts, title, str(page))
    named = {"digest": card.digest, "collection": collection, "slug": slug}
    if page_slug:
        return {"address": reverse("shared_picture_of_page", kwargs={**named, "page": page_slug}), "alt": card.alt}
    return {"address": reverse("shared_picture", kwargs=named), "alt": card.alt}


@register.simple_tag
def shared_picture_of_site() -> dict[str, str]:
    card = card_of_site()
    return {"address": reverse("shared_picture_of_site", args=[card.digest]), "alt": card.alt}
