"""Stored pages: what is answered from the store, and that nothing stale survives there."""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from articles.actions.publish import publish as publish_article
from articles.models import Article
from publishing import page_store
from publishing import page_version as module
from publishing.actions.withdraw import withdraw
from publishing.page_version import page_version
from theses.actions.publish import publish
from theses.actions.restore import restore
from theses.models import Document, Section

pytestmark = pytest.mark.django_db

WORK = "/theses/les-marees/"
PAGE = f"{WORK}flux-et-reflux/"
EDITION = f"{WORK}editions/1/"
EDITION_PAGE = f"{EDITION}flux-et-reflux/"
ARTICLE = "/articles/le-phare/"
ARTICLE_EDITION = f"{ARTICLE}editions/1/"
ADDRESSES = [
    *(WORK, f"{WORK}figures/", f"{WORK}integral/", PAGE, EDITION, EDITION_PAGE, ARTICLE, ARTICLE_EDITION),
    *(f"/en{PAGE}", f"/en{ARTICLE}"),
]


@pytest.fixture(autouse=True)
def pages(settings: Settings, tmp_path: Path) -> Path:
    settings.PAGES_ROOT = tmp_path / "pages"
    return settings.PAGES_ROOT


@pytest.fixture
def work() -> Document:
    document = Document.objects.create(title="Les marées", slug="les-marees")
    for position, (title, slug) in enumerate([("Flux et reflux", "flux-et-reflux"), ("L’estran", "estran")], start=1):
        Section.objects.create(
            document=document,
            position=position,
            depth=1,
            kind=Section.Kind.CHAPTER,
            title=title,
            slug=slug,
            body="La mer monte deux fois par jour. " * 60,
        )
    publish(document=document, user=None)
    return document


@pytest.fixture
def article() -> Article:
    article = Article.objects.create(title="Le phare", slug="le-phare", body="La lampe tourne. " * 60)
    publish_article(article=article, user=None)
    return article


def read(client: Client, address: str) -> str:
    """What a browser shows, which accepts gzip."""
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    return gzip.decompress(response.content).decode()


def change_text(document: Document, text: str) -> None:
    section = document.sections.get(slug="flux-et-reflux")
    section.body = text
    section.save()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_costs_two_queries_at_first_and_one_later(
    work: Document, article: Article, client: Client, address: str
) -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        shown = read(client, address)
    with CaptureQueriesContext(connection) as second:
        assert read(client, address) == shown
    assert (len(first), len(second)) == (2, 1)


@pytest.mark.parametrize("address", ADDRESSES)
def test_codings(work: Document, article: Article, client: Client, address: str) -> None:
    read(client, address)
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "deflate, gzip;q=0.8"})
    brotlied = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    refused = client.get(address, headers={"Accept-Encoding": "br;q=0, identity"})
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    assert (packed["Content-Encoding"], brotlied["Content-Encoding"]) == ("gzip", "br")
    assert gzip.decompress(packed.content) == plain.content == brotli.decompress(brotlied.content) == refused.content
    assert b"<h1" in plain.content
    assert int(packed["Content-Length"]) == len(packed.content)
    for response in (plain, packed, brotlied):
        assert response["Vary"] == "Accept-Encoding"
        assert response["ETag"] == plain["ETag"]
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Permissions-Policy" in response.headers
        assert not response.cookies


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_first_answer_is_like_those_that_follow(
    work: Document, article: Article, client: Client, address: str
) -> None:
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    second = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert dict(first.items()) == dict(second.items())
    assert first.content == second.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_and_conditional_requests(work: Document, article: Article, client: Client, address: str) -> None:
    whole = client.get(address, headers={"Accept-Encoding": "gzip"})
    head = client.head(address, headers={"Accept-Encoding": "gzip"})
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in ("ETag", "Content-Length", "Vary")} == {
        name: whole[name] for name in ("ETag", "Content-Length", "Vary")
    }
    same = client.get(address, headers={"If-None-Match": whole["ETag"], "Accept-Encoding": "gzip"})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", whole["ETag"])
    assert same["Cache-Control"] == whole["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_who_may_keep_a_page(work: Document, article: Article, client: Client) -> None:
    for address in (WORK, PAGE, ARTICLE):
        assert client.get(address)["Cache-Control"] == "public, no-cache"
    for address in (EDITION, EDITION_PAGE, ARTICLE_EDITION):
        assert client.get(address)["Cache-Control"] == "public, max-age=31536000, immutable"
    withdraw(work=work, user=None)
    gone = client.get(EDITION_PAGE)
    assert gone.status_code == 410
    assert "immutable" not in gone.get("Cache-Control", "")
    assert "immutable" not in client.get(f"{EDITION}nulle-part/").get("Cache-Control", "")


def test_a_republication_shows_at_once(work: Document, article: Article, client: Client) -> None:
    tags = {address: client.get(address)["ETag"] for address in ADDRESSES}
    change_text(work, "La mer se retire.")
    publish(document=work, user=None)
    article.body = "La lampe est éteinte."
    article.save()
    publish_article(article=article, user=None)
    for address in (PAGE, f"/en{PAGE}", f"{WORK}integral/"):
        answered = client.get(address, headers={"If-None-Match": tags[address]})
        assert "La mer se retire." in answered.content.decode()
    for address in (ARTICLE, f"/en{ARTICLE}"):
        assert "La lampe est éteinte." in client.get(address).content.decode()
    assert "editions/2/" in client.get(WORK).content.decode()
    # The editions themselves are as they were, and say that there is a newer one.
    for address in (EDITION, EDITION_PAGE, ARTICLE_EDITION):
        assert "Lire l’édition la plus récente" in client.get(address).content.decode()
    assert "La mer monte" in client.get(EDITION_PAGE).content.decode()
    assert "La lampe tourne" in client.get(ARTICLE_EDITION).content.decode()


def test_an_edition_put_back_shows_at_once(work: Document, client: Client) -> None:
    read(client, PAGE)
    change_text(work, "La mer se retire.")
    publish(document=work, user=None)
    second = client.get(PAGE)
    restore(edition=work.editions.get(number=1), user=None)
    answered = client.get(PAGE, headers={"If-None-Match": second["ETag"], "If-Modified-Since": second.get("Date", "")})
    assert answered.status_code == 200
    assert "La mer monte" in answered.content.decode()


def test_a_withdrawal_shows_at_once(work: Document, article: Article, client: Client) -> None:
    tags = {address: client.get(address)["ETag"] for address in ADDRESSES}
    withdraw(work=work, user=None)
    withdraw(work=article, user=None)
    for address, tag in tags.items():
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 410


def test_a_draft_does_not_show(work: Document, article: Article, client: Client, pages: Path) -> None:
    shown = {address: read(client, address) for address in ADDRESSES}
    change_text(work, "Un brouillon.")
    work.title, work.kind = "Un autre titre", Document.Kind.REPORT
    work.save()
    article.title = "Un autre titre"
    article.save()
    # Everything is rendered again.
    shutil.rmtree(pages)
    page_store._held.cache_clear()
    assert {address: read(client, address) for address in ADDRESSES} == shown


def test_a_rendering_shows_at_once(work: Document, client: Client) -> None:
    read(client, PAGE)
    edition = work.editions.get()
    edition.pages.filter(slug="flux-et-reflux").update(html="<p>Écrit par un nouveau rendu.</p>")
    edition.renderer = "next"
    edition.save(rerender=True, update_fields=["renderer"])
    assert "Écrit par un nouveau rendu." in read(client, PAGE)
    assert "Écrit par un nouveau rendu." in read(client, EDITION_PAGE)


def test_the_name_of_the_site_shows_at_once(work: Document, client: Client, settings: Settings) -> None:
    assert "La revue des marées" not in read(client, PAGE)
    settings.SITE_NAME = "La revue des marées"
    assert "La revue des marées" in read(client, PAGE)


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A folder of templates that stand before those of the site; a new process is what `page_version` forgets."""
    templates = tmp_path / "templates"
    templates.mkdir()
    engine = {**settings.TEMPLATES[0], "DIRS": [templates, *settings.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [engine]
    yield templates
    page_version.cache_clear()


def restart(settings: Settings) -> None:
    page_version.cache_clear()
    # Django forgets the templates that it read when the setting changes.
    settings.TEMPLATES = [*settings.TEMPLATES]


def test_a_template_change_shows_after_a_restart(
    work: Document, client: Client, settings: Settings, deployment: Path
) -> None:
    before = read(client, PAGE)
    (deployment / "_footer.html").write_text("<footer>Un nouveau pied</footer>")
    restart(settings)
    assert "Un nouveau pied" in read(client, PAGE)
    (deployment / "_footer.html").unlink()
    restart(settings)
    assert read(client, PAGE) == before


def test_static_files_and_code_show_after_a_restart(
    work: Document, client: Client, settings: Settings, deployment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = [client.get(PAGE)["ETag"]]
    monkeypatch.setattr(module, "staticfiles_storage", SimpleNamespace(hashed_files={"a.css": "a.123.css"}))
    restart(settings)
    tags.append(client.get(PAGE)["ETag"])
    monkeypatch.setattr(module, "staticfiles_storage", SimpleNamespace(hashed_files={"a.css": "a.456.css"}))
    restart(settings)
    tags.append(client.get(PAGE)["ETag"])
    code = settings.BASE_DIR / "publishing" / "typography.py"
    assert code in set(module._files())
    assert settings.BASE_DIR / "genai_site" / "urls.py" in set(module._files())
    assert len(set(tags)) == 3


def test_hosts_and_schemes_do_not_share_a_page(work: Document, client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["a.example.org", "b.example.org"]
    bodies = [
        client.get(PAGE, headers={"Host": host}, secure=secure).content.decode()
        for host in settings.ALLOWED_HOSTS
        for secure in (False, True)
    ]
    for body, origin in zip(
        bodies,
        ["http://a.example.org", "https://a.example.org", "http://b.example.org", "https://b.example.org"],
        strict=True,
    ):
        assert f'rel="canonical" href="{origin}{PAGE}"' in body


def test_someone_with_a_session_gets_a_page_of_their_own(work: Document, client: Client, pages: Path) -> None:
    client.force_login(User.objects.create_user("camille", is_staff=True))
    response = client.get(EDITION_PAGE)
    assert response["Cache-Control"] == "private, no-cache"
    assert not pages.exists()
    read(Client(), EDITION_PAGE)
    assert client.get(EDITION_PAGE)["Cache-Control"] == "private, no-cache"


def test_a_query_string_makes_no_other_page(work: Document, client: Client, pages: Path) -> None:
    read(client, PAGE)
    count = len(list(pages.iterdir()))
    assert read(client, f"{PAGE}?utm_source=ailleurs") == read(client, PAGE)
    assert len(list(pages.iterdir())) == count


def test_only_pages_are_stored(work: Document, client: Client, pages: Path) -> None:
    assert client.get(f"{WORK}nulle-part/").status_code == 404
    assert client.get(f"{WORK}editions/7/").status_code == 404
    assert client.get(f"{WORK}editions/{10**30}/").status_code == 404
    assert client.get("/articles/rien/").status_code == 404
    assert not pages.exists()


def test_a_store_that_fails_costs_no_page(work: Document, client: Client, pages: Path) -> None:
    pages.write_text("A file stands where the folder should be.")
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "La mer monte" in response.content.decode()
    assert "La mer monte" in read(client, PAGE)


def test_debugging_stores_nothing(work: Document, client: Client, settings: Settings, pages: Path) -> None:
    settings.DEBUG = True
    assert client.get(PAGE).status_code == 200
    assert not pages.exists()
