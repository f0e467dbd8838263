"""`publish_scheduled` and `rerender`, over articles and documents alike."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.actions.publish import publish
from articles.models import Article, ArticleEdition
from publishing.models import State
from theses.actions.publish import publish as publish_document
from theses.models import Document, DocumentEdition, EditionPage, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return Article.objects.create(title="Un article", slug="un-article", body="Texte.", ai_level="none")


@pytest.fixture
def document() -> Document:
    found = Document.objects.create(title="Un rapport", slug="un-rapport", kind="report", ai_level="none")
    Section.objects.create(document=found, position=1, depth=1, title="Entrée", slug="entree", body="Le corps.")
    return found


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=out)
    return out.getvalue()


def make_due(work: Article | Document, minutes: int = 1) -> None:
    type(work).objects.filter(pk=work.pk).update(
        state=State.SCHEDULED, scheduled_for=timezone.now() - timedelta(minutes=minutes)
    )


def test_what_is_due_is_published(article: Article, document: Document) -> None:
    make_due(article)
    make_due(document)
    later = Article.objects.create(title="Plus tard", slug="plus-tard", body="Texte.")
    make_due(later, minutes=-10)
    assert "Un article" in run("publish_scheduled")
    assert [work.slug for work in Article.objects.published()] == ["un-article"]
    assert [work.slug for work in Document.objects.published()] == ["un-rapport"]
    article.refresh_from_db()
    assert article.scheduled_for is None
    later.refresh_from_db()
    assert later.state == State.SCHEDULED
    assert run("publish_scheduled") == ""


def test_what_cannot_be_published_does_not_stop_the_others(article: Article) -> None:
    empty = Article.objects.create(title="Vide", slug="vide", ai_level="none")
    make_due(empty, minutes=5)
    make_due(article)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("publish_scheduled", stdout=out, stderr=out)
    assert "Vide\u202f: Texte\u202f: L’article n’a pas de texte." in out.getvalue()
    assert Article.objects.published().get() == article
    empty.refresh_from_db()
    assert empty.state == State.SCHEDULED


def test_rerender(article: Article, document: Document) -> None:
    edition = publish(article=article, user=None)
    pages = publish_document(document=document, user=None).pages
    fresh, fresh_page = edition.html, pages.get().html
    ArticleEdition.objects.update(html="<p>Ancien.</p>", renderer="0")
    DocumentEdition.objects.update(renderer="0")
    EditionPage.objects.update(html="<p>Ancien.</p>")
    assert "2 édition(s) à mettre à jour" in run("rerender", "--check")
    assert "2 édition(s) mise(s) à jour" in run("rerender")
    edition.refresh_from_db()
    assert edition.html == fresh
    assert EditionPage.objects.get().html == fresh_page
    assert "0 édition(s)" in run("rerender")
