"""An article goes back: an edition before readers, an edition into the draft, an earlier version of the draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from articles.actions.make_draft import make_draft
from articles.actions.publish import publish
from articles.actions.put_back import put_back
from articles.actions.restore import restore
from articles.models import Article, ArticleContribution, ArticleEdition
from articles.parts import PARTS, text_fields, which
from articles.tests.conftest import staff
from publishing.actions.withdraw import withdraw
from publishing.history import recording
from publishing.models import Author
from search.models import IndexedUnit

pytestmark = pytest.mark.django_db

EVERY = ("view_article", "change_article", *(f"{verb}_articlecontribution" for verb in ("add", "change", "delete")))


@pytest.fixture
def editor(db: None) -> User:
    return staff("eva", *EVERY)


@pytest.fixture
def first(article: Article) -> ArticleEdition:
    edition = publish(article=article, user=None)
    article.refresh_from_db()
    return edition


def state(article: Article) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model in PARTS:
        for row in model.objects.filter(**which(model, article)):
            found[f"{model.__name__} {row.pk}"] = {name: getattr(row, name) for name in text_fields(model)}
    return found


def rewrite(article: Article) -> None:
    article.title, article.body, article.ai_level, article.date = "Lire vite", "Tout autre chose.", "none", None
    article.hero_image = "articles/autre.png"
    article.save()
    other = Author.objects.create(name="Ida Marchal", slug="ida-marchal")
    article.contributions.all().delete()
    ArticleContribution.objects.create(article=article, author=other)


def indexed() -> str:
    return str(list(IndexedUnit.objects.values_list("passages", flat=True)))


def test_readers_see_an_earlier_edition_again(first: ArticleEdition, publisher: User, client: Client) -> None:
    article = first.article
    rewrite(article)
    second = publish(article=article, user=None)
    restore(edition=first, user=publisher)
    article.refresh_from_db()
    assert (article.current_edition, article.title, article.editions.count()) == (first, "Lire vite", 2)
    assert "Et la suite." in client.get(article.get_absolute_url()).content.decode()
    assert "Lire lentement" in client.get("/articles/flux/").content.decode()
    assert "Et la suite." in indexed()
    assert "Tout autre chose." not in indexed()
    assert "une version plus récente" not in client.get(first.get_absolute_url()).content.decode()
    assert "Édition 1 rétablie" in LogEntry.objects.get().change_message
    assert article.has_unpublished_changes, "so that publishing what was written since is offered"
    # The draft did not change, and its edition is shown again without a new one.
    assert publish(article=article, user=None) == second
    assert "Tout autre chose." in client.get(article.get_absolute_url()).content.decode()


def test_a_withdrawn_article_is_shown_again(first: ArticleEdition) -> None:
    withdraw(work=first.article, user=None)
    restore(edition=first, user=None)
    assert Article.objects.published().get() == first.article


def test_what_readers_see_already_and_who_may_restore(first: ArticleEdition, editor: User) -> None:
    with pytest.raises(ValidationError, match="voient déjà"):
        restore(edition=first, user=None)
    with pytest.raises(PermissionDenied):
        restore(edition=first, user=editor)


def test_an_edition_becomes_the_draft_and_is_published_again_as_it_was(first: ArticleEdition, editor: User) -> None:
    article = first.article
    before = state(article)
    rewrite(article)
    second = publish(article=article, user=None)
    make_draft(edition=first, user=editor)
    article.refresh_from_db()
    assert {name.split()[0]: row for name, row in state(article).items()} == {
        name.split()[0]: row for name, row in before.items()
    }
    assert article.current_edition == second
    assert article.has_unpublished_changes
    third = publish(article=article, user=None)
    assert third.number == 3
    for name in ("title", "description", "body", "html", "outline", "facts", "notice"):
        assert getattr(third, name) == getattr(first, name)
    assert list(third.passages.values_list("anchor", "text")) == list(first.passages.values_list("anchor", "text"))


def test_the_draft_as_it_stood_is_put_back(first: ArticleEdition, editor: User) -> None:
    article = first.article
    with recording(user=editor, what="Tout changer") as act:
        rewrite(article)
    rewritten = state(article)
    make_draft(edition=first, user=editor)
    assert state(article) != rewritten
    put_back(article=article, user=editor, moment=act.moment)
    assert state(article) == rewritten
    with pytest.raises(ValidationError, match="rien à remettre"):
        put_back(article=article, user=editor, moment=act.moment)


def test_people_alone_are_a_change_of_the_draft(first: ArticleEdition, editor: User) -> None:
    article = first.article
    article.contributions.update(occupation="Relectrice")
    publish(article=article, user=None)
    make_draft(edition=first, user=editor)
    article.refresh_from_db()
    assert article.has_unpublished_changes
    assert article.contributions.get().occupation == ""


def test_an_edition_without_its_notice_gives_its_text(first: ArticleEdition, editor: User) -> None:
    ArticleEdition.objects.update(notice={})
    rewrite(first.article)
    article = make_draft(edition=ArticleEdition.objects.get(), user=editor)
    assert (article.title, article.ai_level, article.contributions.get().author.name) == (
        "Lire lentement",
        "none",
        "Ida Marchal",
    )


@pytest.mark.parametrize("right", ["change_article", "delete_articlecontribution"])
def test_who_may_write_the_draft(first: ArticleEdition, right: str) -> None:
    rewrite(first.article)
    lesser = staff("lea", *(name for name in EVERY if name != right))
    with pytest.raises(PermissionDenied):
        make_draft(edition=first, user=lesser)
    with pytest.raises(PermissionDenied):
        put_back(article=first.article, user=lesser, moment=first.published_at)
    with pytest.raises(ValidationError, match="rien à reprendre"):
        make_draft(edition=publish(article=first.article, user=None), user=None)


def test_both_ways_back_from_the_screens(first: ArticleEdition, client: Client) -> None:
    rewrite(first.article)
    publish(article=first.article, user=None)
    client.force_login(staff("edith", *EVERY, "publish_article", "view_articleedition"))
    form = client.get(reverse("admin:articles_article_change", args=[first.article_id])).content.decode()
    for verb, said in (("restore", "L’édition 1 est rétablie."), ("draft", "L’édition 1 est redevenue le brouillon.")):
        address = reverse(f"admin:articles_articleedition_{verb}", args=[first.pk])
        assert address in form
        assert "Voir ce qui change" in client.get(address).content.decode()
        assert said in client.post(address, follow=True).content.decode()
    article = Article.objects.get()
    assert (article.current_edition, article.title) == (first, "Lire lentement")
    assert client.get(reverse("admin:articles_articleedition_changelist")).status_code == 200
    assert client.get(reverse("admin:articles_articleedition_change", args=[first.pk])).status_code == 200
