"""What an editor is told before a document is published, and what forbids it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.actions.schedule import schedule
from publishing.checks import Level, Remark
from publishing.tests.moments import tomorrow
from theses.actions.publish import publish
from theses.checking import report
from theses.models import Document, Figure, Section
from theses.tests.building import add_sections, section

pytestmark = pytest.mark.django_db

B, W = Level.BLOCKING, Level.WARNING


def write(document: Document, body: str) -> None:
    Section.objects.filter(document=document, slug="introduction").update(body=body)


def found(document: Document) -> dict[str, Remark]:
    return {remark.code: remark for remark in report(document).remarks}


def test_a_good_document_lacks_only_its_picture(document: Document) -> None:
    assert [(remark.code, remark.level) for remark in report(document).remarks] == [("figure-without-image", W)]


def test_what_is_missing_in_the_notice(db: None) -> None:
    document = Document.objects.create(title="", slug="vide", cover_image_name="couverture.png")
    levels = {code: remark.level for code, remark in found(document).items()}
    assert levels == {
        "title-missing": B,
        "text-missing": B,
        "ai-unanswered": B,
        "date-missing": W,
        "author-missing": W,
        "abstract-missing": W,
        "cover-missing": W,
    }


def test_a_cover_without_alternative(document: Document) -> None:
    document.cover_image.name = "covers/x.png"
    assert found(document)["cover-alternative-missing"].address.endswith("#id_cover_image_alt")


def test_a_text_without_sections_is_mended_in_the_notice(db: None) -> None:
    document = Document.objects.create(title="Court", slug="court", lead="Voir [là](#nulle-part).", ai_level="none")
    remark = next(remark for remark in report(document).remarks if remark.code == "anchor-unknown")
    assert remark.address == f"/admin/theses/document/{document.pk}/change/#id_lead"


def test_what_is_wrong_in_the_outline(document: Document) -> None:
    add_sections(
        document,
        section(8, (1, "chapter", "", "Sans rien"), body=""),
        section(9, (3, "section", "", "Trop bas"), body="Texte."),
        section(10, (1, "chapter", "", "Tout à fait vide"), body=""),
    )
    Figure.objects.create(document=document, key="perdue", number="2", caption="Perdue", image="figures/x.png")
    remarks = report(document).remarks
    places = {(remark.code, remark.place) for remark in remarks}
    assert ("level-skipped", "Trop bas") in places
    assert ("section-empty", "Tout à fait vide") in places
    assert ("section-empty", "Sans rien") not in places
    assert {"figure-without-alternative", "figure-unplaced"} <= {remark.code for remark in remarks}


def test_a_bibliography_without_entries_is_empty(document: Document) -> None:
    document.bibliography.all().delete()
    Section.objects.filter(slug="1-ecrire").update(body="Sans citation. ![](figure:figure-1)")
    assert found(document)["section-empty"].place == "Bibliographie"


@pytest.mark.parametrize(
    ("body", "code", "level"),
    [
        ("[ici](section:nulle-part)", "section-unknown", B),
        ("[ici](#nulle-part)", "anchor-unknown", B),
        ("[ici](page:999)", "page-unknown", B),
        ("![](figure:perdue)", "figure-unknown", B),
        ("[ici](table:perdue)", "table-unknown", B),
        ("[(X, 2020)](cite:perdue)", "cite-unknown", B),
        ("Un appel[^8].", "note-without-text", B),
        ("Un mot.\n\n[^9]: Sans appel.", "note-without-call", W),
        ("[là](page-perdue)", "link-unresolved", W),
        ("[là](/articles/perdu/)", "link-nowhere", W),
    ],
)
def test_what_is_broken_in_the_text_leads_to_its_section(
    document: Document, body: str, code: str, level: Level
) -> None:
    write(document, body)
    row = Section.objects.get(document=document, slug="introduction")
    remark = found(document)[code]
    assert (remark.level, remark.place) == (level, "Introduction")
    assert remark.address == f"/admin/theses/section/{row.pk}/change/#id_body"


def test_a_link_to_what_is_published_is_well(document: Document) -> None:
    write(document, "[là](/articles/) et [ici](/theses/lire-les-machines/introduction/)")
    assert "link-nowhere" not in found(document)


def test_many_of_one_kind_are_one_group(document: Document) -> None:
    write(document, "\n\n".join(f"[ici](section:perdue-{number})" for number in range(12)))
    (group,) = report(document).blocking
    assert (len(group.shown), len(group.folded)) == (5, 7)
    assert report(document).summary.startswith("12 points à corriger")


@pytest.fixture
def publisher(db: None) -> User:
    return User.objects.create_superuser("claire", password="-")


@pytest.mark.parametrize("broken", ["answer", "text"])
def test_a_person_is_refused_what_blocks(document: Document, publisher: User, broken: str) -> None:
    if broken == "answer":
        Document.objects.update(ai_level="")
    else:
        write(document, "[ici](section:nulle-part)")
    document.refresh_from_db()
    words = "intelligence artificielle" if broken == "answer" else "Introduction"
    with pytest.raises(ValidationError, match=words):
        publish(document=document, user=publisher)
    with pytest.raises(ValidationError, match=words):
        schedule(work=document, user=publisher, moment=tomorrow())
    document.refresh_from_db()
    assert (document.state, document.scheduled_for) == ("draft", None)
    assert publish(document=document, user=None).number == 1, "a command publishes what can be published"


def test_it_costs_a_bounded_number_of_queries(document: Document) -> None:
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as queries:
            report(document)
        counts.append(len(queries))
        for number in range(20 * turn + 20, 20 * turn + 40):
            add_sections(document, section(number, (1, "chapter", "", f"T{number}"), slug=f"t{number}", body="Texte."))
            Figure.objects.create(document=document, key=f"f{number}", number=str(number), caption="Une figure")
    assert counts[0] == counts[1] <= 12
