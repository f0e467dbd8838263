"""Actions where something stands in their way, or reaches further than the text of sections."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from search.find import find
from search.results import parse
from theses.actions import receive_pictures as receiving
from theses.actions.changing import changing
from theses.actions.describe_figures import describe_figures
from theses.actions.merge_entries import merge_entries
from theses.actions.outline import clean_title
from theses.actions.publish import publish
from theses.actions.replace_text import replace_text
from theses.actions.rerender import rerender
from theses.actions.undo import undo
from theses.finding import Search
from theses.models import BibliographyEntry, Document, Figure, Section, WaitingPicture
from theses.tests.test_figure_desk import picture

pytestmark = pytest.mark.django_db
RIGHTS = ("theses.change_section",)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("eva")


def test_merged_references_are_cited_anew_in_captions_and_in_the_lead(document: Document, editor: User) -> None:
    kept, gone = (
        BibliographyEntry.objects.create(document=document, position=90 + n, key=key, csl={"title": "Un titre"})
        for n, key in enumerate(("gardee-2024", "doublon-2024"))
    )
    figure = Figure.objects.create(document=document, key="citante", caption="Selon [elle](cite:doublon-2024).")
    other = Figure.objects.create(document=document, key="autre", caption="Selon [elle](cite:gardee-2024).")
    Document.objects.filter(pk=document.pk).update(lead="Voir [elle](cite:doublon-2024).")
    document.refresh_from_db()
    merge_entries(document=document, user=editor, keep=kept.pk, others=[gone.pk])
    for row in (figure, other, document):
        row.refresh_from_db()
    assert figure.caption == other.caption == "Selon [elle](cite:gardee-2024)."
    assert document.lead == "Voir [elle](cite:gardee-2024)."
    with pytest.raises(ValidationError):
        merge_entries(document=document, user=editor, keep=kept.pk, others=[gone.pk])


def test_no_more_pictures_wait_than_there_is_room_for(
    document: Document, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST", 1)
    files = [picture("figure-1.png"), picture("figure-2.png")]
    received = receiving.receive_pictures(document=document, user=editor, files=files)
    assert [row.name for row in received.waiting] == ["figure-1.png"]
    assert [name for name, _ in received.refused] == ["figure-2.png"]


def test_a_picture_that_cannot_be_stored_leaves_no_file(
    document: Document, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Any] = []

    def fail(row: WaitingPicture, *args: Any, **kwargs: Any) -> None:
        kept.append(row.file)
        raise OSError("full")

    monkeypatch.setattr(WaitingPicture, "save", fail)
    with pytest.raises(OSError, match="full"):
        receiving.receive_pictures(document=document, user=editor, files=[picture("figure-1.png")])
    (file,) = kept
    assert not file.storage.exists(file.name)


def test_an_act_is_not_taken_back_where_its_row_is_gone(document: Document, editor: User) -> None:
    with changing(document=document, user=editor, what="Titre", rights=RIGHTS):
        row = document.sections.get(slug="introduction")
        row.title = "Une introduction"
        row.save()
    Section.objects.filter(pk=row.pk).delete()
    with pytest.raises(ValidationError):
        undo(document=document, user=editor)


def test_a_row_that_was_made_and_changed_since_is_not_unmade(document: Document, editor: User) -> None:
    with changing(document=document, user=editor, what="Ajout", rights=RIGHTS):
        row = Section.objects.create(document=document, position=99, depth=1, title="Neuve", slug="neuve")
    Section.objects.filter(pk=row.pk).update(title="Neuve et relue")
    with pytest.raises(ValidationError):
        undo(document=document, user=editor)
    assert Section.objects.filter(pk=row.pk).exists()


def test_a_deletion_is_not_taken_back_where_its_address_was_taken(document: Document, editor: User) -> None:
    row = document.sections.get(slug="annexes")
    with changing(document=document, user=editor, what="Retrait", rights=RIGHTS):
        row.delete()
    Section.objects.create(document=document, position=99, depth=1, title="Annexes", slug="annexes")
    with pytest.raises(ValidationError, match="adresse"):
        undo(document=document, user=editor)
    assert document.sections.filter(slug="annexes").count() == 1


@pytest.mark.parametrize(("words", "chosen"), [("", ["x"]), ("mot", []), ("mot", ["pas une clé"])])
def test_nothing_is_replaced_where_nothing_was_rightly_chosen(
    document: Document, editor: User, words: str, chosen: list[str]
) -> None:
    with pytest.raises(ValidationError):
        replace_text(document=document, user=editor, search=Search(words), replacement="", chosen=chosen)


def test_rendering_an_earlier_edition_again_leaves_the_search_alone(document: Document) -> None:
    first = publish(document=document, user=None)
    Section.objects.filter(document=document, slug="introduction").update(body="Un paragraphe sur la mitochondrie.")
    Document.objects.text_changed(document.pk)
    publish(document=document, user=None)
    rerender(edition_id=first.pk)
    assert find(parse("mitochondrie")).total == 1


def test_figures_are_described_in_their_known_fields_alone(document: Document, editor: User) -> None:
    figure = Figure.objects.create(document=document, key="port", number="9")
    assert describe_figures(document=document, user=editor, descriptions={}) == []
    described = describe_figures(
        document=document, user=editor, descriptions={figure.pk: {"alt": "Un port", "number": "12"}}
    )
    assert [(row.alt, row.number) for row in described] == [("Un port", "9")]


@pytest.mark.parametrize("title", ["", " \n ", "a" * 1001])
def test_a_title_that_is_none_is_refused(title: str) -> None:
    with pytest.raises(ValidationError):
        clean_title(title)


def test_a_made_and_lost_row_stands_in_no_way(document: Document, editor: User) -> None:
    """What one act deletes, another made again under the same key: the deletion is not taken back over it."""
    row = document.sections.get(slug="annexes")
    key = row.pk
    with changing(document=document, user=editor, what="Retrait", rights=RIGHTS):
        row.delete()
    Section.objects.create(pk=key, document=document, position=99, depth=1, title="Autres", slug="autres")
    with pytest.raises(ValidationError):
        undo(document=document, user=editor)
    assert document.sections.get(pk=key).title == "Autres"
