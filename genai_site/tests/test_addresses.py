"""Addresses that are no pages: old ones lead on, pictures are served, links that lead nowhere are found."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles.actions.publish import publish as publish_article
from articles.models import Article
from genai_site.links import broken_links
from genai_site.models import OldAddress
from publishing.actions.withdraw import withdraw
from publishing.models import Author
from theses.actions.publish import publish as publish_document
from theses.models import Document, Figure

pytestmark = pytest.mark.django_db

# Old addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/vieille-page", "/vieille-page/"])
@pytest.mark.parametrize("asked", ["/vieille-page", "/vieille-page/"])
def test_an_old_address_leads_on(client: Client, path: str, asked: str) -> None:
    OldAddress.objects.create(path=path, target="/contact/")
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, "/contact/")


def test_its_query_goes_along(client: Client) -> None:
    OldAddress.objects.create(path="/recherche", target="/articles/")
    OldAddress.objects.create(path="/autre", target="/articles/?page=2")
    assert client.get("/recherche?q=a")["Location"] == "/articles/?q=a"
    assert client.get("/autre?q=a")["Location"] == "/articles/?page=2"


def test_a_page_that_exists_wins(client: Client) -> None:
    OldAddress.objects.create(path="/contact/", target="/articles/")
    assert client.get("/contact/").status_code == 200


def test_other_addresses_are_not_found(client: Client) -> None:
    OldAddress.objects.create(path="/vieille-page", target="/contact/")
    for path in ["/vieille", "/vieille-page/suite/", "/" + "x" * 600, "/%00", "/en/rien/"]:
        assert client.get(path).status_code == 404, path
    assert client.post("/vieille-page").status_code == 404


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("vieille", "/contact/"),
        ("/vieille", "contact/"),
        ("/vieille", "//ailleurs.example/"),
        ("/vieille", "javascript:alert(1)"),
        ("/vieille", "/vieille/"),
    ],
)
def test_what_an_editor_may_map(path: str, target: str) -> None:
    with pytest.raises(ValidationError):
        OldAddress(path=path, target=target).full_clean()


# Links ---------------------------------------------------------------------------------------------------------------


def test_links_that_lead_nowhere_are_found_and_mapped(client: Client, admin_client: Client) -> None:
    article = Article.objects.create(
        title="Un article",
        slug="un-article",
        body="[guide](/guide) [contact](/contact) [soi](/articles/un-article/) [brouillon](/articles/brouillon/) "
        "[dehors](https://example.org/guide) [ouvrage](/theses/un-rapport/texte/) [perdue](/theses/un-rapport/rien/)",
    )
    Article.objects.create(title="Brouillon", slug="brouillon", body="Rien.")
    document = Document.objects.create(title="Un rapport", slug="un-rapport", lead="Voir [là](/nulle-part/).")
    publish_article(article=article, user=None)
    publish_document(document=document, user=None)
    found = {(link.page, link.path) for link in broken_links()}
    assert found == {
        ("/articles/un-article/", "/guide"),
        ("/articles/un-article/", "/articles/brouillon/"),
        ("/articles/un-article/", "/theses/un-rapport/rien/"),
        ("/theses/un-rapport/texte/", "/nulle-part/"),
    }
    html = admin_client.get("/admin/genai_site/oldaddress/liens/").content.decode()
    assert "/admin/genai_site/oldaddress/add/?path=%2Fguide" in html
    assert "liens/" in admin_client.get("/admin/genai_site/oldaddress/").content.decode()
    out = StringIO()
    with pytest.raises(CommandError, match="4"):
        call_command("check_links", stdout=out)
    assert "/guide" in out.getvalue()
    for path in ("/guide", "/articles/brouillon/", "/theses/un-rapport/rien/", "/nulle-part"):
        OldAddress.objects.create(path=path, target="/contact/")
    call_command("check_links", stdout=out)
    assert "mène à une page" in admin_client.get("/admin/genai_site/oldaddress/liens/").content.decode()


def test_only_staff_looks_for_broken_links(client: Client) -> None:
    assert client.get("/admin/genai_site/oldaddress/liens/").status_code == 302


# Pictures ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = tmp_path / "media" / "figures"
    folder.mkdir(parents=True)
    for name in ("a.png", "b.svg", "c.html", "d.PNG"):
        (folder / name).write_bytes(b"octets")
    (tmp_path / "secret.png").write_bytes(b"secret")
    os.symlink(tmp_path / "secret.png", folder / "lien.png")
    (folder / "dossier.png").mkdir()
    return folder


def show(*names: str) -> None:
    """An edition that readers see shows these pictures."""
    document = Document.objects.create(title="Un", slug="un-ouvrage", lead="Texte.")
    for number, name in enumerate(names, start=1):
        Figure.objects.create(document=document, position=number, key=f"figure-{number}", image=name)
    publish_document(document=document, user=None)


def fetch(client: Client, path: str) -> Any:
    """The answer, read to its end where it is the file."""
    response = client.get(path)
    if response.streaming:
        assert b"".join(response.streaming_content) == b"octets"  # type: ignore[arg-type]
    return response


def test_a_picture_is_served_and_kept(client: Client, media: Path) -> None:
    show("figures/a.png", "figures/d.PNG")
    response = fetch(client, "/media/figures/a.png")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in response["Cache-Control"]
    again = client.get("/media/figures/a.png", headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304
    assert fetch(client, "/media/figures/d.PNG")["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "path",
    [
        "figures/rien.png",
        "figures/b.svg",
        "figures/c.html",
        "figures/lien.png",
        "figures/dossier.png",
        "figures/",
        "../secret.png",
        "figures/../../secret.png",
        "%2e%2e/secret.png",
        "/etc/passwd",
        "figures/a.png%00.png",
        f"figures/{'x' * 400}.png",
    ],
)
def test_nothing_else_is_served(client: Client, admin_client: Client, media: Path, path: str) -> None:
    assert admin_client.get(f"/media/{path}").status_code == 404
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("state", ["draft", "scheduled", "published", "withdrawn"])
@pytest.mark.parametrize("kind", ["figures", "covers", "articles"])
def test_the_picture_of_a_work_is_as_public_as_the_work(
    client: Client, admin_client: Client, media: Path, kind: str, state: str
) -> None:
    folder = media.parent / kind
    folder.mkdir(exist_ok=True)
    (folder / "image.png").write_bytes(b"octets")
    name = f"{kind}/image.png"
    work: Article | Document
    cover = name if kind == "covers" else ""
    if kind == "articles":
        work = Article.objects.create(title="Un", slug="un", body="Texte.", hero_image=name)
        publish_article(article=work, user=None)
    else:
        work = Document.objects.create(title="Un", slug="un", lead="Texte.", cover_image=cover)
        if kind == "figures":
            Figure.objects.create(document=work, key="figure-1", image=name)
        publish_document(document=work, user=None)
    now = timezone.now()
    type(work).objects.filter(pk=work.pk).update(state=state, scheduled_for=now, withdrawn_at=now)
    answer = fetch(client, f"/media/{name}")
    assert answer.status_code == (200 if state == "published" else 404)
    seen = fetch(admin_client, f"/media/{name}")
    assert seen.status_code == 200
    assert seen["Cache-Control"].startswith("public" if state == "published" else "private")


def test_a_picture_of_the_draft_alone_is_not_public_and_one_of_an_earlier_edition_stays_so(
    client: Client, media: Path
) -> None:
    show("figures/a.png")
    Figure.objects.update(image="figures/d.PNG")
    assert client.get("/media/figures/d.PNG").status_code == 404
    publish_document(document=Document.objects.get(), user=None)
    for name in ("a.png", "d.PNG"):
        assert fetch(client, f"/media/figures/{name}").status_code == 200
    withdraw(work=Document.objects.get(), user=None)
    for name in ("a.png", "d.PNG", "inconnu.png"):
        assert client.get(f"/media/figures/{name}").status_code == 404


def test_the_portrait_of_somebody_whom_readers_do_not_know_is_not_public(client: Client, media: Path) -> None:
    (media.parent / "authors").mkdir()
    (media.parent / "authors" / "a.png").write_bytes(b"octets")
    author = Author.objects.create(name="Ana", slug="ana", portrait="authors/a.png")
    assert client.get("/media/authors/a.png").status_code == 404
    article = Article.objects.create(title="Un", slug="un", body="Texte.")
    article.contributions.create(author=author)
    publish_article(article=article, user=None)
    assert fetch(client, "/media/authors/a.png").status_code == 200


def test_pictures_are_only_read(client: Client, media: Path) -> None:
    assert client.post("/media/figures/a.png").status_code == 405
