"""Withdrawing and scheduling, on articles as the simplest kind of work: the actions know none in particular."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from publishing.actions.schedule import schedule, unschedule
from publishing.actions.withdraw import withdraw
from publishing.models import Publication, State
from publishing.tests.moments import tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Publication:
    # Publishing knows no kind of work; a test needs a concrete one.
    return apps.get_model("articles", "Article").objects.create(
        title="Un texte", slug="un-texte", body="Texte.", ai_level="none"
    )


@pytest.fixture
def published(draft: Publication) -> Publication:
    now = timezone.now()
    edition = apps.get_model("articles", "ArticleEdition").objects.create(
        article=draft, number=1, published_at=now, renderer="1", title=draft.title, body="Texte.", html="<p>Texte.</p>"
    )
    draft.current_edition = edition  # type: ignore[attr-defined]
    draft.state = State.PUBLISHED
    draft.published_at = draft.first_published_at = now
    draft.save()
    return draft


@pytest.fixture
def visitor() -> User:
    return User.objects.create_user("visiteuse", is_staff=True)


@pytest.fixture
def publisher() -> User:
    user = User.objects.create_user("editrice", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="publish_article"))
    return user


def test_withdraw(published: Publication, publisher: User) -> None:
    withdraw(work=published, user=publisher, reason="Erreur")
    published.refresh_from_db()
    assert published.state == State.WITHDRAWN
    assert published.withdrawn_at is not None
    assert published.current_edition is not None  # type: ignore[attr-defined]


def test_withdraw_gives_up_what_was_scheduled(published: Publication) -> None:
    schedule(work=published, user=None, moment=tomorrow())
    withdraw(work=published, user=None)
    published.refresh_from_db()
    assert published.scheduled_for is None


def test_only_what_is_published_is_withdrawn(draft: Publication) -> None:
    with pytest.raises(ValidationError, match="n’est pas publié"):
        withdraw(work=draft, user=None)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_the_state_is_read_again_before_it_changes(published: Publication) -> None:
    stale = type(published)._default_manager.get(pk=published.pk)
    withdraw(work=published, user=None)
    with pytest.raises(ValidationError):
        withdraw(work=stale, user=None)


def test_schedule_a_draft_and_give_it_up(draft: Publication, publisher: User) -> None:
    moment = tomorrow()
    schedule(work=draft, user=publisher, moment=moment)
    draft.refresh_from_db()
    assert (draft.state, draft.scheduled_for) == (State.SCHEDULED, moment)
    unschedule(work=draft, user=publisher)
    draft.refresh_from_db()
    assert (draft.state, draft.scheduled_for) == (State.DRAFT, None)
    with pytest.raises(ValidationError, match="Aucune publication"):
        unschedule(work=draft, user=publisher)


def test_a_published_work_stays_visible_while_its_next_edition_waits(published: Publication) -> None:
    schedule(work=published, user=None, moment=tomorrow())
    published.refresh_from_db()
    assert published.state == State.PUBLISHED
    unschedule(work=published, user=None)
    published.refresh_from_db()
    assert (published.state, published.scheduled_for) == (State.PUBLISHED, None)


@pytest.mark.parametrize("moment", [timezone.now() - timedelta(seconds=1), datetime(2999, 1, 1)])
def test_a_moment_is_aware_and_to_come(draft: Publication, moment: datetime) -> None:
    with pytest.raises(ValidationError, match="à venir"):
        schedule(work=draft, user=None, moment=moment)


def test_permission(published: Publication, draft: Publication, visitor: User) -> None:
    with pytest.raises(PermissionDenied):
        withdraw(work=published, user=visitor)
    with pytest.raises(PermissionDenied):
        schedule(work=published, user=visitor, moment=tomorrow())
    with pytest.raises(PermissionDenied):
        unschedule(work=published, user=visitor)


def test_the_draft_is_not_marked_as_changed(published: Publication) -> None:
    before = published.updated_at
    schedule(work=published, user=None, moment=tomorrow())
    withdraw(work=published, user=None)
    published.refresh_from_db()
    assert published.updated_at == before
