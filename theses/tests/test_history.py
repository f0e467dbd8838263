"""The history of a document: every way of writing is kept, a state can be had and put back, acts can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from publishing.history import current_act, moment_of, recording, stamp, state_at
from publishing.models import Author
from theses.actions.changing import changing
from theses.actions.put_back import put_back, put_section_back
from theses.actions.undo import redo, redoable, undo, undoable
from theses.models import Change, Document, Figure, Section
from theses.parts import PARTS, text_fields, which
from theses.tests.conftest import user_with

pytestmark = pytest.mark.django_db

ALL = [
    f"{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in ("document", "section", "figure", "bibliographyentry", "abstract", "documentcontribution")
]


@pytest.fixture
def editor(db: None) -> User:
    return user_with("eva", *ALL)


def state(document: Document) -> dict[str, Any]:
    """All that an editor can put back, as plain values."""
    found: dict[str, Any] = {}
    for model in (Document, *PARTS):
        for row in model.objects.filter(**which(model, document)):
            found[f"{model.__name__} {row.pk}"] = {name: getattr(row, name) for name in text_fields(model)}
    return found


def test_what_is_saved_created_updated_and_deleted_is_kept_with_its_author(document: Document, editor: User) -> None:
    row = document.sections.get(slug="introduction")
    with recording(user=editor, what="Relecture") as act:
        row.title = "Une introduction"
        row.save()
        document.sections.filter(depth=2).update(depth=F("depth") + 1)
        document.sections.get(slug="annexes").delete()
    kept = Section.history.filter(history_date=act.moment)
    assert {(version.slug, version.history_type) for version in kept} == {
        ("introduction", "~"),
        ("1-ecrire", "~"),
        ("2-relire", "~"),
        ("entretien-ida-marchal", "~"),
        ("annexes", "-"),
    }
    assert {version.depth for version in kept if version.slug[0].isdecimal()} == {3}
    assert {(version.history_user, version.history_change_reason) for version in kept} == {(editor, "Relecture")}


def test_rows_in_bulk_cost_few_queries(
    document: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [Section(document=document, position=100 + n, depth=1, title=f"T{n}", slug=f"t{n}") for n in range(400)]
    # SQLite takes a thousand values a statement, so that rows of thirty columns need one for thirty of them.
    with django_assert_max_num_queries(24):
        Section.objects.bulk_create(rows)
    assert Section.history.filter(slug__startswith="t", history_type="+").count() == 400
    for row in rows:
        row.depth = 2
    with django_assert_max_num_queries(20):
        Section.objects.bulk_update(rows, ["depth"], batch_size=400)
    assert Section.history.filter(slug__startswith="t", history_type="~", depth=2).count() == 400


def test_a_field_without_history_leaves_no_version(document: Document) -> None:
    before = Document.history.count()
    Document.objects.text_changed(document.pk)
    assert Document.history.count() == before


def test_all_that_one_request_of_an_editor_writes_is_one_act(document: Document, client: Client, editor: User) -> None:
    client.force_login(editor)
    row = document.sections.get(slug="introduction")
    client.post(
        f"/admin/theses/section/{row.pk}/change/",
        {
            "version": row.updated_at.isoformat(),
            "position": 1,
            "depth": 1,
            "kind": "introduction",
            "title": "Prélude",
            "slug": "introduction",
            "body": "Autre.",
            "starts_page": "unknown",
        },
    )
    version = Section.history.filter(id=row.pk).first()
    assert (version.title, version.history_user) == ("Prélude", editor)
    assert current_act().user is None


def test_a_state_is_had_as_it_was(document: Document, editor: User) -> None:
    moment = timezone.now()
    before = {row.id: row.title for row in state_at(Section, moment, document_id=document.pk)}
    with recording(user=editor, what="…"):
        document.sections.update(title="Écrasé")
        document.sections.get(slug="annexes").delete()
    assert {row.id: row.title for row in state_at(Section, moment, document_id=document.pk)} == before
    assert {row.title for row in state_at(Section, timezone.now(), document_id=document.pk)} == {"Écrasé"}
    assert moment_of(stamp(moment)) == moment


def wreck(document: Document, editor: User) -> None:
    with changing(document=document, user=editor, what="Tout casser"):
        document.sections.update(title="Écrasé", body="")
        document.sections.get(slug="annexes").delete()
        document.figures.all().delete()
        Section.objects.create(document=document, position=99, depth=1, title="Neuve", slug="neuve")
        document.contributions.all().delete()
        document.lead = "Autre chose."
        document.save()


def test_a_whole_work_is_put_back_and_that_is_undone_and_done_again(published: Document, editor: User) -> None:
    document = Document.objects.get(pk=published.pk)
    whole, moment = state(document), timezone.now()
    wreck(document, editor)
    wrecked = state(document)
    assert wrecked != whole
    put_back(document=document, user=editor, moment=moment)
    assert state(document) == whole
    document.refresh_from_db()
    assert document.is_public
    with pytest.raises(ValidationError):
        put_back(document=document, user=editor, moment=moment)
    undo(document=document, user=editor)
    assert state(document) == wrecked
    undo(document=document, user=editor)
    assert state(document) == whole
    redo(document=document, user=editor)
    assert state(document) == wrecked
    redo(document=document, user=editor)
    assert state(document) == whole
    assert redoable(document, editor) is None


def test_a_work_cannot_be_put_back_to_before_it_was(document: Document, editor: User) -> None:
    with pytest.raises(ValidationError):
        put_back(document=document, user=editor, moment=moment_of(0))
    assert not Change.objects.exists()


def test_undoing_leaves_what_others_wrote_elsewhere(document: Document, editor: User) -> None:
    row = document.sections.get(slug="introduction")
    with changing(document=document, user=editor, what="Renommer"):
        row.title = "Prélude"
        row.save()
    Section.objects.filter(pk=row.pk).update(body="Le texte d’une autre.")
    undo(document=document, user=editor)
    row.refresh_from_db()
    assert (row.title, row.body) == ("Introduction", "Le texte d’une autre.")


def test_undoing_stops_where_another_changed_the_same(document: Document, editor: User) -> None:
    row = document.sections.get(slug="introduction")
    with changing(document=document, user=editor, what="Renommer"):
        row.title = "Prélude"
        row.save()
    Section.objects.filter(pk=row.pk).update(title="Ouverture")
    with pytest.raises(ValidationError, match="Ouverture"):
        undo(document=document, user=editor)
    row.refresh_from_db()
    assert row.title == "Ouverture"
    assert undoable(document, editor) is not None


def test_what_was_undone_is_not_done_again_after_something_else(document: Document, editor: User) -> None:
    row = document.sections.get(slug="introduction")
    for title in ("Un", "Deux"):
        with changing(document=document, user=editor, what=title):
            row.title = title
            row.save()
    undo(document=document, user=editor)
    row.refresh_from_db()
    with changing(document=document, user=editor, what="Trois"):
        row.title = "Trois"
        row.save()
    with pytest.raises(ValidationError):
        redo(document=document, user=editor)
    undo(document=document, user=editor)
    row.refresh_from_db()
    assert row.title == "Un"


def test_one_undoes_what_one_did_oneself(document: Document, editor: User) -> None:
    other = user_with("oda", *ALL)
    row = document.sections.get(slug="introduction")
    with changing(document=document, user=editor, what="Renommer"):
        row.title = "Prélude"
        row.save()
    with pytest.raises(ValidationError):
        undo(document=document, user=other)


def test_a_section_is_put_back_even_after_it_was_deleted(document: Document, editor: User) -> None:
    row = document.sections.get(slug="introduction")
    key, body = row.pk, row.body
    version = Section.history.filter(id=key).first()
    row.delete()
    put_section_back(section_id=key, user=editor, version_id=version.history_id)
    back = Section.objects.get(pk=key)
    assert (back.body, back.position) == (body, 1)


@pytest.mark.parametrize("act", ["put_back", "undo", "section"])
def test_those_who_may_not_change_the_text_put_nothing_back(document: Document, act: str) -> None:
    reader = user_with("lea", "view_document", "view_section")
    version = Section.history.first()
    acts = {
        "put_back": lambda: put_back(document=document, user=reader, moment=timezone.now()),
        "undo": lambda: undo(document=document, user=reader),
        "section": lambda: put_section_back(section_id=version.id, user=reader, version_id=version.history_id),
    }
    with pytest.raises(PermissionDenied):
        acts[act]()


def test_a_deleted_picture_row_comes_back_with_its_file_name(document: Document, editor: User) -> None:
    Figure.objects.filter(key="figure-1").update(image="figures/une.png")
    with changing(document=document, user=editor, what="Supprimer"):
        document.figures.get().delete()
    undo(document=document, user=editor)
    assert document.figures.get().image.name == "figures/une.png"


def test_an_address_that_was_taken_meanwhile_is_named(document: Document, editor: User) -> None:
    row = document.sections.get(slug="annexes")
    version = Section.history.filter(id=row.pk).latest("history_id")
    row.delete()
    document.sections.filter(slug="introduction").update(slug="annexes")
    with pytest.raises(ValidationError, match="reprise"):
        put_section_back(section_id=version.id, user=editor, version_id=version.pk)
    assert document.sections.get(slug="annexes").pk != version.id


def test_a_person_whom_the_site_forgot_stays_away(document: Document, editor: User) -> None:
    """The database would refuse the row when the transaction ends, after the editor was told that all is well."""
    person = Author.objects.create(name="Ida Marchal", slug="ida-marchal-2")
    document.contributions.create(author=person, role="jury")
    moment = timezone.now()
    with changing(document=document, user=editor, what="Sans le jury"):
        document.contributions.filter(author=person).delete()
        document.sections.filter(slug="annexes").update(title="Des annexes")
    person.delete()
    with pytest.raises(ValidationError, match="auteurs du site"):
        undo(document=document, user=editor)
    put_back(document=document, user=editor, moment=moment)
    assert document.sections.get(slug="annexes").title != "Des annexes"
    assert not document.contributions.filter(role="jury").exists()
