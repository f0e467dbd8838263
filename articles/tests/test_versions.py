"""The history of an article on its screens: every act in words, one act word by word, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.actions.make_draft import make_draft
from articles.actions.publish import publish
from articles.actions.restore import restore
from articles.models import Article
from articles.tests.conftest import staff
from articles.tests.test_admin import form_values
from articles.tests.test_put_back import EVERY
from publishing.history import recording, stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(staff("eva", *EVERY))
    return client


def place(name: str, *arguments: Any) -> str:
    return reverse(f"admin:articles_article_{name}", args=arguments)


def rewrite(article: Article) -> int:
    with recording(user=User.objects.filter(username="eva").first(), what="Relecture") as act:
        article.body = article.body.replace("Le texte", "Le texte <b>relu</b>")
        article.save()
        article.contributions.all().delete()
    return stamp(act.moment)


def test_the_acts_are_told_and_compared(article: Article, desk: Client) -> None:
    number = rewrite(article)
    listed = desk.get(place("versions", article.pk)).content.decode()
    assert place("act", article.pk, number) in listed
    assert "Relecture" in listed
    assert "Contribution, suppression\u202f: 1" in listed
    told = desk.get(place("act", article.pk, number)).content.decode()
    assert "<ins> &lt;b&gt;relu&lt;/b&gt;</ins>" in told
    assert "Les lecteurs" not in told
    assert desk.get(place("act", article.pk, 0)).status_code == 404


def test_what_the_form_saved_is_taken_back_from_the_list(article: Article, client: Client) -> None:
    client.force_login(User.objects.create_superuser("administratrice"))
    with recording(user=None, what="Avant") as act:
        article.save()
    assert client.post(place("change", article.pk), form_values(article, body="Écrasé.")).status_code == 302
    answer = client.post(place("act", article.pk, stamp(act.moment)), follow=True).content.decode()
    assert "Cette version est remise en place." in answer
    assert "remise en place" in answer
    assert "Et la suite." in Article.objects.get().body
    again = client.post(place("act", article.pk, stamp(act.moment)), follow=True).content.decode()
    assert "rien à remettre" in again


def test_who_sees_the_history_and_who_puts_back(article: Article, client: Client) -> None:
    number = rewrite(article)
    places = [place("versions", article.pk), place("act", article.pk, number)]
    assert {client.get(each).status_code for each in places} == {302}
    client.force_login(staff("lea", "view_article"))
    assert {client.get(each).status_code for each in places} == {403}
    client.force_login(staff("ida", "view_article", "change_article"))
    assert {client.get(each).status_code for each in places} == {200}
    assert client.post(places[1]).status_code == 403
    assert "relu" in Article.objects.get().body


def test_publications_are_named_among_the_acts(article: Article, desk: Client) -> None:
    editor = User.objects.get(username="eva")
    first = publish(article=article, user=None)
    article.refresh_from_db()
    rewrite(article)
    publish(article=article, user=None)
    restore(edition=first, user=None)
    make_draft(edition=first, user=editor)
    listed = desk.get(place("versions", article.pk)).content.decode()
    for what in ("Édition 1 publiée.", "Édition 2 publiée.", "Édition 1 rétablie.", "L’édition 1 est redevenue"):
        assert what in listed
