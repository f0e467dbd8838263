"""Screens of the admin that no other test looks at, at the width of a phone in the dark and of a desk in the light."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page

from articles.models import Article
from genai_site.tests.browsing import violations
from publishing.models import Author
from theses.actions.publish import publish
from theses.models import Document, DocumentContribution, Section

STOCK = "empty-table-header"
"""The tables of rows within a form are the admin's own, and so are their two columns without a head."""
SIDEWAYS = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.mark.parametrize(("width", "colour"), [(390, "dark"), (1440, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    new_page: Callable[..., Page], sign_in: Any, watch: Any, width: int, colour: str
) -> None:
    document = Document.objects.create(title="Un essai", slug="un-essai", ai_level="none")
    Section.objects.create(
        document=document, position=1, depth=1, title="Ateliers", slug="ateliers", body="La machine."
    )
    author = Author.objects.create(name="Ada Exemple", slug="ada-exemple")
    DocumentContribution.objects.create(document=document, author=author)
    edition = publish(document=document, user=None)
    article = Article.objects.create(title="Une note", slug="une-note", body="La machine.")
    of_document = ("change", "check", "ai", "versions", "numbers")
    addresses = [
        *(reverse(f"admin:theses_document_{screen}", args=[document.pk]) for screen in of_document),
        reverse("admin:articles_article_change", args=[article.pk]),
        f"{reverse('admin:theses_section_changelist')}?document__id__exact={document.pk}",
        f"{reverse('admin:theses_document_withdraw')}?pk={document.pk}",
        reverse("admin:theses_documentedition_changelist"),
        reverse("admin:theses_documentedition_draft", args=[edition.pk]),
        f"{reverse('admin_search')}?q=machine",
        reverse("admin:genai_site_oldaddress_broken"),
    ]
    page = new_page(width=width, colour=colour)
    sign_in(page, User.objects.create_superuser("redaction-en-chef", password="sans-objet"))
    found = []
    for address in addresses:
        page.goto(address, wait_until="load")
        found += [f"{address} {each}" for each in violations(page) if not each.startswith(STOCK)]
        if page.evaluate(SIDEWAYS):
            found.append(f"{address} scrolls sideways")
    # Axe hides what it looks behind; the policy of the page refuses its styles.
    watch.forgive("Applying inline style")
    assert not found, "\n".join(found)
