"""What was published can be written again by a newer renderer, and shown again to readers."""

from __future__ import annotations

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from publishing.actions.schedule import schedule
from publishing.actions.withdraw import withdraw
from publishing.rendering import RENDERER_VERSION
from publishing.tests.moments import tomorrow
from theses import drafts
from theses.actions.publish import publish
from theses.actions.rerender import rerender, stale_editions
from theses.actions.restore import restore
from theses.models import Document, DocumentEdition, EditionText, Section
from theses.tests.conftest import user_with

pytestmark = pytest.mark.django_db


def content(edition: DocumentEdition) -> list[tuple[str, str, str, list[str]]]:
    return [
        (page.slug, page.title, page.html, list(page.passages.values_list("anchor", flat=True)))
        for page in edition.pages.order_by("position")
    ]


def test_a_frozen_draft_thaws_as_it_was(document: Document) -> None:
    draft = drafts.load(document)
    frozen = json.loads(json.dumps(drafts.freeze(draft)))
    assert json.loads(json.dumps(drafts.freeze(drafts.thaw(frozen)))) == frozen


def test_rerendering_writes_the_same_pages_from_the_frozen_text(published: Document) -> None:
    edition = published.current_edition
    assert edition is not None
    before, facts = content(edition), edition.facts
    Section.objects.filter(document=published).update(body="Le brouillon a changé.", starts_page=True)
    DocumentEdition.objects.filter(pk=edition.pk).update(renderer="0")
    edition.pages.update(html="ancien")
    EditionText.objects.filter(edition=edition).update(whole="ancien")
    assert list(stale_editions()) == [edition.pk]
    rerender(edition_id=edition.pk)
    edition = DocumentEdition.objects.get(pk=edition.pk)
    assert edition.renderer == RENDERER_VERSION
    assert content(edition) == before
    assert edition.facts == facts
    assert "Le texte de la note." in edition.text.whole
    assert list(stale_editions()) == []


def test_addresses_stay_where_the_rules_of_paging_changed(published: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = published.current_edition
    assert edition is not None
    slugs = [page.slug for page in edition.pages.order_by("position")]
    monkeypatch.setattr("theses.paging.ENOUGH", 1)
    monkeypatch.setattr("theses.paging.TINY", 1)
    rerender(edition_id=edition.pk)
    assert [page.slug for page in edition.pages.order_by("position")] == slugs


def test_an_earlier_edition_is_put_back(published: Document, publisher: User) -> None:
    first = published.current_edition
    assert first is not None
    published.title = "Autre titre"
    published.save()
    second = publish(document=published, user=None)
    assert not published.has_unpublished_changes
    schedule(work=published, user=None, moment=tomorrow())
    restore(edition=first, user=publisher)
    published.refresh_from_db()
    assert published.current_edition == first
    assert published.scheduled_for is not None
    assert published.has_unpublished_changes, "so that publishing what was written since is offered"
    assert published.title == "Autre titre"
    assert published.editions.count() == 2
    assert "Édition 1 rétablie" in LogEntry.objects.get().change_message
    restore(edition=second, user=None)
    published.refresh_from_db()
    assert published.current_edition == second
    assert not published.has_unpublished_changes


def test_a_withdrawn_work_is_put_back(published: Document) -> None:
    withdraw(work=published, user=None)
    restore(edition=published.current_edition, user=None)  # type: ignore[arg-type]
    assert Document.objects.published().get() == published


def test_what_readers_see_already_is_refused(published: Document) -> None:
    with pytest.raises(ValidationError, match="voient déjà"):
        restore(edition=published.current_edition, user=None)  # type: ignore[arg-type]


def test_only_publishers_restore(published: Document) -> None:
    with pytest.raises(PermissionDenied):
        restore(edition=published.current_edition, user=user_with("ida", "change_document"))  # type: ignore[arg-type]


def test_an_edition_is_never_saved_again(published: Document) -> None:
    edition = published.current_edition
    assert edition is not None
    edition.title = "Faux"
    with pytest.raises(ValidationError):
        edition.save()
