"""The first page of the admin: what waits for whom, what it costs, and what it says where nothing waits."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from genai_site.groups import group_of
from genai_site.models import ContactMessage, PassageReport
from imports import staging
from imports.models import SourceFile
from publishing.models import State
from theses.models import Document, Figure

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db

DOUBTS = [
    {"code": "page-missing", "severity": severity, "line": line, "message": "Une page manque."}
    for line, severity in enumerate(["error", "warning", "warning", "info"], start=1)
]
READ: dict[str, Any] = {"counts": {}, "findings": DOUBTS, "outline": [], "remarks": []}
AGO = timezone.now() - datetime.timedelta(days=2)


@pytest.fixture(autouse=True)
def stored_apart(settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        **{
            name: {**settings.STORAGES[name], "OPTIONS": {"location": tmp_path / name}}
            for name in ("sources", "staging")
        },
    }


def member(*roles: str) -> User:
    user = User.objects.create_user("-".join(roles) or "personne", is_staff=True)
    user.groups.set(group_of(role) for role in roles)
    return user


def document(title: str, **fields: Any) -> Document:
    return Document.objects.create(title=title, slug=title.lower().replace(" ", "-"), **fields)


def blocks(client: Client, user: User) -> dict[str, Any]:
    client.force_login(user)
    return {block.name: block for block in client.get("/admin/").context["desk"]}


def labels(block: Any) -> list[str]:
    return [row.label for row in block.rows]


def fill(rows: int, user: User, first: int = 0) -> None:
    for n in range(first, first + rows):
        document(f"Ouvrage {n}")
        document(f"En relecture {n}", state=State.IN_REVIEW, review_asked_at=AGO)
        Article.objects.create(title=f"Article {n}", slug=f"article-{n}")
        PassageReport.objects.create(message=f"Une faute {n}", work="Un texte")
        ContactMessage.objects.create(name="Ida", email="ida@example.org", message=f"Bonjour {n}")
        SourceFile.objects.create(
            name=f"source-{n}.txt",
            sha256=f"{n:064}",
            size=1,
            report=READ,
            document=Document.objects.get(slug=f"ouvrage-{n}"),
            file=ContentFile(b"Un texte.", name=f"source-{n}.txt"),
        )
        staging.stage(user, name=f"fichier-{n}.md", data=b"# Un titre\n\nUn texte assez long.")


def test_each_thing_stands_in_its_block(client: Client) -> None:
    user = member("importer", "publisher")
    fill(1, user)
    found = blocks(client, user)
    assert list(found) == ["review", "checks", "uploads", "doubts", "reports", "messages", "drafts"]
    assert labels(found["review"]) == ["En relecture 0"]
    assert labels(found["uploads"]) == ["fichier-0.md"]
    assert [(row.label, row.detail) for row in found["doubts"].rows] == [("source-0.txt", "3 constats à vérifier")]
    answers = [{**row, "text": "", "verdict": "dismissed"} for row in DOUBTS]
    SourceFile.objects.update(decisions={"answers": answers[:2]})
    assert blocks(client, user)["doubts"].rows[0].detail == "1 constat à vérifier"
    SourceFile.objects.update(decisions={})
    assert labels(found["reports"]) == ["Une faute 0"]
    assert labels(found["messages"]) == ["Bonjour 0"]
    assert sorted(labels(found["drafts"])) == ["Article 0", "Ouvrage 0"]
    for block in found.values():
        for row in block.rows:
            assert client.get(row.address).status_code == 200, row.address
        assert not block.address or client.get(block.address).status_code == 200


def test_it_costs_the_same_whatever_waits(client: Client) -> None:
    user = member("importer", "publisher")
    client.force_login(user)
    client.get("/admin/")
    counts = []
    for first, rows in ((0, 2), (2, 7)):
        fill(rows, user, first)
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/admin/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13, "\n".join(query["sql"][:150] for query in queries)
    assert not any('."body"' in query["sql"] for query in queries.captured_queries)
    reports = next(block for block in response.context["desk"] if block.name == "reports")
    assert (len(reports.rows), reports.count) == (6, 9)
    assert "Voir les 9" in response.content.decode()


def test_a_publication_that_is_late_is_said_to_be(client: Client) -> None:
    document("Demain", state=State.SCHEDULED, scheduled_for=timezone.now() + datetime.timedelta(days=1))
    document("Hier", state=State.SCHEDULED, scheduled_for=AGO)
    block = blocks(client, member("publisher"))["scheduled"]
    assert [(row.label, row.late) for row in block.rows] == [("Hier", True), ("Demain", False)]
    assert "publish_scheduled" in block.advice


def test_what_was_published_as_it_stands_does_not_wait(client: Client, published: Document) -> None:
    user = member("editor")
    assert blocks(client, user) == {}
    assert "Rien n’attend" in client.get("/admin/").content.decode()
    Document.objects.text_changed(published.pk)
    Document.objects.filter(pk=published.pk).update(review_asked_at=AGO, review_note="À relire vite")
    row = blocks(client, user)["review"].rows[0]
    assert (row.label, "À relire vite" in row.detail) == (published.title, True)
    Document.objects.filter(pk=published.pk).update(review_asked_at=None)
    found = blocks(client, user)
    assert labels(found["changed"]) == [published.title]
    assert found["changed"].rows[0].address.endswith("/comparer/")
    Document.objects.filter(pk=published.pk).update(state=State.WITHDRAWN, withdrawn_at=AGO)
    assert blocks(client, user) == {}
    Document.objects.filter(pk=published.pk).update(review_asked_at=AGO)
    assert labels(blocks(client, user)["review"]) == [published.title]


def test_what_is_incomplete_leads_to_the_check(client: Client) -> None:
    work = document("Illustré", ai_level="none")
    for n in range(3):
        Figure.objects.create(document=work, key=f"f{n}", position=n, caption="Une figure")
    document("Complet", ai_level="none", date=datetime.date(2025, 1, 1))
    (row,) = blocks(client, member("editor"))["checks"].rows
    assert (row.label, row.detail) == ("Illustré", "date manquante · 3 figures sans image")
    assert row.address.endswith(f"/{work.pk}/controle/")


@pytest.fixture
def published(db: None) -> Document:
    from theses.actions.publish import publish
    from theses.models import Section

    work = document("Paru", ai_level="none", date=datetime.date(2025, 1, 1))
    Section.objects.create(document=work, position=1, title="Un", slug="un", depth=1, body="Un texte.")
    publish(document=work, user=None)
    work.refresh_from_db()
    return work


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], set()),
        (["importer"], {"uploads", "doubts"}),
        (["editor"], {"review", "checks", "doubts", "reports", "messages", "drafts"}),
    ],
)
def test_nobody_is_shown_what_others_deal_with(client: Client, roles: list[str], expected: set[str]) -> None:
    user = member(*roles)
    fill(1, user)
    assert set(blocks(client, user)) == expected


def test_an_empty_site_says_how_to_start(client: Client) -> None:
    client.force_login(member("importer"))
    html = client.get("/admin/").content.decode()
    assert "devient un brouillon" in html
    assert "Rien n’attend" not in html


def test_the_desk_is_not_for_readers(client: Client) -> None:
    assert client.get("/admin/").status_code == 302
    client.force_login(User.objects.create_user("lectrice"))
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(("width", "colour"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing(
    new_page: Callable[..., Page],
    sign_in: Any,
    axe: Callable[[Page], None],
    width: int,
    colour: str,
) -> None:
    user = member("importer", "publisher")
    fill(7, user)
    document("Hier", state=State.SCHEDULED, scheduled_for=AGO)
    page = new_page(width=width, colour=colour)
    sign_in(page, user)
    page.goto("/admin/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
