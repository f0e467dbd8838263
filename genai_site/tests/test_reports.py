"""Errors that readers report on a passage."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.actions.publish import publish as publish_article
from articles.models import Article
from genai_site import guard
from genai_site.models import PassageReport
from genai_site.passages import Place, place_at
from publishing.actions.withdraw import withdraw
from theses.actions.publish import publish
from theses.models import Document, Passage, Section

pytestmark = pytest.mark.django_db

PAGE = "/theses/les-marees/flux-et-reflux/"
TEXT = "La mer monte deux fois par jour & descend autant."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def work() -> Document:
    document = Document.objects.create(title="Les marées", slug="les-marees")
    Section.objects.create(
        document=document,
        position=1,
        depth=1,
        kind="chapter",
        number="1",
        title="Flux et reflux",
        slug="flux-et-reflux",
        body=TEXT,
    )
    publish(document=document, user=None)
    return document


@pytest.fixture
def anchor(work: Document) -> str:
    return Passage.objects.get(text=TEXT).anchor


@pytest.fixture
def article() -> Article:
    article = Article.objects.create(title="Le phare", slug="le-phare", body="La lampe *tourne*.\n\n- Un & deux")
    publish_article(article=article, user=None)
    return article


def send(client: Client, seconds_ago: int = 60, **changes: str) -> object:
    opened = guard.signer.sign(str(int(timezone.now().timestamp() - seconds_ago)))
    return client.post("/signaler/", {"message": "Trois fois.", "opened": opened, **changes})


def test_the_form_shows_the_passage(client: Client, anchor: str) -> None:
    response = client.get("/signaler/", {"adresse": PAGE, "passage": anchor})
    html = response.content.decode()
    assert "<p>La mer monte deux fois par jour &amp; descend autant.</p></blockquote>" in html
    assert f'<a href="{PAGE}#{anchor}">Les marées, 1 Flux et reflux</a>' in html
    assert response["Cache-Control"] == "private, no-store"


def test_a_report_is_stored_and_sent(client: Client, anchor: str, settings: Settings) -> None:
    settings.CONTACT_RECIPIENTS = ["redaction@example.org"]
    response = send(client, address=PAGE, anchor=anchor, email="lea@example.org")
    assert response.status_code == 302
    report = PassageReport.objects.get()
    assert (report.work, report.address, report.anchor) == ("Les marées, 1 Flux et reflux", PAGE, anchor)
    assert (report.passage, report.message, report.state) == (TEXT, "Trois fois.", "new")
    [sent] = mail.outbox
    assert (sent.to, sent.reply_to) == (["redaction@example.org"], ["lea@example.org"])
    assert f"http://testserver{PAGE}#{anchor}" in sent.body
    assert f"> {TEXT}" in sent.body
    assert "\n" not in sent.subject
    thanks = client.get(response["Location"]).content.decode()
    assert f'href="{PAGE}#{anchor}"' in thanks


def test_an_address_is_enough(client: Client, work: Document) -> None:
    assert send(client, address=PAGE).status_code == 302
    assert PassageReport.objects.get().passage == ""


def test_a_report_about_nothing_in_particular(client: Client, settings: Settings) -> None:
    settings.CONTACT_RECIPIENTS = ["redaction@example.org"]
    assert client.get("/signaler/").status_code == 200
    assert send(client).status_code == 302
    assert PassageReport.objects.get().address == ""
    assert mail.outbox[0].reply_to == []


@pytest.mark.parametrize(
    "address", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/rien/", "x" * 900, "/a\x00b/", ""]
)
def test_what_is_no_page_of_the_site_is_not_kept(client: Client, address: str) -> None:
    assert client.get("/signaler/", {"adresse": address, "passage": "p-abc"}).status_code == 200
    assert place_at(address, "p-abc") == Place()
    assert client.get("/signaler/merci/", {"adresse": address}).status_code == 200


def test_what_the_form_quotes_comes_from_the_site(client: Client, work: Document) -> None:
    html = client.get("/signaler/", {"adresse": PAGE, "passage": '"><script>'}).content.decode()
    assert "<script>" not in html.split("<main", 1)[1]
    send(client, address=PAGE, anchor="p-inconnu")
    assert PassageReport.objects.get().link == PAGE


def test_passages_of_each_kind_of_page(work: Document, article: Article, anchor: str) -> None:
    assert place_at(f"/en{PAGE}", anchor).text == TEXT
    assert place_at("/theses/les-marees/editions/1/flux-et-reflux/", anchor).text == TEXT
    assert place_at("/theses/les-marees/integral/", anchor).text == TEXT
    assert place_at(PAGE + "?page=2#x", anchor).address == PAGE
    assert place_at("/theses/les-marees/rien/", anchor) == Place("/theses/les-marees/rien/")
    edition = article.editions.get()
    anchors = [part.split('"')[0] for part in edition.html.split('id="')[1:]]
    texts = {place_at("/articles/le-phare/", name).text for name in anchors}
    assert texts == {"La lampe tourne.", "Un & deux"}
    assert place_at("/articles/le-phare/editions/1/", anchors[0]).title == "Le phare"
    assert place_at("/articles/rien/", anchors[0]).title == ""
    assert place_at("/accessibilite/", "x") == Place("/accessibilite/")


def test_what_was_withdrawn_is_not_quoted(work: Document, article: Article, anchor: str) -> None:
    withdraw(work=work, user=None)
    withdraw(work=article, user=None)
    for address in (PAGE, "/theses/les-marees/editions/1/flux-et-reflux/", "/theses/les-marees/integral/"):
        assert place_at(address, anchor).text == ""
    assert place_at("/articles/le-phare/", anchor).title == ""


def test_programs_are_kept_out(client: Client, work: Document) -> None:
    assert send(client, website="https://example.org").status_code == 302
    assert send(client, seconds_ago=0).status_code == 422
    assert send(client, opened="forged").status_code == 422
    assert Client(enforce_csrf_checks=True).post("/signaler/", {"message": "x"}).status_code == 403
    assert not PassageReport.objects.exists()


def test_an_address_sends_a_few_reports_an_hour(client: Client, work: Document) -> None:
    for _ in range(guard.MOST):
        assert send(client, address=PAGE).status_code == 302
    refused = send(client, address=PAGE)
    assert refused.status_code == 429
    assert "Trois fois." in refused.content.decode()
    assert PassageReport.objects.count() == guard.MOST


def test_an_empty_report_is_refused_with_its_passage(client: Client, anchor: str) -> None:
    refused = send(client, message="", address=PAGE, anchor=anchor, email="pas un courriel")
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "La mer monte" in html
    assert html.count('class="error"') == 2


def test_pages_lead_to_the_form(client: Client, work: Document, article: Article) -> None:
    for address in (PAGE, f"/en{PAGE}", "/articles/le-phare/"):
        prefix = "/en" if address.startswith("/en/") else ""
        html = client.get(address).content.decode()
        assert f'href="{prefix}/signaler/?adresse={address}"' in html
        assert f'data-report="{prefix}/signaler/"' in html


def test_editors_see_and_settle_reports(client: Client, anchor: str) -> None:
    send(client, address=PAGE, anchor=anchor)
    report = PassageReport.objects.get()
    editor = User.objects.create_superuser("camille")
    client.force_login(editor)
    listed = client.get("/admin/genai_site/passagereport/").content.decode()
    assert "À traiter" in listed
    assert "Trois fois." in listed
    shown = client.get(f"/admin/genai_site/passagereport/{report.pk}/change/").content.decode()
    assert f'href="{PAGE}#{anchor}"' in shown
    client.post("/admin/genai_site/passagereport/", {"action": "mark_handled", "_selected_action": [str(report.pk)]})
    report.refresh_from_db()
    assert report.state == PassageReport.State.HANDLED
    assert client.get("/admin/genai_site/passagereport/add/").status_code == 403


def test_mails_that_fail_lose_nothing(client: Client, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.CONTACT_RECIPIENTS = ["redaction@example.org"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9
    assert send(client).status_code == 302
    assert PassageReport.objects.count() == 1
    assert "could not be sent" in caplog.text


def test_a_reported_text_is_named_in_lists() -> None:
    assert str(PassageReport(work="Les marées", message="Trois")) == "Les marées : Trois"
    assert str(PassageReport(message="Trois")) == "Trois"
