"""Publishing an article: what an edition freezes, who may publish, what a second publication changes."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions.publish import publish
from articles.models import Article, ArticleEdition
from articles.tests.conftest import BODY
from publishing.actions.withdraw import withdraw
from publishing.models import State

pytestmark = pytest.mark.django_db


def test_first_edition(article: Article, publisher: User) -> None:
    edition = publish(article=article, user=publisher, change_note="Première publication")
    article.refresh_from_db()
    assert edition.number == 1
    assert article.state == State.PUBLISHED
    assert article.current_edition == edition
    assert article.first_published_at == article.published_at == edition.published_at
    assert edition.published_by == publisher
    assert edition.change_note == "Première publication"
    assert edition.body == BODY
    assert '<h2 id="une-partie"' in edition.html
    assert edition.outline == [{"anchor": "une-partie", "title": "Une partie", "depth": 2}]
    facts = edition.facts
    assert facts["authors"][0] | {"role_label": ""} == {
        "name": "Jeanne Dumas",
        "slug": "jeanne-dumas",
        "family": "",
        "given": "",
        "occupation": "Correctrice",
        "organisation": "",
        "role": "author",
        "role_label": "",
    }
    assert (facts["date"], facts["date_label"]) == ("2025-09", "septembre 2025")
    assert facts["tags"] == [{"name": "lecture", "slug": "lecture"}]
    assert facts["ai"]["level"] == "assisted"
    assert facts["words"] == edition.words > 5
    assert Article.objects.published().get() == article


def test_the_draft_changes_and_the_edition_stays(article: Article) -> None:
    first = publish(article=article, user=None)
    article.body = "Autre chose."
    article.title = "Lire vite"
    article.save()
    assert ArticleEdition.objects.get(pk=first.pk).body == BODY
    second = publish(article=article, user=None)
    assert second.number == 2
    article.refresh_from_db()
    assert article.current_edition == second
    assert article.first_published_at == first.published_at
    assert ArticleEdition.objects.get(pk=first.pk).title == "Lire lentement"


def test_publishing_without_a_change_makes_no_edition(article: Article, publisher: User) -> None:
    first = publish(article=article, user=publisher)
    published_at = article.published_at
    assert publish(article=article, user=publisher) == first
    article.refresh_from_db()
    assert article.published_at == published_at
    assert article.editions.count() == 1
    assert LogEntry.objects.count() == 1


def test_a_change_made_elsewhere_is_published(article: Article) -> None:
    stale = Article.objects.get(pk=article.pk)
    Article.objects.filter(pk=article.pk).update(body="Corrigé entre-temps.")
    assert publish(article=stale, user=None).body == "Corrigé entre-temps."


def test_history_says_who_published(article: Article, publisher: User) -> None:
    publish(article=article, user=publisher)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (publisher, str(article.pk))
    assert "Édition 1" in entry.change_message


def test_nobody_else_may_publish(article: Article, writer: User) -> None:
    with pytest.raises(PermissionDenied):
        publish(article=article, user=writer)
    assert not article.editions.exists()


@pytest.mark.parametrize(("field", "message"), [("title", "Le titre manque"), ("body", "pas de texte")])
def test_nothing_to_publish(article: Article, field: str, message: str) -> None:
    setattr(article, field, "  ")
    article.save()
    with pytest.raises(ValidationError, match=message):
        publish(article=article, user=None)
    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_an_edition_cannot_be_changed(article: Article) -> None:
    edition = publish(article=article, user=None)
    edition.title = "Autre"
    with pytest.raises(ValidationError, match="ne se modifie pas"):
        edition.save()


def test_a_publication_that_fails_half_way_leaves_nothing(
    article: Article, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*args: object) -> None:
        raise RuntimeError("a fault")

    monkeypatch.setattr("articles.actions.publish.record", fault)
    with pytest.raises(RuntimeError):
        publish(article=article, user=publisher)
    article.refresh_from_db()
    assert (article.state, article.current_edition, article.published_at) == (State.DRAFT, None, None)
    assert not article.editions.exists()


def test_what_was_withdrawn_is_published_again_under_the_same_number(article: Article) -> None:
    first = publish(article=article, user=None)
    withdraw(work=article, user=None)
    assert publish(article=article, user=None) == first
    article.refresh_from_db()
    assert (article.state, article.withdrawn_at) == (State.PUBLISHED, None)


def test_an_edition_of_another_renderer_is_replaced_by_a_new_one(article: Article) -> None:
    """A publication writes today's HTML, and never touches what an edition holds."""
    first = publish(article=article, user=None)
    ArticleEdition.objects.update(renderer="0", html="<p>Ancien.</p>")
    second = publish(article=article, user=None)
    assert second.number == 2
    assert ArticleEdition.objects.get(pk=first.pk).html == "<p>Ancien.</p>"
