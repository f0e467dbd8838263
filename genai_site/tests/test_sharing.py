"""The picture made for sharing a work is public with the work, and the pages name it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from PIL import Image
from pytest_django import Settings

from articles.models import Article
from genai_site import sharing
from publishing.actions.withdraw import withdraw
from theses.actions.publish import publish
from theses.models import Document, Section

pytestmark = pytest.mark.django_db


def named_picture(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    found = re.search(r'<meta property="og:image" content="http://testserver([^"]+)">', html)
    assert found, address
    return found[1]


@pytest.fixture(autouse=True)
def pages(settings: Settings, tmp_path: Path) -> Path:
    settings.PAGES_ROOT = tmp_path / "pages"
    return settings.PAGES_ROOT


def test_every_published_work_has_its_picture(client: Client) -> None:
    call_command("import_samples", verbosity=0)
    works = [*Article.objects.published(), *Document.objects.published()]
    assert works
    pictures = set()
    for work in works:
        address = named_picture(client, work.get_absolute_url())
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        assert answer["Content-Type"] == "image/png"
        assert Image.open(BytesIO(body)).width >= 600
        pictures.add(body)
    assert len(pictures) == len(works)


@pytest.fixture
def work() -> Document:
    document = Document.objects.create(title="Les marées", slug="les-marees")
    for position, slug in enumerate(["flot", "jusant"], start=1):
        Section.objects.create(
            document=document, position=position, depth=1, kind="chapter", title=slug, slug=slug, body="La mer. " * 99
        )
    document.sections.update(starts_page=True)
    publish(document=document, user=None)
    return document


def test_each_page_has_a_picture_of_its_own(client: Client, work: Document) -> None:
    pages = [f"/theses/les-marees/{slug}" for slug in ("", "flot/", "jusant/")]
    addresses = [named_picture(client, page) for page in pages]
    bodies = {client.get(address).content for address in addresses}
    assert len(set(addresses)) == len(bodies) == 3
    html = client.get(pages[1]).content.decode()
    assert '<meta property="og:image:width" content="1200">' in html
    assert '<meta property="og:image:height" content="630">' in html
    assert '<meta property="og:image:alt" content="flot, Les marées">' in html


def test_a_picture_is_drawn_once_and_kept_for_ever(
    client: Client, work: Document, monkeypatch: pytest.MonkeyPatch, pages: Path
) -> None:
    address = named_picture(client, "/theses/les-marees/flot/")
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    monkeypatch.setattr(sharing, "picture", lambda card: pytest.fail("drawn again"))
    assert client.get(address).content == first.content
    assert client.head(address)["Content-Length"] == str(len(first.content))
    assert len(list(pages.glob("*.png"))) == 1


def test_a_new_title_gets_a_new_picture_and_old_addresses_lead_to_it(client: Client, work: Document) -> None:
    old = named_picture(client, "/theses/les-marees/")
    before = client.get(old).content
    work.title = "Les grandes marées"
    work.save()
    assert client.get(old).content == before
    publish(document=work, user=None)
    new = named_picture(client, "/theses/les-marees/")
    moved = client.get(old)
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (302, new, "public, no-cache")
    assert client.get(new).content != before
    assert client.get("/partage/site/theses/les-marees.png")["Location"] == new


def test_what_was_withdrawn_has_no_picture(client: Client, work: Document) -> None:
    addresses = [named_picture(client, f"/theses/les-marees/{slug}") for slug in ("", "flot/")]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    withdraw(work=work, user=None)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_the_home_page_names_the_picture_of_the_site(client: Client) -> None:
    answer = client.get(named_picture(client, "/"))
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


@pytest.mark.parametrize(
    "path", ["articles/brouillon", "theses/brouillon", "theses/brouillon/flux", "auteurs/brouillon", "articles/rien"]
)
def test_what_is_not_public_has_no_picture(client: Client, path: str) -> None:
    Article.objects.create(title="Brouillon", slug="brouillon")
    Document.objects.create(title="Brouillon", slug="brouillon")
    assert client.get(f"/partage/abc/{path}.png").status_code == 404
    client.force_login(User.objects.create_superuser("chef", password="x"))
    assert client.get(f"/partage/abc/{path}.png").status_code == 404
