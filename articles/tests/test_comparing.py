"""The screen that compares editions of an article and its draft."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions.publish import publish
from articles.models import Article

pytestmark = pytest.mark.django_db


def address(article: Article) -> str:
    return reverse("admin:articles_article_compare", args=[article.pk])


def test_the_draft_beside_the_edition(client: Client, article: Article, writer: User) -> None:
    publish(article=article, user=None)
    article.refresh_from_db()
    article.body = article.body.replace("## Une partie", "## Une autre partie").replace("La note", "La longue note")
    article.description = "Pourquoi lire."
    article.save()
    article.tags.add("lenteur")
    client.force_login(writer)
    response = client.get(address(article))
    found = response.context["found"]
    assert [row.label for row in found.notice] == ["Chapeau", "Mots-clés"]
    assert [(change.retitled, change.new.name) for change in found.outline] == [(True, "Une autre partie")]
    assert found.summary == "1 passage changé"
    assert "Note" in response.content.decode()


def test_two_editions_and_who_may_compare(client: Client, article: Article, writer: User) -> None:
    publish(article=article, user=None)
    Article.objects.update(body=article.body + "\n\nUn paragraphe de plus.")
    publish(article=article, user=None)
    assert client.get(address(article)).status_code == 302
    client.force_login(User.objects.create_user("lea", is_staff=True))
    assert client.get(address(article)).status_code == 403
    client.force_login(writer)
    response = client.get(address(article), {"de": "1", "a": "2"})
    assert response.context["found"].summary == "1 passage ajouté"
    assert "/editions/2/#" in response.content.decode()
    assert "Rien ne change." in client.get(address(article)).content.decode()


def test_marks_alone(client: Client, article: Article, writer: User) -> None:
    publish(article=article, user=None)
    article.refresh_from_db()
    client.force_login(writer)
    Article.objects.update(body=article.body.replace("Et la suite", "Et *la suite*"))
    found = client.get(address(article)).context["found"]
    assert (found.summary, len(found.markup)) == ("", 1)
    Article.objects.update(body=article.body.replace("Et la suite", "Et *la fin*"))
    found = client.get(address(article)).context["found"]
    assert (found.summary, found.markup) == ("1 passage changé", [])
