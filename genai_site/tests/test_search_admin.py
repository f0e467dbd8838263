"""The search of editors: drafts are found, results lead to the forms, and nobody else may ask."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.actions.publish import publish as publish_article
from articles.models import Article
from theses.models import Document, Section

pytestmark = pytest.mark.django_db

PAGE = "/admin/recherche/"


@pytest.fixture
def section() -> Section:
    document = Document.objects.create(title="Les marées", slug="les-marees")
    return Section.objects.create(
        document=document,
        position=1,
        depth=1,
        title="Flux et reflux",
        slug="flux-et-reflux",
        body="Les océans montent.\n\nUn <b>œdicnème</b> criard niche dans l’estran.",
    )


@pytest.fixture
def article() -> Article:
    return Article.objects.create(title="Le phare", slug="le-phare", body="La lumière de l’océan tourne.")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redaction", password="sans-objet"))
    return client


def test_drafts_are_found_whatever_the_accents_and_the_number(
    editor: Client, section: Section, article: Article
) -> None:
    page = editor.get(PAGE, {"q": "ocean"}).content.decode()
    assert reverse("admin:theses_section_change", args=[section.pk]) in page
    assert reverse("admin:articles_article_change", args=[article.pk]) in page
    assert "<mark>océans</mark>" in page
    assert "Brouillon" in page


def test_what_is_published_is_found_with_it(editor: Client, article: Article) -> None:
    publish_article(article=article, user=None)
    article.body = "Une aurore au lieu de la nuit."
    article.save()
    assert "<mark>aurore</mark>" in editor.get(PAGE, {"q": "aurores"}).content.decode()
    assert "le-phare" not in Client().get("/recherche/", {"q": "aurore"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('"criard niche"', True),
        ('"niche criard"', False),
        ("oedicneme -estran", False),
        ("oedicneme -phare", True),
        ("œdicnème phare", False),
        ("reflux", True),
        ("dans", True),
        ("-", False),
    ],
)
def test_one_language_of_queries(editor: Client, section: Section, asked: str, found: bool) -> None:
    page = editor.get(PAGE, {"q": asked}).content.decode()
    assert (reverse("admin:theses_section_change", args=[section.pk]) in page) is found


def test_texts_are_escaped(editor: Client, section: Section) -> None:
    page = editor.get(PAGE, {"q": "criard"}).content.decode()
    assert "&lt;b&gt;" in page
    assert "<b>œ" not in page


def test_a_filter_narrows(editor: Client, section: Section, article: Article) -> None:
    page = editor.get(PAGE, {"q": "ocean", "ouvrage": "le-phare"}).content.decode()
    assert reverse("admin:theses_section_change", args=[section.pk]) not in page
    assert reverse("admin:articles_article_change", args=[article.pk]) in page


def test_too_long_a_question_is_refused(editor: Client) -> None:
    response = editor.get(PAGE, {"q": "a" * 10_000})
    assert response.status_code == 400
    assert "trop longue" in response.content.decode()


def test_the_desk_leads_to_it(editor: Client) -> None:
    desk = editor.get("/admin/").content.decode()
    assert f'action="{PAGE}"' in desk
    assert f'href="{PAGE}"' in desk


@pytest.mark.parametrize(
    ("staff", "permissions", "status"),
    [
        (False, [], 302),
        (True, [], 403),
        (True, ["view_article"], 403),
        (True, ["view_document", "view_section"], 403),
        (True, ["view_article", "view_document", "view_section"], 200),
        (True, ["change_article", "change_document", "change_section"], 200),
    ],
)
def test_who_may_search(client: Client, staff: bool, permissions: list[str], status: int) -> None:
    user = User.objects.create_user("eva", is_staff=staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    assert client.get(PAGE, {"q": "ocean"}).status_code == status


def test_the_cost_is_bounded(editor: Client, section: Section, article: Article, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    editor.get(PAGE, {"q": "ocean"})
    with django_assert_max_num_queries(14):
        editor.get(PAGE, {"q": "ocean"})
