"""The editors' job, in a browser: from a doubtful import to signed editions, on a thesis as an OCR tool leaves it.

One person uploads, reviews, corrects, confirms, arranges, writes, illustrates, fails the check, mends, publishes twice,
compares, puts back, shows a preview to somebody without an account, and withdraws. The steps stand in that order.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from genai_site.tests.browsing import Watch
from theses.models import Document, Section

SAMPLE = settings.BASE_DIR / "samples" / "these-ecrire-avec-relire-contre.txt"
LONG = 120_000
"""Milliseconds that the longest step may take on a busy machine: reading, storing or publishing a thesis."""


@pytest.fixture
def publisher(live_server: Any) -> User:
    from genai_site.groups import group_of

    user = User.objects.create_user("claire", password="-", is_staff=True)
    user.groups.set(group_of(role) for role in ("importer", "publisher"))
    return user


@pytest.fixture(autouse=True)
def stored_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("source", [SAMPLE, pytest.param("003_*", marks=pytest.mark.seeds)], ids=["sample", "seed"])
def test_from_upload_to_withdrawal(
    source: Path | str,
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, User], None],
    publisher: User,
    watch: Watch,
    seeds: Path,
) -> None:
    path = source if isinstance(source, Path) else next(seeds.glob(source))
    page = new_page()
    sign_in(page, publisher)
    upload(page, path)
    correct_three_findings(page)
    document = confirm(page)
    reorder(page, document)
    section = edit_a_section(page, document)
    attach_two_pictures(page, document)
    fail_the_check(page, document, section)
    mend(page, section)
    publish(page, document, "Première édition")
    assert words_of(document, "Une phrase de l’éditrice")
    change(page, section)
    publish(page, document, "La phrase est plus courte")
    compare(page, document)
    put_back(page, document)
    link = preview_link(page, document)
    stranger = new_page()
    read_by_link(stranger, link)
    withdraw(page, document)
    find_nothing(stranger, [link, document.get_absolute_url()])
    watch.forgive("status of 410")


def upload(page: Page, path: Path) -> None:
    page.goto(reverse("admin:imports_sourcefile_add"))
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Lire ces fichiers").click()
    expect(page.get_by_role("heading", name="Ce que la lecture signale")).to_be_visible(timeout=LONG)


def correct_three_findings(page: Page) -> None:
    """A heading at another level, a heading that is none, a doubt that is dismissed."""
    headings = page.locator(".outline input[name=lines]")
    before = headings.count()

    def decide(button: str) -> None:
        page.get_by_role("button", name=button).first.click()
        expect(page.locator(".messagelist")).to_contain_text("C’est noté", timeout=LONG)

    headings.nth(before // 2).check()
    page.locator("select[name=depth]").select_option("4")
    decide("Appliquer aux titres cochés")
    headings.last.check()
    decide("Ce ne sont pas des titres")
    expect(headings).to_have_count(before - 1)
    group = page.locator(".severity details").last
    group.locator("summary").click()
    group.locator("input[name=findings]").first.check()
    group.get_by_role("button", name="Écarter les cochés").click()
    expect(page.locator(".messagelist")).to_contain_text("C’est noté", timeout=LONG)
    expect(page.locator(".decided .badge")).to_have_text("3")


def confirm(page: Page) -> Document:
    page.get_by_role("button", name="Importer en brouillon").click()
    page.wait_for_url("**/change/", timeout=LONG)
    page.get_by_role("link", name="Corriger le brouillon").click()
    return Document.objects.get()


def reorder(page: Page, document: Document) -> None:
    """The second chapter goes before the first, and the third button takes it back: the outline is as it was."""
    page.get_by_role("link", name="Plan", exact=True).click()
    chapters = list(document.sections.filter(depth=1).order_by("position"))
    last, before = chapters[-1], chapters[-2]
    page.locator(f"#r{last.pk}").check()
    page.keyboard.press("Alt+ArrowUp")
    page.locator(".outline-desk:not([aria-busy])").wait_for()
    last.refresh_from_db()
    before.refresh_from_db()
    assert last.position < before.position
    page.keyboard.press("Control+z")
    page.locator(".outline-desk:not([aria-busy])").wait_for()
    last.refresh_from_db()
    before.refresh_from_db()
    assert last.position > before.position


def edit_a_section(page: Page, document: Document) -> Section:
    """A sentence with a citation and a note, by the buttons of the editor, and a link that leads nowhere."""
    section: Section = next(found for found in document.sections.filter(depth__gte=2) if len(found.body.split()) > 80)
    page.goto(reverse("admin:theses_section_change", args=[section.pk]))
    area = page.locator(".writing textarea")
    page.locator(".writing-bar").wait_for()
    area.evaluate("area => { area.focus(); area.setSelectionRange(area.value.length, area.value.length); }")
    page.keyboard.insert_text("\n\nUne phrase de l’éditrice, qui mène [nulle part](#nulle-part) ")
    page.get_by_role("button", name="Référence").click()
    page.locator(".writing-picker [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    expect(area).to_have_value(re.compile(r"nulle-part\) ?\[.*\]\(cite:"))
    page.get_by_role("button", name="Note", exact=True).click()
    page.keyboard.type("Une note de l’éditrice.")
    page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    section.refresh_from_db()
    assert "(cite:" in section.body
    assert "]: Une note de l’éditrice." in section.body
    return section


def attach_two_pictures(page: Page, document: Document) -> None:
    page.goto(reverse("admin:theses_figure_desk", args=[document.pk]))
    numbers = list(document.figures.exclude(number="").values_list("number", flat=True)[:2])
    names = [f"figure-{number}.png" for number in numbers]
    page.locator("input[type=file]").set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": drawing()} for name in names]
    )
    page.get_by_role("button", name="Envoyer ces images").click()
    for name in names:
        page.get_by_role("group", name=name).get_by_label("Texte de remplacement").fill(f"Un carré, {name}.")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_text("2 images sont à leur place.").wait_for()
    assert document.figures.exclude(image="").count() == 2


def drawing() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (900, 600), "#456").save(data, "PNG")
    return data.getvalue()


def fail_the_check(page: Page, document: Document, section: Section) -> None:
    """The dead link forbids publication; the check leads back to the section that holds it."""
    page.goto(reverse("admin:theses_document_change", args=[document.pk]))
    page.get_by_role("link", name="Contrôle", exact=True).click()
    blocking = page.locator(".checking .blocking")
    expect(blocking.get_by_role("link", name=str(section))).to_be_visible()
    expect(page.locator("#content").get_by_role("link", name="Publier…")).to_have_count(0)
    page.goto(f"{reverse('admin:theses_document_publish')}?pk={document.pk}")
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)
    page.get_by_role("link", name="Tout le contrôle").click()
    blocking.get_by_role("link", name=str(section)).click()


def mend(page: Page, section: Section) -> None:
    area = page.locator(".writing textarea")
    expect(area).to_have_value(re.compile("nulle-part"))
    area.fill(area.input_value().replace("[nulle part](#nulle-part)", "quelque part"))
    page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="Notice", exact=True).click()
    page.locator("#id_ai_level").select_option("assisted")
    page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="Contrôle", exact=True).click()
    expect(page.get_by_text("Rien n’empêche de publier")).to_be_visible(timeout=LONG)
    page.locator("#content").get_by_role("link", name="Publier…").click()


def publish(page: Page, document: Document, note: str) -> None:
    page.locator("#id_change_note").fill(note)
    page.get_by_role("button", name="Publier").click()
    expect(page.locator(".publication-progress .success")).to_be_visible(timeout=LONG)
    document.refresh_from_db()
    assert document.current_edition is not None
    assert document.current_edition.change_note == note


def words_of(document: Document, words: str) -> bool:
    """Whether the edition that readers see holds these words."""
    edition = document.current_edition
    return edition is not None and edition.passages().filter(text__contains=words).exists()


def change(page: Page, section: Section) -> None:
    page.goto(reverse("admin:theses_section_change", args=[section.pk]))
    area = page.locator(".writing textarea")
    area.fill(area.input_value().replace("Une phrase de l’éditrice, qui mène", "Cette phrase mène"))
    page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="Notice", exact=True).click()
    page.get_by_role("link", name="Publier…").click()


def compare(page: Page, document: Document) -> None:
    address = reverse("admin:theses_document_compare", args=[document.pk])
    page.goto(f"{address}?de=1&a=2")
    expect(page.locator(".comparing ins").filter(has_text="Cette").first).to_be_visible()
    expect(page.locator(".comparing del").filter(has_text="Une").first).to_be_visible()
    page.goto(f"{address}?de=2&a=brouillon")
    expect(page.get_by_text("Rien ne change.")).to_be_visible()


def put_back(page: Page, document: Document) -> None:
    """Edition 1 before readers again, and as the draft."""
    first = document.editions.get(number=1)
    for verb, button in (("restore", "Rétablir"), ("draft", "Reprendre comme brouillon")):
        page.goto(reverse(f"admin:theses_documentedition_{verb}", args=[first.pk]))
        page.get_by_role("button", name=button).click()
        expect(page.locator(".messagelist .success")).to_be_visible(timeout=LONG)
    document.refresh_from_db()
    assert document.current_edition == first
    assert any("Une phrase de l’éditrice" in body for body in document.sections.values_list("body", flat=True))


def preview_link(page: Page, document: Document) -> str:
    page.goto(reverse("admin:theses_document_change", args=[document.pk]))
    page.get_by_role("link", name="Liens d’aperçu").click()
    page.get_by_label("Pour qui").fill("le jury")
    page.get_by_role("button", name="Créer le lien").click()
    return page.get_by_label("Adresse du lien").input_value()


def withdraw(page: Page, document: Document) -> None:
    page.goto(f"{reverse('admin:theses_document_withdraw')}?pk={document.pk}")
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def read_by_link(stranger: Page, link: str) -> None:
    """Somebody without an account reads the draft, from page to page."""
    answer = stranger.goto(link)
    assert answer is not None
    assert answer.status == 200
    assert "noindex" in answer.headers["x-robots-tag"]
    stranger.locator("main ol a").first.click()
    expect(stranger.locator("main h1")).to_be_visible()
    assert stranger.url.startswith(link)
    assert stranger.url != link


def find_nothing(stranger: Page, addresses: list[str]) -> None:
    for address in addresses:
        answer = stranger.goto(address)
        assert answer is not None
        assert answer.status == 410
        expect(stranger.locator("main h1")).to_be_visible()
