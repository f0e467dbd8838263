"""The pages of articles for the public: what is seen, what is gone, what it costs."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.sites.requests import RequestSite
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.actions.publish import publish
from articles.models import Article
from articles.sitemaps import ArticleSitemap
from publishing.actions.review import send_to_review
from publishing.actions.schedule import schedule
from publishing.actions.withdraw import withdraw
from publishing.models import State
from publishing.tests.moments import tomorrow

pytestmark = pytest.mark.django_db


def test_article(client: Client, article: Article, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    publish(article=article, user=None)
    client.get(article.get_absolute_url())
    with django_assert_max_num_queries(2):
        page = client.get(article.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert text.count("<h1") == 1
    assert "Lire lentement" in text
    assert 'href="#note-1"' in text
    assert "Jeanne Dumas" in text
    assert "septembre 2025" in text
    assert '<meta name="ai-disclosure" content="ai-assisted">' in text


def test_the_draft_is_not_what_readers_see(client: Client, article: Article) -> None:
    publish(article=article, user=None)
    article.title, article.body = "Autre titre", "Autre texte."
    article.save()
    text = client.get(article.get_absolute_url()).content.decode()
    assert "Lire lentement" in text
    assert "Autre" not in text


def test_list_costs_the_same_whatever_its_length(
    client: Client,
    article: Article,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    publish(article=article, user=None)
    for number in range(30):
        other = Article.objects.create(title=f"Texte {number}", slug=f"texte-{number}", body="Un texte.")
        publish(article=other, user=None)
    client.get(reverse("articles:list"))
    with django_assert_max_num_queries(3):
        page = client.get(reverse("articles:list"))
    assert page.content.decode().count("/articles/texte-") >= 20
    with django_assert_max_num_queries(3):
        assert client.get(reverse("articles:list"), {"page": 2}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999999", "\x00"])
def test_list_with_any_page_number(client: Client, page: str) -> None:
    assert client.get(reverse("articles:list"), {"page": page}).status_code == 200


def test_edition_keeps_its_address(client: Client, article: Article) -> None:
    first = publish(article=article, user=None)
    article.body = "Une seconde version."
    article.save()
    second = publish(article=article, user=None)
    old = client.get(first.get_absolute_url())
    assert "Et la suite" in old.content.decode()
    assert old.context["newer"]
    assert not client.get(second.get_absolute_url()).context["newer"]
    assert client.get(reverse("articles:edition", args=[article.slug, 3])).status_code == 404


def test_not_modified(client: Client, article: Article) -> None:
    publish(article=article, user=None)
    address = article.get_absolute_url()
    first = client.get(address)
    assert "no-cache" in first["Cache-Control"]
    tag = first["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    article.body = "Une seconde version."
    article.save()
    publish(article=article, user=None)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_withdrawn_article_is_gone(client: Client, article: Article) -> None:
    edition = publish(article=article, user=None)
    tag = client.get(article.get_absolute_url())["ETag"]
    withdraw(work=article, user=None)
    for address in (article.get_absolute_url(), edition.get_absolute_url()):
        page = client.get(address, headers={"If-None-Match": tag})
        assert page.status_code == 410
        assert "Et la suite" not in page.content.decode()
    assert article.slug not in client.get(reverse("articles:list")).content.decode()
    assert article.slug not in client.get(reverse("articles:feed")).content.decode()
    publish(article=article, user=None)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_feed(client: Client, article: Article, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    publish(article=article, user=None)
    with django_assert_max_num_queries(1):
        feed = client.get(reverse("articles:feed"))
    text = feed.content.decode()
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "<title>Lire lentement</title>" in text
    assert "<name>Jeanne Dumas</name>" in text
    assert article.get_absolute_url() in text


def test_the_empty_feed(client: Client) -> None:
    assert client.get(reverse("articles:feed")).status_code == 200


@pytest.mark.parametrize(("ending", "says"), [("bib", "@misc{"), ("ris", "TY  - ELEC"), ("json", '"container-title"')])
def test_citation(client: Client, article: Article, ending: str, says: str) -> None:
    edition = publish(article=article, user=None)
    file = client.get(reverse("articles:citation", args=[article.slug, ending]))
    text = file.content.decode()
    assert file.status_code == 200
    assert says in text
    assert f"http://testserver{edition.get_absolute_url()}" in text
    assert "attachment" in file["Content-Disposition"]


def test_no_citation_of_what_is_not_public(client: Client, article: Article) -> None:
    address = reverse("articles:citation", args=[article.slug, "bib"])
    assert client.get(address).status_code == 404
    publish(article=article, user=None)
    assert client.get(reverse("articles:citation", args=[article.slug, "docx"])).status_code == 404
    withdraw(work=article, user=None)
    assert client.get(address).status_code == 410


def bring_to(state: str, article: Article) -> None:
    if state in {State.PUBLISHED, State.WITHDRAWN}:
        publish(article=article, user=None)
    if state == State.WITHDRAWN:
        withdraw(work=article, user=None)
    if state == State.SCHEDULED:
        schedule(work=article, user=None, moment=tomorrow())
    if state == State.IN_REVIEW:
        send_to_review(work=article, user=None)


STATUS = {
    # role: {state: status of the article's page, its preview and its first edition}
    "public": {
        "draft": (404, 404, 404),
        "in_review": (404, 404, 404),
        "scheduled": (404, 404, 404),
        "published": (200, 404, 200),
        "withdrawn": (410, 404, 410),
    },
    "reader": {
        "draft": (404, 404, 404),
        "in_review": (404, 404, 404),
        "scheduled": (404, 404, 404),
        "published": (200, 404, 200),
        "withdrawn": (410, 404, 410),
    },
    "writer": {
        "draft": (404, 200, 404),
        "in_review": (404, 200, 404),
        "scheduled": (404, 200, 404),
        "published": (200, 200, 200),
        "withdrawn": (410, 200, 410),
    },
}


@pytest.mark.parametrize("role", STATUS)
@pytest.mark.parametrize("state", State.values)
def test_who_sees_what(client: Client, article: Article, writer: User, role: str, state: str) -> None:
    bring_to(state, article)
    if role == "reader":
        client.force_login(User.objects.create_user("lecteur"))
    elif role == "writer":
        client.force_login(writer)
    slug = article.slug
    seen = (
        client.get(reverse("articles:article", args=[slug])).status_code,
        client.get(reverse("articles:preview", args=[slug])).status_code,
        client.get(reverse("articles:edition", args=[slug, 1])).status_code,
    )
    assert seen == STATUS[role][state]


def test_preview_shows_the_draft_and_is_not_kept(client: Client, article: Article, writer: User) -> None:
    publish(article=article, user=None)
    article.body = "Le brouillon."
    article.save()
    client.force_login(writer)
    page = client.get(reverse("articles:preview", args=[article.slug]))
    assert "Le brouillon." in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert article.editions.count() == 1


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client: Client, article: Article, method: str) -> None:
    publish(article=article, user=None)
    assert getattr(client, method)(article.get_absolute_url()).status_code == 405


def test_sitemap(client: Client, article: Article) -> None:
    publish(article=article, user=None)
    Article.objects.create(title="Brouillon", slug="brouillon", body="x")
    [entry] = ArticleSitemap().get_urls(site=RequestSite(RequestFactory().get("/")))
    assert entry["location"].endswith(article.get_absolute_url())
    assert entry["lastmod"] == article.published_at
