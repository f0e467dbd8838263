"""Home, authors, tags, feeds, sitemap: what is public is on all of them, and nothing else is on any."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.actions.publish import publish as publish_article
from articles.models import Article, ArticleContribution
from publishing.actions.withdraw import withdraw
from publishing.models import Author
from theses.actions.publish import publish as publish_document
from theses.models import Document, DocumentContribution

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def author(db: None) -> Author:
    return Author.objects.create(name="Ida Marchal", family_name="Marchal", slug="ida-marchal", biography="*Lit* tout.")


@pytest.fixture
def article(author: Author) -> Article:
    article = Article.objects.create(title="Un article public", slug="un-article", body="Du texte.", featured=True)
    ArticleContribution.objects.create(article=article, author=author)
    article.tags.add("Lecture")
    publish_article(article=article, user=None)
    return article


@pytest.fixture
def document(author: Author) -> Document:
    document = Document.objects.create(title="Un ouvrage public", slug="un-ouvrage", lead="Du texte.")
    DocumentContribution.objects.create(document=document, author=author)
    document.tags.add("Lecture")
    publish_document(document=document, user=None)
    return document


@pytest.fixture
def drafts(author: Author) -> None:
    """A draft article and a draft document of the same author, under the same tag."""
    article = Article.objects.create(title="Brouillon caché", slug="brouillon", body="Secret.", featured=True)
    ArticleContribution.objects.create(article=article, author=author)
    article.tags.add("Lecture")
    document = Document.objects.create(title="Ouvrage caché", slug="brouillon-long", lead="Secret.")
    DocumentContribution.objects.create(document=document, author=author)
    document.tags.add("Lecture")


SURFACES = [
    *("/", "/articles/", "/theses/", "/auteurs/", "/auteurs/ida-marchal/", "/mots-cles/lecture/"),
    *("/flux/", "/articles/flux/", "/theses/flux/", "/auteurs/ida-marchal/flux/", "/mots-cles/lecture/flux/"),
    *("/sitemap-articles.xml", "/sitemap-ouvrages.xml", "/sitemap-pages.xml", "/sitemap-auteurs.xml"),
]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.usefixtures("article", "document", "drafts")
def test_drafts_are_nowhere(client: Client, surface: str) -> None:
    response = client.get(surface)
    assert response.status_code == 200
    html = response.content.decode()
    assert "caché" not in html
    assert "brouillon" not in html.lower()


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_withdrawn_leaves_every_surface(
    client: Client, article: Article, document: Document, surface: str
) -> None:
    assert any(slug in client.get(surface).content.decode() for slug in ("un-article", "un-ouvrage", "ida-marchal"))
    withdraw(work=article, user=None)
    withdraw(work=document, user=None)
    response = client.get(surface)
    if surface.startswith("/auteurs/ida"):
        assert response.status_code == 404
    html = response.content.decode()
    assert "un-article" not in html
    assert "un-ouvrage" not in html


def test_a_draft_does_not_name_its_authors_and_tags_before_it_is_published(
    client: Client, article: Article, document: Document
) -> None:
    """What readers see follows the edition, not the draft."""
    other = Author.objects.create(name="Léo Petit", slug="leo-petit")
    DocumentContribution.objects.create(document=document, author=other)
    document.tags.add("Neuf")
    for address in ("/auteurs/leo-petit/", "/auteurs/leo-petit/flux/", "/mots-cles/neuf/", "/mots-cles/neuf/flux/"):
        assert client.get(address).status_code == 404
    assert "Léo Petit" not in client.get("/auteurs/").content.decode()
    publish_document(document=document, user=None)
    assert client.get("/auteurs/leo-petit/").context["documents"] == [document]
    assert client.get("/mots-cles/neuf/").context["documents"] == [document]


def test_home(client: Client, article: Article, document: Document) -> None:
    context = client.get("/").context
    assert list(context["featured"]) == [article]
    assert list(context["documents"]) == [document]
    assert list(context["articles"]) == [article]


def test_lists_follow_the_dates_that_they_show(client: Client, article: Article) -> None:
    """Without a date of its own, an article counts by the day of its publication, which is today."""
    for slug, date, precision in [("vieux", "2019-03-02", "day"), ("recent", "2024-08-01", "month")]:
        other = Article.objects.create(title=slug, slug=slug, body="Texte.", date=date, date_precision=precision)
        other.refresh_from_db()
        publish_article(article=other, user=None)
    for address in ("/articles/", "/"):
        shown = [item.slug for item in client.get(address).context["articles"]]
        assert shown == [article.slug, "recent", "vieux"]


def test_authors_stand_by_their_family_name_or_the_only_one_they_have(
    client: Client, article: Article, document: Document
) -> None:
    for name, family in [("Zoé Abadie", "Abadie"), ("L’équipe", ""), ("Bo Noël", "Noël")]:
        other = Author.objects.create(name=name, family_name=family, slug=name[:2].lower().replace("’", "e"))
        ArticleContribution.objects.create(article=article, author=other, position=9)
    publish_article(article=article, user=None)
    shown = [author.name for author in client.get(reverse("authors")).context["authors"]]
    assert shown.index("Zoé Abadie") < shown.index("L’équipe") < shown.index("Bo Noël")


def test_the_page_of_a_supervisor_says_so(client: Client, document: Document) -> None:
    guide = Author.objects.create(name="Jean Roux", slug="jean-roux")
    DocumentContribution.objects.create(document=document, author=guide, role="supervisor", position=2)
    publish_document(document=document, user=None)
    text = client.get(guide.get_absolute_url()).content.decode()
    assert "· Direction</p>" in text


def test_author(client: Client, article: Article, document: Document) -> None:
    response = client.get("/auteurs/ida-marchal/")
    assert response.context["articles"] == [article]
    assert response.context["documents"] == [document]
    assert "<em>Lit</em>" in response.content.decode()
    assert client.get("/auteurs/inconnue/").status_code == 404
    assert client.get("/mots-cles/inconnu/").status_code == 404


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/", 3), ("/auteurs/", 2), ("/auteurs/ida-marchal/", 3), ("/mots-cles/lecture/", 3), ("/accessibilite/", 0)],
)
@pytest.mark.usefixtures("article", "document")
def test_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int) -> None:
    for number in range(5):
        more = Article.objects.create(title=f"Suite {number}", slug=f"suite-{number}", body="Texte.", featured=True)
        ArticleContribution.objects.create(article=more, author=Author.objects.get(slug="ida-marchal"))
        more.tags.add("Lecture")
        publish_article(article=more, user=None)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/auteurs/", "/auteurs/ida-marchal/", "/mots-cles/lecture/", "/accessibilite/"]
)
@pytest.mark.usefixtures("article")
def test_a_page_that_did_not_change_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    assert "no-cache" in first["Cache-Control"]
    assert not first.cookies
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/flux/", "/auteurs/ida-marchal/flux/", "/mots-cles/lecture/flux/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_feeds_are_valid_and_hold_both_kinds(
    client: Client, article: Article, document: Document, address: str, prefix: str
) -> None:
    response = client.get(f"{prefix}{address}")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"a:{name}", "", ATOM)
    entries = feed.findall("a:entry", ATOM)
    assert [entry.findtext("a:title", "", ATOM) for entry in entries] == ["Un ouvrage public", "Un article public"]
    for entry in entries:
        assert entry.findtext("a:id", "", ATOM)
        assert entry.findtext("a:updated", "", ATOM)
        assert entry.findtext("a:author/a:name", "", ATOM) == "Ida Marchal"
        link = entry.find("a:link", ATOM)
        assert link is not None
        assert link.get("href", "").startswith("http://testserver/")
        assert [row.get("term") for row in entry.findall("a:category", ATOM)] == ["Lecture"]


def test_a_feed_of_nobody(client: Client) -> None:
    assert client.get("/auteurs/inconnue/flux/").status_code == 404
    assert client.get("/mots-cles/inconnu/flux/").status_code == 404
    assert client.get("/flux/").status_code == 200


def test_every_address_of_the_sitemap_is_a_page(client: Client, article: Article, document: Document) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [row.text or "" for row in index.findall("s:sitemap/s:loc", space)]
    assert len(parts) == 5
    pages = []
    for part in parts:
        for row in ElementTree.fromstring(client.get(part).content).findall("s:url", space):
            pages.append(row.findtext("s:loc", "", space))
    for page in pages:
        assert client.get(page).status_code == 200, page
    paths = {page.removeprefix("http://testserver") for page in pages}
    assert {
        "/",
        "/articles/un-article/",
        "/theses/un-ouvrage/",
        "/theses/un-ouvrage/texte/",
        "/auteurs/ida-marchal/",
    } <= paths


def test_robots(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Disallow: /*/apercu/" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_names_and_addresses() -> None:
    assert reverse("author", args=["a"]) == "/auteurs/a/"
    assert reverse("tag", args=["a"]) == "/mots-cles/a/"
    assert reverse("tag_feed", args=["a"]) == "/mots-cles/a/flux/"
    assert reverse("author_feed", args=["a"]) == "/auteurs/a/flux/"
    assert [reverse(name) for name in ("feed", "contact_sent", "accessibility")] == [
        *("/flux/", "/contact/merci/", "/accessibilite/")
    ]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/", "/auteurs/", "/accessibilite/", "/robots.txt", "/contact/merci/"])
def test_pages_are_only_read(client: Client, address: str, method: str) -> None:
    response: Any = getattr(client, method)(address)
    assert response.status_code == 405
