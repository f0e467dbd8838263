"""Review: sending a draft, giving it back, publishing and scheduling it; and what the form of the admin offers."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from articles.actions.publish import publish
from articles.models import Article
from publishing.actions.review import return_to_draft, send_to_review
from publishing.actions.schedule import schedule, unschedule
from publishing.actions.withdraw import withdraw
from publishing.models import State
from publishing.tests.moments import tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return Article.objects.create(title="Un texte", slug="un-texte", body="Texte.")


def user_with(name: str, *rights: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return user


@pytest.fixture
def editor() -> User:
    return user_with("eva", "change_article", "view_article")


@pytest.fixture
def publisher() -> User:
    return user_with("paul", "publish_article", "change_article", "view_article")


def stored(article: Article) -> tuple[str, bool, str, str]:
    article.refresh_from_db()
    by = article.review_by.username if article.review_by else ""
    return article.state, article.review_asked_at is not None, article.review_note, by


def test_there_and_back_with_a_word_each_way(article: Article, editor: User, publisher: User) -> None:
    changed = article.updated_at
    send_to_review(work=article, user=editor, note="  Le chapitre 2\n est neuf. ")
    assert stored(article) == (State.IN_REVIEW, True, "Le chapitre 2 est neuf.", "eva")
    return_to_draft(work=article, user=publisher, note="Revoir le titre.")
    assert stored(article) == (State.DRAFT, False, "Revoir le titre.", "paul")
    assert article.updated_at == changed
    said = list(LogEntry.objects.order_by("pk").values_list("user__username", "change_message"))
    assert said == [
        ("eva", "Envoyé en relecture. Le chapitre 2 est neuf."),
        ("paul", "Rendu à la rédaction. Revoir le titre."),
    ]


def test_publishing_from_review_ends_it(article: Article, editor: User) -> None:
    send_to_review(work=article, user=editor, note="Prêt.")
    publish(article=article, user=None)
    assert stored(article) == (State.PUBLISHED, False, "", "")


def test_a_published_work_stays_published_while_its_draft_is_in_review(article: Article, editor: User) -> None:
    publish(article=article, user=None)
    send_to_review(work=article, user=editor)
    assert stored(article) == (State.PUBLISHED, True, "", "eva")
    return_to_draft(work=article, user=editor)
    assert stored(article)[:2] == (State.PUBLISHED, False)
    send_to_review(work=article, user=editor)
    edition = publish(article=article, user=None)
    assert edition.number == 1
    assert stored(article)[:2] == (State.PUBLISHED, False)


def test_a_schedule_that_is_given_up_leads_back_to_review(article: Article, editor: User) -> None:
    send_to_review(work=article, user=editor)
    schedule(work=article, user=None, moment=tomorrow())
    assert stored(article)[:2] == (State.SCHEDULED, True)
    with pytest.raises(ValidationError, match="programmée"):
        return_to_draft(work=article, user=editor)
    unschedule(work=article, user=None)
    assert stored(article)[:2] == (State.IN_REVIEW, True)


def test_a_withdrawn_work_stays_withdrawn_while_its_draft_is_in_review(article: Article) -> None:
    publish(article=article, user=None)
    withdraw(work=article, user=None)
    send_to_review(work=article, user=None)
    assert stored(article)[:2] == (State.WITHDRAWN, True)


def test_what_cannot_be(article: Article) -> None:
    with pytest.raises(ValidationError, match="pas en relecture"):
        return_to_draft(work=article, user=None)
    stale = type(article).objects.get(pk=article.pk)
    send_to_review(work=article, user=None)
    with pytest.raises(ValidationError, match="déjà demandée"):
        send_to_review(work=stale, user=None)
    return_to_draft(work=article, user=None)
    schedule(work=article, user=None, moment=tomorrow())
    with pytest.raises(ValidationError, match="déjà programmée"):
        send_to_review(work=article, user=None)


def test_who_may(article: Article) -> None:
    reader = user_with("lea", "view_article")
    with pytest.raises(PermissionDenied):
        send_to_review(work=article, user=reader)
    send_to_review(work=article, user=None)
    with pytest.raises(PermissionDenied):
        return_to_draft(work=article, user=reader)
    return_to_draft(work=article, user=user_with("paula", "publish_article"))


def test_the_form_offers_to_each_what_each_may_do(
    article: Article, editor: User, publisher: User, client: Client
) -> None:
    address = f"/admin/articles/article/{article.pk}/change/"

    def offered(user: User) -> set[str]:
        client.force_login(user)
        return {str(row["label"]) for row in client.get(address).context["decisions"]}

    assert offered(editor) == {"Envoyer en relecture…"}
    assert offered(publisher) == {"Envoyer en relecture…", "Publier…", "Programmer…"}
    client.force_login(editor)
    sent = f"/admin/articles/article/relecture/?pk={article.pk}"
    assert "prêt à relire" in client.get(sent).content.decode()
    assert client.post(sent, {"note": "Prêt, <b>je</b> crois."}).status_code == 302
    shown = client.get(address).content.decode()
    assert "Relecture demandée par eva" in shown
    assert "Prêt, &lt;b&gt;je&lt;/b&gt; crois." in shown
    assert offered(editor) == {"Rendre à la rédaction…"}
    assert offered(publisher) == {"Rendre à la rédaction…", "Publier…", "Programmer…"}
    client.post(f"/admin/articles/article/rendre/?pk={article.pk}", {"note": "Encore."})
    assert "Rendu à la rédaction par paul" in client.get(address).content.decode()
