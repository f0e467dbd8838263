"""The main job, in a browser: log in, upload, review, confirm, publish, read a chapter, follow a note and come back."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from theses.models import Document

PASSWORD = "une-phrase-de-passe-d-essai"
SAMPLE = settings.BASE_DIR / "samples" / "livre-blanc-editer-avec-la-machine.md"


@pytest.fixture
def editor(live_server: Any) -> User:
    from genai_site.groups import group_of

    user = User.objects.create_user("redaction", password=PASSWORD, is_staff=True)
    user.groups.add(group_of("importer"), group_of("publisher"))
    return user


def log_in(page: Page, user: User) -> None:
    page.goto("/admin/")
    page.get_by_label("Nom d’utilisateur").or_(page.locator("#id_username")).first.fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Connexion").click()
    expect(page.locator("#user-tools")).to_be_visible()


def import_and_publish(page: Page, path: Path) -> Document:
    page.goto("/admin/imports/sourcefile/add/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Lire ces fichiers").click()
    expect(page.get_by_role("heading", name="Ce que la lecture signale")).to_be_visible(timeout=60_000)
    assert not Document.objects.exists(), "nothing is stored before the importer agrees"
    expect(page.locator("#id_title")).not_to_have_value("")
    expect(page.locator("#id_kind")).to_have_value("whitepaper")
    page.locator("#id_ai_level").select_option("none")
    page.get_by_role("button", name="Importer et publier").click()
    expect(page.get_by_role("link", name="voir la page")).to_be_visible(timeout=60_000)
    document: Document = Document.objects.published().get()
    page.get_by_role("link", name="voir la page").click()
    expect(page).to_have_url(re.compile(re.escape(document.get_absolute_url()) + "$"))
    assert plain(document.title) in plain(page.locator("h1").inner_text())
    return document


def read_through(page: Page, document: Document) -> int:
    """From the cover, page after page by "Suivant" to the end; every heading of the outline was on the way."""
    edition = document.current_edition
    assert edition is not None
    slugs = [page_.slug for page_ in edition.pages.all()]
    page.goto(f"{document.get_absolute_url()}{slugs[0]}/")
    seen = []
    for slug in slugs:
        expect(page).to_have_url(re.compile(f"/{re.escape(slug)}/$"))
        seen += page.locator("main :is(h1, h2, h3, h4, h5, h6)").all_inner_texts()
        if slug != slugs[-1]:
            page.locator("a.next").click()
    expect(page.locator("a.next")).to_have_attribute("href", document.get_absolute_url())
    text = plain(" ".join(seen))
    assert [entry["title"] for entry in edition.outline if plain(entry["title"]) not in text] == []
    return len(slugs)


def plain(text: str) -> str:
    """Words alone, whatever typography they are set in."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def follow_first_note(page: Page, document: Document) -> None:
    """A note call opens its note in place; without script it leads to the note, whose way back leads to the call."""
    edition = document.current_edition
    assert edition is not None
    cited = next(page_ for page_ in edition.pages.all() if 'class="note-call"' in page_.html)
    page.goto(f"{document.get_absolute_url()}{cited.slug}/")
    call = page.locator("main a.note-call").first
    target = call.get_attribute("href")
    assert target is not None
    assert target.startswith("#note-")
    call.focus()
    page.keyboard.press("Enter")
    note = page.locator(target)
    card = page.get_by_role("dialog")
    expect(card).to_be_visible()
    first_words = " ".join(note.inner_text().split()[:4])
    expect(card).to_contain_text(first_words)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(call).to_be_focused()
    note.locator("a.back").first.click()
    expect(page).to_have_url(re.compile(f"#{call.get_attribute('id')}$"))
    expect(call).to_be_in_viewport()


def test_sample_whitepaper(page: Page, editor: User) -> None:
    log_in(page, editor)
    document = import_and_publish(page, SAMPLE)
    assert read_through(page, document) >= 5
    follow_first_note(page, document)


@pytest.mark.seeds
def test_real_whitepaper(page: Page, editor: User, seeds: Path) -> None:
    log_in(page, editor)
    document = import_and_publish(page, next(seeds.glob("002_*")))
    assert read_through(page, document) >= 5


def test_review_can_be_left_with_nothing_stored(page: Page, editor: User) -> None:
    log_in(page, editor)
    page.goto("/admin/imports/sourcefile/add/")
    page.locator("input[type=file]").set_input_files(SAMPLE)
    page.get_by_role("button", name="Lire ces fichiers").click()
    page.get_by_role("button", name="Abandonner").click()
    expect(page.get_by_text("rien n’a été enregistré")).to_be_visible()
    assert not Document.objects.exists()


def test_import_without_script(new_page: Callable[..., Page], editor: User) -> None:
    page = new_page(java_script_enabled=False)
    log_in(page, editor)
    document = import_and_publish(page, SAMPLE)
    assert read_through(page, document) >= 5
