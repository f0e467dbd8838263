"""The real documents, where they are present: counts alone, through the command."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import Article
from imports.models import SourceFile
from publishing.models import State
from theses.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.seeds]


def test_the_real_documents_are_imported_and_published(seeds: Path) -> None:
    out = StringIO()
    call_command("import_documents", str(seeds), publish=True, stdout=out)
    assert SourceFile.objects.count() == 5
    assert Article.objects.published().count() == 3
    kinds = {document.kind: document for document in Document.objects.published()}
    assert set(kinds) == {"thesis", "whitepaper"}
    thesis = kinds["thesis"]
    assert thesis.sections.count() >= 400
    assert thesis.sections.filter(kind="part").count() >= 2
    assert thesis.sections.filter(kind="interview").exists()
    assert thesis.contributions.filter(role="interviewee").exists()
    assert thesis.bibliography.count() >= 140
    assert thesis.figures.count() >= 25
    assert thesis.abstracts.count() == 2
    report = SourceFile.objects.get(document=thesis).report
    assert report["counts"]["notes"] == 56
    assert kinds["whitepaper"].date_precision == "month"
    assert kinds["whitepaper"].cover_image_name
    featured = Article.objects.get(featured=True)
    assert featured.hero_image_name
    assert Article.objects.exclude(ai_note="").get().ai_level == "assisted"


def test_the_source_of_each_can_be_had_again(seeds: Path) -> None:
    call_command("import_documents", str(seeds), stdout=StringIO())
    for source in SourceFile.objects.all():
        with source.file.open("rb") as kept:
            assert kept.read() == (seeds / source.name).read_bytes()
    assert not Article.objects.exclude(state=State.DRAFT).exists()
