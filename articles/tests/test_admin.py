"""Articles in the admin: what an editor sees, publishes, withdraws, and how two editors meet."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from PIL import Image

from articles.actions.publish import publish
from articles.models import Article
from articles.tests.conftest import staff
from publishing.editing import version_of
from publishing.models import State
from publishing.tests.moments import tomorrow

pytestmark = pytest.mark.django_db

CHANGELIST = "admin:articles_article_changelist"


def form_values(article: Article, **changes: Any) -> dict[str, Any]:
    return {
        "version": version_of(article),
        "title": article.title,
        "slug": article.slug,
        "description": article.description,
        "body": article.body,
        "date": "2025-09-01",
        "date_precision": article.date_precision,
        "language": article.language,
        "tags": "lecture",
        "ai_level": article.ai_level,
        "contributions-TOTAL_FORMS": "0",
        "contributions-INITIAL_FORMS": "0",
        "editions-TOTAL_FORMS": "0",
        "editions-INITIAL_FORMS": "0",
        **changes,
    }


def change_address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def decision(verb: str, *articles: Article) -> str:
    keys = "&".join(f"pk={article.pk}" for article in articles)
    return f"{reverse(f'admin:articles_article_{verb}')}?{keys}"


def test_the_list_tells_the_state(
    client: Client,
    article: Article,
    publisher: User,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    publish(article=article, user=None)
    client.force_login(publisher)
    page = client.get(reverse(CHANGELIST)).content.decode()
    assert "Publié" in page
    assert "modifié depuis" not in page
    article.refresh_from_db()
    article.title = "Lire encore"
    article.save()
    for number in range(20):
        Article.objects.create(title=f"Texte {number}", slug=f"texte-{number}", body="x" * 1000)
    with django_assert_max_num_queries(10) as queries:
        page = client.get(reverse(CHANGELIST)).content.decode()
    assert "Publié, modifié depuis" in page
    assert not any('"articles_article"."body"' in query["sql"] for query in queries.captured_queries)


def test_search_by_author(client: Client, article: Article, publisher: User) -> None:
    client.force_login(publisher)
    assert "Lire lentement" in client.get(reverse(CHANGELIST), {"q": "Dumas"}).content.decode()
    assert "Lire lentement" not in client.get(reverse(CHANGELIST), {"q": "Durand"}).content.decode()


def test_publish_from_the_list(client: Client, article: Article, publisher: User) -> None:
    other = Article.objects.create(title="Un second", slug="un-second", body="Texte.", ai_level="none")
    client.force_login(publisher)
    chosen = {"action": "publish_selected", "_selected_action": [article.pk, other.pk]}
    asked = client.post(reverse(CHANGELIST), chosen)
    page = client.get(asked.url)
    text = page.content.decode()
    assert "Lire lentement" in text
    assert "La date du texte manque." in text
    article.refresh_from_db()
    assert article.state == State.DRAFT
    answer = client.post(asked.url, {"change_note": "Première édition"}, follow=True)
    assert "est publié" in answer.content.decode()
    assert Article.objects.published().count() == 2
    assert article.editions.get().change_note == "Première édition"
    assert article.editions.get().published_by == publisher


def test_a_refused_publication_says_why(client: Client, article: Article, publisher: User) -> None:
    Article.objects.update(body=" ")
    client.force_login(publisher)
    answer = client.post(decision("publish", article), {}, follow=True)
    assert "pas de texte" in answer.content.decode()
    assert not Article.objects.published().exists()


def test_schedule_give_up_publish_and_withdraw(client: Client, article: Article, publisher: User) -> None:
    client.force_login(publisher)
    moment = tomorrow()
    client.post(decision("schedule", article), {"moment": f"{moment:%Y-%m-%dT%H:%M}"})
    article.refresh_from_db()
    assert article.state == State.SCHEDULED
    assert article.scheduled_for is not None
    client.post(decision("unschedule", article), {})
    article.refresh_from_db()
    assert (article.state, article.scheduled_for) == (State.DRAFT, None)
    client.post(decision("publish", article), {})
    article.refresh_from_db()
    assert article.state == State.PUBLISHED
    client.post(decision("withdraw", article), {"reason": "Doublon"})
    article.refresh_from_db()
    assert article.state == State.WITHDRAWN
    history = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "Doublon" in history
    assert "Édition 1 publiée" in history


def test_a_date_gone_by_is_refused(client: Client, article: Article, publisher: User) -> None:
    client.force_login(publisher)
    answer = client.post(decision("schedule", article), {"moment": "2001-01-01T08:00"}, follow=True)
    assert "date à venir" in answer.content.decode()


def test_the_form_offers_what_fits(client: Client, article: Article, publisher: User) -> None:
    client.force_login(publisher)
    page = client.get(change_address(article)).content.decode()
    assert decision("publish", article) in page
    assert decision("withdraw", article) not in page
    assert reverse("articles:preview", args=[article.slug]) in page
    publish(article=article, user=None)
    page = client.get(change_address(article)).content.decode()
    assert decision("publish", article) not in page
    assert decision("withdraw", article) in page
    assert "édition 1" in page
    assert "markdownx" in page


def test_those_who_may_not_publish(client: Client, article: Article, writer: User) -> None:
    client.force_login(writer)
    assert decision("publish", article) not in client.get(change_address(article)).content.decode()
    assert "publish_selected" not in client.get(reverse(CHANGELIST)).content.decode()
    for verb in ("publish", "schedule", "unschedule", "withdraw"):
        assert client.get(decision(verb, article)).status_code == 403
        assert client.post(decision(verb, article), {}).status_code == 403
    article.refresh_from_db()
    assert article.state == State.DRAFT


def test_the_public_is_sent_to_log_in(client: Client, article: Article) -> None:
    for address in (change_address(article), decision("publish", article), reverse(CHANGELIST)):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/admin/login/" in answer.url


@pytest.mark.parametrize("query", ["", "?pk=", "?pk=x", "?pk=999999", "?pk=99999999999999999999999"])
def test_a_decision_about_nothing(client: Client, publisher: User, query: str) -> None:
    client.force_login(publisher)
    address = reverse("admin:articles_article_publish") + query
    assert "Rien n’est choisi" in client.get(address).content.decode()
    assert client.post(address, {}).status_code == 200


def test_save(client: Client, article: Article, writer: User) -> None:
    client.force_login(writer)
    answer = client.post(change_address(article), form_values(article, body="Corrigé."))
    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.body == "Corrigé."


def test_two_editors_at_once(client: Client, article: Article, writer: User, publisher: User) -> None:
    opened = form_values(article)
    second = Client()
    second.force_login(publisher)
    assert second.post(change_address(article), form_values(article, body="La version de l’autre.")).status_code == 302
    client.force_login(writer)
    answer = client.post(change_address(article), {**opened, "body": "Ma version."})
    assert answer.content.decode().count("<details") == 1
    text = strip_tags(answer.content.decode())
    assert answer.status_code == 200
    assert "editrice a enregistré cette page" in text
    assert "La version de l’autre." in text
    assert "Ma version." in text
    article.refresh_from_db()
    assert article.body == "La version de l’autre."
    # Having seen both, the editor saves what the form now holds.
    kept = answer.context["adminform"].form
    answer = client.post(change_address(article), {**opened, "version": kept["version"].value(), "body": "Ma version."})
    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.body == "Ma version."


def test_a_form_without_version_changes_nothing(client: Client, article: Article, writer: User) -> None:
    client.force_login(writer)
    values = form_values(article, body="Autre.")
    del values["version"]
    assert client.post(change_address(article), values).status_code == 200
    article.refresh_from_db()
    assert article.body != "Autre."


def test_the_address_of_what_was_published_stays(client: Client, article: Article, publisher: User) -> None:
    publish(article=article, user=None)
    client.force_login(publisher)
    values = form_values(article, slug="autre-adresse", title="Autre titre")
    values["editions-TOTAL_FORMS"] = values["editions-INITIAL_FORMS"] = "0"
    assert client.post(change_address(article), values).status_code == 302
    article.refresh_from_db()
    assert (article.slug, article.title) == ("lire-lentement", "Autre titre")


def test_the_address_of_another_page_is_refused(client: Client, article: Article, writer: User) -> None:
    client.force_login(writer)
    answer = client.post(change_address(article), form_values(article, slug="flux"))
    assert "autre page du site" in answer.content.decode()


def test_only_what_was_never_published_is_deleted(client: Client, article: Article, publisher: User) -> None:
    client.force_login(publisher)
    address = reverse("admin:articles_article_delete", args=[article.pk])
    publish(article=article, user=None)
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Article.objects.exists()
    draft = Article.objects.create(title="Brouillon", slug="brouillon")
    answer = client.post(reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"})
    assert answer.status_code == 302
    assert not Article.objects.filter(pk=draft.pk).exists()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def test_hero_image(client: Client, article: Article, writer: User, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(writer)
    image = SimpleUploadedFile("ouverture.jpg", picture(), content_type="image/jpeg")
    answer = client.post(
        change_address(article), form_values(article, hero_image=image, hero_image_alt="Une nappe bleue")
    )
    assert answer.status_code == 302
    article.refresh_from_db()
    # The name tells the true format, whatever the upload said.
    assert article.hero_image.name == "articles/ouverture.png"
    cover = publish(article=article, user=None).facts["cover"]
    assert cover == {
        "src": article.hero_image.url,
        "alt": "Une nappe bleue",
        "name": "",
        "width": 40,
        "height": 30,
    }


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        ("photo.png", b"<html><script>alert(1)</script>", "pas une image lisible"),
        ("photo.png", picture()[:60], "pas une image lisible"),
    ],
)
def test_a_bad_hero_image(
    client: Client, article: Article, writer: User, name: str, data: bytes, sentence: str
) -> None:
    client.force_login(writer)
    upload = SimpleUploadedFile(name, data, content_type="image/png")
    answer = client.post(change_address(article), form_values(article, hero_image=upload))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    article.refresh_from_db()
    assert not article.hero_image


def test_nobody_enters_without_the_right(client: Client, article: Article) -> None:
    client.force_login(staff("visiteuse"))
    assert client.get(change_address(article)).status_code == 403
    assert client.get(reverse(CHANGELIST)).status_code == 403


SCREENS = ["changelist", "add", "change", "history", "delete", "publish", "schedule", "unschedule", "withdraw"]
REFUSED = dict.fromkeys(SCREENS, 403)
READ = {"changelist": 200, "add": 200, "change": 200, "history": 200, "delete": 403}
TABLE = {
    # role: {screen: status of a GET}; 302 leads to the login.
    "public": dict.fromkeys(SCREENS, 302),
    "reader": dict.fromkeys(SCREENS, 302),
    "visitor": REFUSED,
    "writer": REFUSED | READ,
    "publisher": dict.fromkeys(SCREENS, 200),
    "administrator": dict.fromkeys(SCREENS, 200),
}


def log_in(client: Client, role: str) -> None:
    if role == "reader":
        client.force_login(User.objects.create_user("lectrice"))
    elif role == "visitor":
        client.force_login(staff("visiteuse"))
    elif role == "administrator":
        client.force_login(User.objects.create_superuser("administratrice"))


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", TABLE)
def test_who_enters_which_screen(
    client: Client, article: Article, request: pytest.FixtureRequest, role: str, screen: str
) -> None:
    if role in {"writer", "publisher"}:
        client.force_login(request.getfixturevalue(role))
    log_in(client, role)
    arguments = [article.pk] if screen in {"change", "history", "delete"} else []
    address = reverse(f"admin:articles_article_{screen}", args=arguments)
    answer = client.get(address, {"pk": article.pk})
    assert answer.status_code == TABLE[role][screen]
    if answer.status_code != 200:
        # What cannot be seen cannot be done either.
        assert client.post(f"{address}?pk={article.pk}", {"post": "yes"}).status_code == TABLE[role][screen]
        article.refresh_from_db()
        assert article.state == State.DRAFT
