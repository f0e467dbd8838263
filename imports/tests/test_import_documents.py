"""The command: what it imports, says, refuses, writes as JSON, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from articles.models import Article
from imports.management.commands import import_documents as command
from imports.models import SourceFile
from imports.summary import Outcome, table
from imports.tests.conftest import ARTICLE, REPORT, png
from publishing.models import State
from theses.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "textes"
    (folder / "rapports").mkdir(parents=True)
    (folder / ".cache").mkdir()
    (folder / "fil.md").write_text(ARTICLE)
    (folder / "rapports" / "rapport.md").write_text(REPORT)
    (folder / "README.md").write_text("# À lire\n\nCes textes sont des exemples.\n")
    (folder / ".cache" / "vieux.md").write_text("# Vieux\n\nTexte.\n")
    (folder / "photo.png").write_bytes(png())
    return folder


def run(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("import_documents", *(str(argument) for argument in arguments), stdout=out, **options)
    return out.getvalue()


def test_a_folder_is_imported_with_a_summary(texts: Path) -> None:
    out = run(texts)
    assert Article.objects.get().title == "Le fil et la trame"
    assert Document.objects.get().title == "Rapport sur les ateliers"
    assert sorted(SourceFile.objects.values_list("name", flat=True)) == ["fil.md", "rapport.md"]
    rows = out.splitlines()
    heads = "Fichier Résultat Nature Titre Titres Notes Figures Réf. Erreurs Doutes Réparations"
    assert " ".join(rows[0].split()) == heads
    assert rows[2].startswith("fil.md      importé   Article  Le fil et la trame")
    assert rows[3].startswith("rapport.md  importé   Rapport  Rapport sur les ateliers")
    assert "/images/metier.png" in out


def test_a_picture_beside_the_source_is_taken(texts: Path) -> None:
    (texts / "images").mkdir()
    (texts / "images" / "metier.png").write_bytes(png())
    run(texts / "fil.md")
    assert Article.objects.get().hero_image.name == "articles/metier.png"


def test_publish_makes_the_works_public(texts: Path) -> None:
    out = run(texts, "--publish")
    assert Article.objects.published().count() == Document.objects.published().count() == 1
    assert "publié à l’adresse /articles/le-fil-et-la-trame/" in out


def test_a_second_run_says_so_and_changes_nothing(texts: Path) -> None:
    run(texts)
    out = run(texts, "--publish")
    assert out.count("déjà importé") == 2
    assert Article.objects.get().state == State.DRAFT
    assert SourceFile.objects.count() == 2


def test_a_dry_run_stores_nothing(texts: Path, stored: Callable[[], list[str]]) -> None:
    out = run(texts, "--dry-run")
    assert "rien n’a été enregistré" in out
    assert "Le fil et la trame" in out
    assert not SourceFile.objects.exists()
    assert stored() == []
    run(texts / "fil.md")
    assert "déjà importé" in run(texts, "--dry-run")


def test_json_of_one_file_and_of_several(texts: Path, tmp_path: Path) -> None:
    target = tmp_path / "lecture.json"
    run(texts / "fil.md", "--dry-run", json=str(target))
    one = json.loads(target.read_text())
    assert one["schema"] == "manuscript/1"
    assert one["metadata"]["title"] == "Le fil et la trame"
    run(texts, "--dry-run", json=str(target))
    assert [row["metadata"]["kind"] for row in json.loads(target.read_text())] == ["article", "report"]


def test_json_on_the_screen_is_json_alone(texts: Path) -> None:
    out, report = StringIO(), StringIO()
    call_command("import_documents", str(texts / "fil.md"), json="-", dry_run=True, stdout=out, stderr=report)
    assert json.loads(out.getvalue())["source"]["name"] == "fil.md"
    assert "Le fil et la trame" in report.getvalue()


def test_json_where_nothing_can_be_written(texts: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ne peut pas être écrit"):
        run(texts / "fil.md", "--dry-run", json=str(tmp_path / "absent" / "a.json"))


def test_kind_overrides_what_was_read(texts: Path) -> None:
    run(texts / "fil.md", "--kind", "whitepaper")
    assert Document.objects.get().kind == "whitepaper"
    assert SourceFile.objects.get().decisions == {"kind": "whitepaper"}


def test_a_bad_file_does_not_stop_the_others(texts: Path) -> None:
    (texts / "a-zip.md").write_bytes(b"PK\x03\x04" + bytes(100))
    (texts / "b-vide.txt").write_bytes(b"")
    out = StringIO()
    with pytest.raises(CommandError, match=r"2 fichier.* sur 4"):
        call_command("import_documents", str(texts), stdout=out)
    assert "a-zip.md : Ce fichier n’est pas du texte" in out.getvalue()
    assert "b-vide.txt : Ce fichier est vide." in out.getvalue()
    assert SourceFile.objects.count() == 2


def test_a_file_too_large_is_not_even_read(texts: Path, settings: Any) -> None:
    settings.SOURCE_MAX_SIZE = 100
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_documents", str(texts / "fil.md"), stdout=out)
    assert "la limite est de" in out.getvalue()


def test_a_file_that_cannot_be_read_is_a_sentence(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_documents", str(texts / "fil.md"), stdout=out)
    assert "ne peut pas être lu (Permission denied)" in out.getvalue()


def test_a_database_that_refuses_is_a_sentence(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**options: Any) -> Any:
        raise DatabaseError("disk full")

    monkeypatch.setattr(command, "import_source", refuse)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_documents", str(texts / "fil.md"), stdout=out)
    assert "disk full" in out.getvalue()


def test_what_does_not_exist_or_holds_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="n’existe pas"):
        run(tmp_path / "absent.md")
    (tmp_path / "vide").mkdir()
    with pytest.raises(CommandError, match="ne contient aucun fichier"):
        run(tmp_path / "vide")


def test_as_user_has_the_rights_of_that_account(texts: Path, editor: User, granted: Callable[..., User]) -> None:
    with pytest.raises(CommandError, match="Aucun compte"):
        run(texts, as_user="personne")
    limited = granted("imports.add_sourcefile", "articles.add_article")
    out = StringIO()
    with pytest.raises(CommandError, match="2 fichier"):
        call_command("import_documents", str(texts), as_user=limited.username, publish=True, stdout=out)
    assert "ne permet pas d’importer" in out.getvalue()
    assert "importé, mais pas publié" in out.getvalue()
    assert Article.objects.get().state == State.DRAFT
    assert not Document.objects.exists()
    run(texts, as_user=editor.username)
    assert SourceFile.objects.get(name="rapport.md").imported_by == editor


def test_a_refused_publication_is_a_sentence(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.exceptions import ValidationError

    def refuse(**options: Any) -> None:
        raise ValidationError(["Il manque une date."])

    monkeypatch.setattr(command, "publish", refuse)
    out = StringIO()
    with pytest.raises(CommandError, match="1 fichier"):
        call_command("import_documents", str(texts / "fil.md"), publish=True, stdout=out)
    assert "importé, mais pas publié. Il manque une date." in out.getvalue()
    assert Article.objects.count() == 1


def test_names_of_any_script_keep_the_columns() -> None:
    rows = table([Outcome("é" * 3, "lu"), Outcome("日本", "refusé"), Outcome("x" * 50, "lu", title="y" * 80)])
    lines = rows.splitlines()
    assert lines[2].index("lu") == 34
    assert lines[3].index("refusé") == 32
    assert "x" * 31 + "…" in lines[4]
    assert "y" * 43 + "…" in lines[4]


CORRECTED = REPORT.replace("Il donne sur la cour.", "Il donne sur la grande cour.").replace("revenir.", "revenir vite.")


def test_a_corrected_file_updates_its_work(texts: Path) -> None:
    run(texts / "rapports")
    document = Document.objects.get()
    document.sections.filter(title="Le premier").update(body="Il donne sur la rivière, au sud.")
    path = texts / "rapport-2.md"
    path.write_text(CORRECTED)
    out = run(path, update=document.slug, dry_run=True)
    assert "comparé" in out
    assert document.sources.count() == 1
    out = run(path, update=document.slug, publish=True)
    assert "publié" in out
    bodies = {section.title: section.body for section in document.sections.all()}
    assert bodies["Le premier"] == "Il donne sur la rivière, au sud."
    assert bodies["Le second"] == "Il donne sur la grande cour."
    assert bodies["Conclusion"] == "Il faudra revenir vite."
    assert Document.objects.published().count() == Document.objects.count() == 1


def test_a_conflict_stops_an_update_unless_the_draft_is_to_stand(texts: Path) -> None:
    run(texts / "rapports")
    document = Document.objects.get()
    document.sections.filter(title="Le second").update(body="Il donne sur la cour pavée.")
    path = texts / "rapport-2.md"
    path.write_text(CORRECTED)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_documents", str(path), update=document.slug, stdout=out)
    assert "1 conflit attend" in out.getvalue()
    assert "Il donne sur la cour pavée." in out.getvalue()
    assert document.sections.get(title="Conclusion").body == "Il faudra revenir."
    assert "mis à jour" in run(path, update=document.slug, keep_draft=True)
    assert document.sections.get(title="Conclusion").body == "Il faudra revenir vite."
    assert document.sections.get(title="Le second").body == "Il donne sur la cour pavée."


def test_an_update_needs_one_file_and_a_known_work(texts: Path, granted: Callable[..., User]) -> None:
    run(texts / "rapports")
    slug = Document.objects.get().slug
    with pytest.raises(CommandError, match="un seul fichier"):
        run(texts, update=slug)
    with pytest.raises(CommandError, match="Aucune œuvre"):
        run(texts / "fil.md", update="ailleurs")
    Article.objects.create(title="Autre", slug=slug)
    with pytest.raises(CommandError, match="Plusieurs"):
        run(texts / "fil.md", update=slug)
    Article.objects.all().delete()
    with pytest.raises(CommandError):
        run(texts / "rapports", update=slug)
    (texts / "fil.md").write_text(CORRECTED)
    granted("imports.add_sourcefile", name="limite")
    with pytest.raises(CommandError):
        run(texts / "fil.md", update=slug, as_user="limite")
    assert Document.objects.get().sources.count() == 1
