"""Two people at once: two saves of one section, and a publication while somebody writes. On both databases."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from theses.actions.publish import publish
from theses.models import Document, Section
from theses.tests.test_admin import form_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def row(document: Document) -> Section:
    return Section.objects.get(document=document, slug="introduction")


def client_of(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(name, password="-"))
    return client


def test_of_two_saves_at_once_one_is_kept_and_the_other_is_asked(row: Section) -> None:
    address = reverse("admin:theses_section_change", args=[row.pk])
    texts = ["Le texte d’Ada.", "Le texte de Léa."]
    clients = [client_of("ada"), client_of("lea")]
    forms = [form_of(client.get(address)) | {"body": text} for client, text in zip(clients, texts, strict=True)]
    answers: dict[int, Any] = {}
    barrier = threading.Barrier(2)

    def save(number: int) -> None:
        try:
            barrier.wait(30)
            answers[number] = clients[number].post(address, forms[number])
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    saved = next(number for number, answer in answers.items() if answer.status_code == 302)
    row.refresh_from_db()
    assert row.body == texts[saved]
    refused = answers[1 - saved].content.decode()
    assert "Rien n’est perdu" in refused
    assert f"\n{texts[1 - saved]}</textarea>" in refused


def test_a_publication_during_an_edit_takes_nothing_from_either(document: Document, row: Section) -> None:
    address = reverse("admin:theses_section_change", args=[row.pk])
    client = client_of("ada")
    form = form_of(client.get(address)) | {"body": "Un texte écrit pendant la publication."}
    before = row.body
    edition = publish(document=document, user=None)
    assert client.post(address, form).status_code == 302
    row.refresh_from_db()
    assert row.body == "Un texte écrit pendant la publication."
    page = edition.pages.get(slug="introduction")
    assert before.split()[0] in page.html
    assert "pendant la publication" not in page.html
    document.refresh_from_db()
    assert document.current_edition == edition
    assert document.has_unpublished_changes
