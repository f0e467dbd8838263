"""A preview link in a browser: made and copied by a publisher, opened without an account by a jury, and closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from genai_site.groups import group_of
from theses.models import Document, Section


@pytest.mark.parametrize(("width", "colour"), [(1440, "light"), (390, "dark")])
def test_made_copied_opened_and_closed(
    new_page: Callable[..., Page], sign_in: Any, axe: Callable[[Page], None], watch: Any, width: int, colour: str
) -> None:
    document = Document.objects.create(title="Un essai", slug="un-essai")
    for position, slug in enumerate(("un", "deux"), start=1):
        Section.objects.create(
            document=document, position=position, depth=1, title=f"Partie {slug}", slug=slug, starts_page=True
        )
    publisher = User.objects.create_user("paul", is_staff=True)
    publisher.groups.add(group_of("publisher"))
    page = new_page(width=width, colour=colour, permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, publisher)
    page.goto(f"/admin/theses/document/{document.pk}/change/")
    page.get_by_role("link", name="Liens d’aperçu").click()
    page.get_by_label("Pour qui").fill("le jury")
    page.get_by_role("button", name="Créer le lien").click()
    page.get_by_role("button", name="Copier").click()
    expect(page.locator(".made [role=status]")).to_have_text("Copié")
    axe(page)
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.get_by_label("Adresse du lien").input_value()

    jury = new_page(width=width, colour=colour)
    jury.goto(address)
    expect(jury.get_by_text("Ce brouillon n’est pas public.")).to_be_visible()
    axe(jury)
    jury.get_by_role("link", name="Commencer la lecture").click()
    jury.locator("a.next").click()
    expect(jury.locator("h1")).to_contain_text("Partie deux")
    assert jury.url == f"{address}deux/"

    page.get_by_role("button", name="Fermer").click()
    expect(page.get_by_text("n’ouvre plus rien")).to_be_visible()
    axe(page)
    jury.goto(address)
    expect(jury.get_by_role("heading", name="Ce lien d’aperçu n’ouvre plus rien")).to_be_visible()
    # The console of the browser reports the answer, which is what is meant.
    watch.forgive("410")
    # Axe hides what it looks behind; the policy of the page refuses its styles.
    watch.forgive("Applying inline style")
