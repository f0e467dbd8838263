"""Saying how AI was used in many sections at once, and keeping what they say when the outline is reshaped."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from theses.actions.disclose_ai import MOST, disclose_ai
from theses.actions.put_back import put_section_back
from theses.actions.reshape_section import delete_section, merge_section, split_section
from theses.actions.undo import redo, undo
from theses.models import Document, Section
from theses.tests.building import section
from theses.tests.conftest import user_with

pytestmark = pytest.mark.django_db

GENERATED = {"ai_level": "generated", "ai_tool": "un modèle"}


@pytest.fixture
def editor(db: None) -> User:
    return user_with("eva", "view_document", "view_section", "change_section", "add_section", "delete_section")


@pytest.fixture
def work(db: None) -> Document:
    """a (a1 (a11), a2), b."""
    document = Document.objects.create(title="Plan", slug="plan", ai_level="assisted")
    rows = [("a", 1), ("a1", 2), ("a11", 3), ("a2", 2), ("b", 1)]
    Section.objects.bulk_create(
        section(n, (depth,), slug=slug, body=f"Un {slug}.\n\nDeux {slug}.", document=document)
        for n, (slug, depth) in enumerate(rows, start=1)
    )
    return document


def key(work: Document, slug: str) -> int:
    return work.sections.get(slug=slug).pk


def say(work: Document, user: User | None, *slugs: str, **values: object) -> None:
    keys = list(work.sections.filter(slug__in=slugs).values_list("pk", flat=True))
    disclose_ai(document=work, user=user, sections=keys, values=values)


def levels(work: Document) -> dict[str, str]:
    return dict(work.sections.exclude(ai_level="").order_by("position").values_list("slug", "ai_level"))


def test_one_answer_for_many_is_one_act(work: Document, editor: User) -> None:
    say(work, editor, "a1", "b", **GENERATED, ai_reviewed_on=datetime.date(2025, 1, 2))
    assert levels(work) == {"a1": "generated", "b": "generated"}
    assert work.changes.get().what == "Usage de l’IA, Généré par IA : 2 sections"
    undo(document=work, user=editor)
    assert levels(work) == {}
    redo(document=work, user=editor)
    assert work.sections.get(slug="b").ai_reviewed_on == datetime.date(2025, 1, 2)


def test_an_answer_is_whole_and_can_be_taken_back(work: Document, editor: User) -> None:
    say(work, editor, "a1", **GENERATED)
    say(work, editor, "a1", ai_level="none")
    assert work.sections.get(slug="a1").ai_tool == ""
    say(work, editor, "a1")
    assert levels(work) == {}
    versions = Section.history.filter(slug="a1").order_by("history_id")
    first = versions.filter(ai_level="generated").get()
    put_section_back(section_id=first.id, user=editor, version_id=first.history_id)
    assert work.sections.get(slug="a1").ai_tool == "un modèle"


def test_a_section_that_another_one_changed_is_in_the_way(work: Document, editor: User) -> None:
    say(work, editor, "a1", **GENERATED)
    say(work, None, "a1", ai_level="none")
    with pytest.raises(ValidationError, match="a changé depuis"):
        undo(document=work, user=editor)


def test_what_is_refused(work: Document, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        say(work, user_with("simple", "view_section"), "a1", **GENERATED)
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    for wrong in ({"ai_level": "peut-être"}, {"ai_level": "reviewed", "ai_reviewed_on": tomorrow}, {}):
        with pytest.raises(ValidationError):
            say(work, editor, "a1", **wrong)
    for keys in ([], [key(work, "a"), 10**9], range(MOST + 1)):
        with pytest.raises(ValidationError):
            disclose_ai(document=work, user=editor, sections=list(keys), values=GENERATED)
    other = Document.objects.create(title="Autre", slug="autre")
    with pytest.raises(ValidationError):
        disclose_ai(document=other, user=editor, sections=[key(work, "a")], values=GENERATED)
    assert levels(work) == {}
    assert not work.changes.exists()


def test_both_halves_of_a_section_that_is_cut_say_the_same(work: Document, editor: User) -> None:
    say(work, editor, "a1", **GENERATED)
    split_section(document=work, user=editor, section=key(work, "a1"), paragraph=1, title="Suite", version=None)
    assert work.sections.get(title="Suite").ai_tool == "un modèle"


def test_what_a_deleted_section_said_stays_true_of_what_stood_under_it(work: Document, editor: User) -> None:
    say(work, editor, "a", **GENERATED)
    say(work, editor, "a2", ai_level="none")
    delete_section(document=work, user=editor, section=key(work, "a"), version=None)
    assert levels(work) == {"a1": "generated", "a2": "none"}
    assert [row.depth for row in work.sections.order_by("position")] == [1, 2, 1, 1]
    undo(document=work, user=editor)
    assert levels(work) == {"a": "generated", "a2": "none"}


def test_sections_that_say_different_things_are_not_joined(work: Document, editor: User) -> None:
    say(work, editor, "a1", **GENERATED)
    for slug in ("a1", "a2"):
        with pytest.raises(ValidationError, match="la même chose"):
            merge_section(document=work, user=editor, section=key(work, slug), version=None)
    merge_section(document=work, user=editor, section=key(work, "a11"), version=None)
    say(work, editor, "a2", **GENERATED)
    merge_section(document=work, user=editor, section=key(work, "a2"), version=None)
    assert "Deux a2." in work.sections.get(slug="a1").body


def test_a_section_of_a_generated_part_is_not_joined_to_the_next_part(work: Document, editor: User) -> None:
    say(work, editor, "a", **GENERATED)
    with pytest.raises(ValidationError, match="la même chose"):
        merge_section(document=work, user=editor, section=key(work, "b"), version=None)


def test_the_screen(
    work: Document, editor: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(editor)
    address = reverse("admin:theses_document_ai", args=[work.pk])
    say(work, None, "a", **GENERATED)
    with django_assert_max_num_queries(6):
        page = client.get(address).content.decode()
    assert page.count('<span class="badge">Généré par IA</span>') == 1
    assert page.count('<span class="quiet">Généré par IA</span>') == 3
    assert "Le document dit : « Assisté par IA »." in page
    data = {"section": [key(work, "a1"), key(work, "b")], "ai_level": "none"}
    done = client.post(address, data, follow=True).content.decode()
    assert "Usage de l’IA, Sans IA : 2 sections." in done
    assert levels(work) == {"a": "generated", "a1": "none", "b": "none"}
    tomorrow = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
    refused = client.post(address, {**data, "ai_level": "reviewed", "ai_reviewed_on": tomorrow}).content.decode()
    assert "Cette date est encore à venir." in refused
    assert refused.count(" checked>") == 2
    assert "Choisissez d’abord des sections" in client.post(address, {"ai_level": "none"}).content.decode()


def test_from_the_list_of_sections(work: Document, editor: User, client: Client) -> None:
    client.force_login(editor)
    address = reverse("admin:theses_section_changelist")
    say(work, None, "a1", "b", **GENERATED)
    chosen = {"action": "say_ai", "_selected_action": [key(work, "a1"), key(work, "b")]}
    page = client.post(address, chosen).content.decode()
    assert page.count(" checked>") == 2
    assert 'value="un modèle"' in page
    other = Document.objects.create(title="Autre", slug="autre")
    strange = section(1, (1,), document=other)
    strange.save()
    chosen["_selected_action"] = [key(work, "a1"), strange.pk]
    assert "d’un seul document" in client.post(address, chosen, follow=True).content.decode()


def test_only_those_who_may_change_sections(work: Document, client: Client) -> None:
    client.force_login(user_with("simple", "view_section", "view_document"))
    address = reverse("admin:theses_document_ai", args=[work.pk])
    assert client.get(address).status_code == client.post(address).status_code == 403
    listed = client.get(reverse("admin:theses_section_changelist")).content.decode()
    assert "say_ai" not in listed
