"""What an editor is told before a document is published."""

from __future__ import annotations

import pytest

from theses.checking import SHOWN, problems
from theses.models import Document, Figure, Section
from theses.tests.building import add_sections, section

pytestmark = pytest.mark.django_db


def test_a_good_document_lacks_only_its_picture(document: Document) -> None:
    assert problems(document) == ["1 figure n’a pas encore d’image."]


def test_what_is_missing_in_the_notice(db: None) -> None:
    document = Document.objects.create(title="Vide", slug="vide", cover_image_name="couverture.png")
    found = " ".join(problems(document))
    for words in ("intelligence artificielle", "date", "auteur", "résumé", "couverture.png", "rien ne serait publié"):
        assert words in found


def test_what_is_wrong_in_the_outline(document: Document) -> None:
    add_sections(
        document,
        section(8, (1, "chapter", "", "Sans rien"), body=""),
        section(9, (3, "section", "", "Trop bas"), body="Texte."),
        section(10, (1, "chapter", "", "Tout à fait vide"), body=""),
    )
    Figure.objects.create(document=document, key="perdue", number="2", caption="Perdue", image="figures/x.png")
    found = problems(document)
    assert "La section «\u202fTrop bas\u202f» saute un niveau de titre." in found
    assert "La section «\u202fTout à fait vide\u202f» est vide." in found
    assert "La section «\u202fSans rien\u202f» est vide." not in found
    assert "1 figure n’a pas de texte de remplacement." in found
    assert any("Aucun texte ne montre" in row and "Perdue" in row for row in found)


def test_a_cover_without_alternative(document: Document) -> None:
    document.cover_image.name = "covers/x.png"
    assert "La couverture n’a pas de texte de remplacement." in problems(document)


def test_a_bibliography_without_entries_is_empty(document: Document) -> None:
    document.bibliography.all().delete()
    Section.objects.filter(slug="1-ecrire").update(body="Sans citation. ![](figure:figure-1)")
    assert "La section «\u202fBibliographie\u202f» est vide." in problems(document)


def test_broken_links_are_named_with_their_page(document: Document) -> None:
    Section.objects.filter(slug="introduction").update(body="[ici](section:nulle-part) et [là](page-perdue)")
    found = problems(document)
    assert any("Introduction" in row and "nulle-part" in row for row in found)
    assert any("Introduction" in row and "page-perdue" in row for row in found)


def test_a_long_list_is_cut(document: Document) -> None:
    body = "\n\n".join(f"[ici](section:perdue-{number})" for number in range(SHOWN + 15))
    Section.objects.filter(slug="introduction").update(body=body)
    found = problems(document)
    assert len([row for row in found if "perdue-" in row]) == SHOWN
    assert "… et 15 autres remarques sur le texte." in found
