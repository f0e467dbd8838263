"""The samples: shipped, imported, published and illustrated once, then left to the editors."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from articles.models import Article
from imports import samples
from imports.management.commands import import_samples as command
from imports.models import SourceFile
from imports.tests.conftest import ARTICLE, REPORT, png
from publishing.models import State
from theses.models import Document

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("import_samples", stdout=out)
    return out.getvalue()


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "samples"
    (folder / "images").mkdir(parents=True)
    (folder / "fil.md").write_text(ARTICLE)
    (folder / "rapport.md").write_text(REPORT)
    (folder / "images" / "metier.png").write_bytes(png())
    monkeypatch.setattr(samples, "FOLDER", folder)
    monkeypatch.setattr(command, "FOLDER", folder)
    return folder


def test_the_shipped_samples_are_published_with_their_pictures() -> None:
    assert "importés et publiés : 5" in run().replace("\u202f", " ")
    assert Article.objects.published().count() == 3
    assert {document.kind for document in Document.objects.published()} == {"thesis", "whitepaper"}
    assert Article.objects.exclude(hero_image="").exists()
    whitepaper = Document.objects.get(kind="whitepaper")
    assert whitepaper.cover_image
    assert whitepaper.figures.exclude(image="").count() == 3
    thesis = Document.objects.get(kind="thesis")
    assert thesis.figures.exclude(image="").count() == 2
    assert thesis.figures.filter(image="").exists()


def test_a_second_time_does_nothing(few: Path) -> None:
    assert "2" in run()
    assert Article.objects.get().hero_image
    editions = Article.objects.get().editions.count(), Document.objects.get().editions.count()
    assert "déjà là" in run()
    assert (Article.objects.get().editions.count(), Document.objects.get().editions.count()) == editions


def test_what_an_editor_deleted_withdrew_or_renamed_stays_so(few: Path) -> None:
    run()
    Article.objects.all().delete()
    Document.objects.update(state=State.DRAFT)
    (few / "rapport.md").write_text(REPORT + "\nUne phrase de plus dans une version plus récente du site.\n")
    assert "déjà là" in run()
    assert not Article.objects.exists()
    assert Document.objects.get().state == State.DRAFT


def test_an_interrupted_first_time_is_finished(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**options: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(command, "publish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert not Article.objects.published().exists()
    run()
    assert Article.objects.published().count() == Document.objects.published().count() == 1
    assert SourceFile.objects.count() == 2


def test_what_fails_is_a_sentence(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**options: Any) -> None:
        raise ValidationError(["Il manque une date."])

    monkeypatch.setattr(command, "publish", refuse)
    with pytest.raises(CommandError, match="Il manque une date"):
        run()
    (few / "vide.md").write_text("")
    with pytest.raises(CommandError, match="vide"):
        run()
