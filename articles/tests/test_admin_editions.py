"""The admin of an article that has editions, as somebody with every right sees it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions.publish import publish
from articles.models import Article
from articles.tests.test_admin import form_values
from publishing.models import Author

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    user = User.objects.create_superuser("administratrice")
    client.force_login(user)
    return user


def test_editions_are_listed_and_stay(client: Client, article: Article, administrator: User) -> None:
    edition = publish(article=article, user=administrator, change_note="La première")
    address = reverse("admin:articles_article_change", args=[article.pk])
    page = client.get(address).content.decode()
    assert edition.get_absolute_url() in page
    assert "La première" in page
    values = form_values(article, body="Corrigé.")
    values |= {"editions-TOTAL_FORMS": "1", "editions-INITIAL_FORMS": "1", "editions-0-id": edition.pk}
    assert client.post(address, values).status_code == 302
    edition.refresh_from_db()
    assert edition.body == article.body
    article.refresh_from_db()
    assert article.body == "Corrigé."
    assert article.has_unpublished_changes


def test_what_could_be_mended_first(client: Client, article: Article, administrator: User) -> None:
    Article.objects.update(hero_image="articles/absente.png", body="[lien](javascript:x)", ai_level="")
    bare = Article.objects.create(title="Nu", slug="nu", hero_image_name="ouverture.png")
    address = reverse("admin:articles_article_publish")
    page = client.get(address, {"pk": [article.pk, bare.pk]}).content.decode()
    for sentence in (
        "Le texte de remplacement manque.",
        "n’est pas permise",
        "L’usage de l’intelligence artificielle n’est pas dit.",
        "ouverture.png\u202f» est à fournir.",
        "Personne n’est nommé.",
        "L’article n’a pas de texte.",
    ):
        assert sentence in page


def test_new_articles_propose_their_address(client: Client, administrator: User) -> None:
    page = client.get(reverse("admin:articles_article_add")).content.decode()
    assert "prepopulated-fields-constants" in page


def test_authors(client: Client, administrator: User) -> None:
    answer = client.post(
        reverse("admin:publishing_author_add"), {"kind": "person", "name": "Jeanne Dumas", "slug": "jeanne-dumas"}
    )
    assert answer.status_code == 302
    assert Author.objects.get().get_absolute_url() == "/auteurs/jeanne-dumas/"
    found = client.get(reverse("admin:publishing_author_changelist"), {"q": "dumas"})
    assert "Jeanne Dumas" in found.content.decode()


@pytest.mark.parametrize("orcid", ["0000-0002-1825-009", "https://orcid.org/0000-0002-1825-0097", "x"])
def test_a_bad_orcid(client: Client, administrator: User, orcid: str) -> None:
    values = {"kind": "person", "name": "Jeanne Dumas", "slug": "jeanne-dumas", "orcid": orcid}
    answer = client.post(reverse("admin:publishing_author_add"), values)
    assert answer.status_code == 200
    assert not Author.objects.exists()
