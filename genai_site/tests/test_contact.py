"""The contact page: what is kept and sent, and what keeps programs out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from genai_site import guard
from genai_site.models import ContactMessage

pytestmark = pytest.mark.django_db

WRITTEN = {
    "name": "Ida Marchal",
    "email": "ida@example.org",
    "subject": "Une coquille",
    "message": "Page 3, il manque un mot.",
    "page": "/theses/x/y/",
    "website": "",
}


@pytest.fixture(autouse=True)
def _fresh(settings: Any) -> None:
    cache.clear()
    settings.CONTACT_RECIPIENTS = ["redaction@example.org"]


def opened(seconds_ago: float = 60) -> str:
    return guard.signer.sign(str(int(timezone.now().timestamp() - seconds_ago)))


def send(client: Client, **changes: str) -> Any:
    return client.post("/contact/", {**WRITTEN, "opened": opened(), **changes})


def test_a_message_is_stored_and_sent(client: Client) -> None:
    response = send(client)
    assert (response.status_code, response["Location"]) == (302, "/contact/merci/")
    message = ContactMessage.objects.get()
    assert (message.name, message.email, message.page) == ("Ida Marchal", "ida@example.org", "/theses/x/y/")
    sent = mail.outbox[0]
    assert sent.to == ["redaction@example.org"]
    assert sent.reply_to == ["ida@example.org"]
    assert "Une coquille" in sent.subject
    assert "il manque un mot" in sent.body
    assert client.get("/contact/merci/").status_code == 200


def test_nothing_is_sent_where_nobody_receives(client: Client, settings: Any) -> None:
    settings.CONTACT_RECIPIENTS = []
    send(client)
    assert ContactMessage.objects.count() == 1
    assert not mail.outbox


def test_a_message_is_kept_where_the_mail_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    assert send(client).status_code == 302
    assert ContactMessage.objects.count() == 1


def test_headers_cannot_be_injected(client: Client) -> None:
    send(client, subject="Bonjour\r\nBcc: tous@example.org", name="Ida\nMarchal")
    sent = mail.outbox[0]
    assert "\n" not in sent.subject
    assert sent.recipients() == ["redaction@example.org"]
    assert ContactMessage.objects.get().name == "Ida Marchal"


def test_without_a_subject_the_first_words_stand_for_it(client: Client) -> None:
    send(client, subject="")
    assert "Page 3" in mail.outbox[0].subject


def test_a_program_that_fills_the_trap_is_told_that_all_went_well(client: Client) -> None:
    assert send(client, website="https://spam.example/").status_code == 302
    assert not ContactMessage.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("stamp", ["", "123:forged", "of another form"])
def test_a_form_that_this_site_did_not_open_is_refused(client: Client, stamp: str) -> None:
    if stamp == "of another form":
        stamp = signing.TimestampSigner(salt="other").sign("1")
    response = send(client, opened=stamp)
    assert response.status_code == 422
    html = response.content.decode()
    assert "expiré" in html
    assert "il manque un mot" in html
    assert not ContactMessage.objects.exists()
    again = response.context["form"].data["opened"]
    assert guard.signer.unsign(again)


def test_a_message_written_in_no_time_is_refused_and_can_be_sent_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = opened(0)
    response = send(client, opened=stamp)
    assert response.status_code == 422
    assert "trop vite" in response.content.decode()
    assert response.context["form"].data["opened"] == stamp
    monkeypatch.setattr(guard, "SOONEST", 0)
    assert send(client, opened=stamp).status_code == 302


def test_a_form_left_open_too_long_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = opened()
    monkeypatch.setattr(guard, "LATEST", -1)
    assert send(client, opened=stamp).status_code == 422


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"email": "personne"}, {"message": ""}, {"message": "x" * 10_001}, {"subject": "x" * 201}],
)
def test_what_is_missing_or_wrong_is_told(client: Client, changes: dict[str, str]) -> None:
    response = send(client, **changes)
    assert response.status_code == 422
    name = next(iter(changes))
    assert name in response.context["form"].errors
    html = response.content.decode()
    assert re.search(rf'<(?:input|textarea)[^>]* name="{name}"[^>]* aria-describedby="[^"]*\bid_{name}_error"', html)
    assert html.count(f'id="id_{name}_error"') == 1
    assert not ContactMessage.objects.exists()


def test_one_address_sends_few_messages_an_hour(client: Client) -> None:
    for _ in range(guard.MOST):
        assert send(client).status_code == 302
    refused = send(client)
    assert refused.status_code == 429
    assert "il manque un mot" in refused.content.decode()
    assert ContactMessage.objects.count() == guard.MOST
    other = client.post("/contact/", {**WRITTEN, "opened": opened()}, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 302


def test_the_address_is_not_kept_in_clear(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = []
    monkeypatch.setattr(guard.cache, "add", lambda key, *rest: keys.append(key))
    client.post("/contact/", {**WRITTEN, "opened": opened()}, REMOTE_ADDR="192.0.2.7")
    assert keys
    assert not any("192.0.2.7" in key for key in keys)


def test_the_count_may_expire_between_two_lines(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard.cache, "add", lambda *rest: None)
    assert send(client).status_code == 302


def test_a_foreign_form_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/contact/", {**WRITTEN, "opened": opened()}).status_code == 403


@pytest.mark.parametrize(
    ("query", "referer", "expected"),
    [
        ("?page=/theses/a/b/", "", "/theses/a/b/"),
        ("", "http://testserver/articles/un/", "/articles/un/"),
        ("", "https://ailleurs.example/page/", ""),
        ("?page=%00/a", "", "/a"),
        (f"?page={'x' * 900}", "", "x" * 500),
    ],
)
def test_the_form_knows_from_where_the_reader_comes(client: Client, query: str, referer: str, expected: str) -> None:
    response = client.get(f"/contact/{query}", headers={"Referer": referer} if referer else {})
    assert response.context["form"].initial["page"] == expected


def test_the_only_cookie_is_that_of_the_form(client: Client) -> None:
    response = client.get("/contact/")
    assert set(response.cookies) <= {"csrftoken"}
    assert "no-store" in response["Cache-Control"]


def test_hostile_messages_are_text_for_the_editors(client: Client, admin_client: Client) -> None:
    send(client, message="<script>alert(1)</script>", page="javascript:alert(1)")
    message = ContactMessage.objects.get()
    html = admin_client.get(f"/admin/genai_site/contactmessage/{message.pk}/change/").content.decode()
    assert "<script>alert(1)" not in html
    assert 'href="javascript:' not in html


def test_editors_note_that_they_answered(client: Client, admin_client: Client) -> None:
    send(client)
    message = ContactMessage.objects.get()
    values = {"action": "mark_answered", "_selected_action": [message.pk]}
    admin_client.post("/admin/genai_site/contactmessage/", values)
    message.refresh_from_db()
    assert message.answered
    html = admin_client.get(f"/admin/genai_site/contactmessage/{message.pk}/change/").content.decode()
    assert 'href="/theses/x/y/"' in html
    assert admin_client.get("/admin/genai_site/contactmessage/add/").status_code == 403
