"""The index says what readers see, whatever was done to the works: it is what a rebuild would write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.actions.publish import publish as publish_article
from articles.actions.rerender import rerender as rerender_article
from articles.models import Article, ArticleContribution, ArticlePassage
from publishing.actions.withdraw import withdraw
from publishing.models import Author
from search.find import find
from search.models import IndexedUnit, IndexedWork, Word
from search.results import parse
from theses.actions import publish as publication
from theses.actions.publish import publish as publish_document
from theses.actions.rerender import rerender as rerender_document
from theses.actions.restore import restore
from theses.models import Document, DocumentContribution, Passage
from theses.tests.building import add_sections, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(db: None) -> None:
    author = Author.objects.create(name="Jeanne Dumas", slug="jeanne-dumas")
    document = Document.objects.create(title="Lire les machines", slug="lire")
    DocumentContribution.objects.create(document=document, author=author)
    add_sections(
        document,
        section(1, (1, "chapter", "1", "Écrire"), slug="ecrire", body="Un alambic[^1].\n\n[^1]: Une note de cuivre."),
        section(2, (1, "chapter", "2", "Relire"), slug="relire", body="Des boussoles et des cartes."),
    )
    article = Article.objects.create(title="Marcher", slug="marcher", body="Un sentier.\n\n## Halte\n\nUne source.")
    ArticleContribution.objects.create(article=article, author=author)


def document() -> Document:
    found: Document = Document.objects.get(slug="lire")
    return found


def article() -> Article:
    found: Article = Article.objects.get(slug="marcher")
    return found


def rewrite() -> None:
    chapter = document().sections.get(slug="relire")
    chapter.body += "\n\nEncore une phrase de compas."
    chapter.save()
    Document.objects.text_changed(document().pk)
    draft = article()
    draft.body += "\n\nEncore un virage."
    draft.save()


def rename() -> None:
    for work in (document(), article()):
        work.title += " bis"
        work.save()


def keywords() -> None:
    document().tags.add("lecture")
    article().tags.add("voyage")


def put_first_back() -> None:
    edition = document().editions.order_by("number").first()
    if edition is not None:
        restore(edition=edition, user=None)


def rerender_all() -> None:
    for edition in document().editions.all():
        rerender_document(edition_id=edition.pk)
    for edition in article().editions.all():
        rerender_article(edition_id=edition.pk)


def delete_a_draft() -> None:
    draft = Document.objects.create(title="Un brouillon", slug="brouillon")
    add_sections(draft, section(1, (1, "chapter", "1", "Secret"), body="Un texte que personne ne lit."))
    draft.delete()


ACTIONS: dict[str, Callable[[], Any]] = {
    "publish the document": lambda: publish_document(document=document(), user=None),
    "publish the article": lambda: publish_article(article=article(), user=None),
    "withdraw the document": lambda: withdraw(work=document(), user=None),
    "withdraw the article": lambda: withdraw(work=article(), user=None),
    "rewrite": rewrite,
    "rename": rename,
    "give keywords": keywords,
    "restore the first edition": put_first_back,
    "render again": rerender_all,
    "delete a draft": delete_a_draft,
}


def state() -> tuple[Any, ...]:
    """All that the index holds, without its keys."""
    works = [field.name for field in IndexedWork._meta.fields if field.name != "id"]
    units = [field.name for field in IndexedUnit._meta.fields if field.name not in {"id", "work"}]
    return (
        [repr(row) for row in IndexedWork.objects.order_by("key").values_list(*works)],
        [repr(row) for row in IndexedUnit.objects.order_by("work__key", "position").values_list("work__key", *units)],
        list(Word.objects.filter(units__gt=0).order_by("folded").values_list("folded", "units")),
    )


def assert_agrees() -> None:
    """The index is what it would be if it were written now from nothing."""
    found = state()
    IndexedUnit.objects.all().delete()
    IndexedWork.objects.all().delete()
    Word.objects.all().delete()
    call_command("rebuild_search", verbosity=0)
    assert found == state()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(ACTIONS)), min_size=1, max_size=7))
def test_agrees_after_any_actions(works: None, steps: list[str]) -> None:
    with transaction.atomic():
        for step in steps:
            try:
                with transaction.atomic():
                    ACTIONS[step]()
            except ValidationError:
                pass  # There was nothing to withdraw, or the edition is shown already.
            with transaction.atomic():
                assert_agrees()
                transaction.set_rollback(True)
        transaction.set_rollback(True)


def test_follows_what_readers_see(works: None) -> None:
    assert not find(parse("boussoles")).total
    publish_document(document=document(), user=None)
    assert find(parse("boussole")).total == 1
    rewrite()
    assert not find(parse("compas")).total, "a draft was found"
    publish_document(document=document(), user=None)
    assert find(parse("compas")).total == 1
    put_first_back()
    assert not find(parse("compas")).total, "an edition that readers do not see was found"
    withdraw(work=document(), user=None)
    assert not find(parse("boussole")).total


def test_a_publication_that_fails_leaves_the_index(works: None, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_document(document=document(), user=None)
    before = state()
    rewrite()

    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(publication, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish_document(document=document(), user=None)
    assert state() == before


def test_a_new_rendering_is_indexed(works: None) -> None:
    """An older renderer wrote other texts of the passages; the rendering of today takes their place."""
    publish_document(document=document(), user=None)
    publish_article(article=article(), user=None)
    Passage.objects.update(text="Sabir")
    ArticlePassage.objects.update(text="Sabir")
    call_command("rebuild_search", verbosity=0)
    assert len(find(parse("sabir")).works) == 2
    rerender_all()
    assert not find(parse("sabir")).total
    assert_agrees()
