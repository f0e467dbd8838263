"""The picture made for sharing a work is public with the work, and the pages name it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from PIL import Image

from articles.models import Article
from theses.models import Document

pytestmark = pytest.mark.django_db


def named_picture(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    found = re.search(r'<meta property="og:image" content="http://testserver([^"]+)">', html)
    assert found, address
    return found[1]


def test_every_published_work_has_its_picture(client: Client) -> None:
    call_command("import_samples", verbosity=0)
    works = [*Article.objects.published(), *Document.objects.published()]
    assert works
    pictures = set()
    for work in works:
        address = named_picture(client, work.get_absolute_url())
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        assert answer["Content-Type"] == "image/png"
        assert Image.open(BytesIO(body)).width >= 600
        pictures.add(body)
    assert len(pictures) == len(works)


def test_the_home_page_names_the_picture_of_the_site(client: Client) -> None:
    answer = client.get(named_picture(client, "/"))
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)


@pytest.mark.parametrize("path", ["articles/brouillon", "theses/brouillon", "auteurs/brouillon", "articles/rien"])
def test_what_is_not_public_has_no_picture(client: Client, path: str) -> None:
    Article.objects.create(title="Brouillon", slug="brouillon")
    Document.objects.create(title="Brouillon", slug="brouillon")
    assert client.get(f"/partage/{path}.png").status_code == 404
    client.force_login(User.objects.create_superuser("chef", password="x"))
    assert client.get(f"/partage/{path}.png").status_code == 404
