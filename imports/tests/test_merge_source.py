"""A corrected source over an edited draft, in the database: what changes, what stays, who may, what is refused."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.models import Article
from imports import deciding
from imports.actions.import_source import import_source
from imports.actions.merge_source import ConflictsOpen, merge_source, read_both
from imports.decisions import Decisions
from imports.merging import Choice
from imports.models import SourceFile
from imports.refusals import ImportRefused
from imports.tests.conftest import ARTICLE, REPORT
from manuscript.corrections import Ruling
from theses.actions.undo import undo
from theses.models import Document, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(editor: User) -> Document:
    work = import_source(data=REPORT.encode(), name="rapport.md", user=editor).work
    assert isinstance(work, Document)
    return work


def edit(document: Document, section_title: str, /, **values: Any) -> Section:
    section: Section = document.sections.get(title=section_title)
    for name, value in values.items():
        setattr(section, name, value)
    section.save()
    return section


CORRECTED = REPORT.replace("Il donne sur la cour.", "Il donne sur la grande cour.").replace(
    "# 3. Conclusion", "## 2.3. Le troisième\n\nIl donne sur la rue.\n\n# 3. Conclusion"
)


def test_the_source_is_followed_where_the_draft_was_left_alone(document: Document, editor: User) -> None:
    mine = edit(document, "Le premier", body="Il donne sur la rivière, au sud.", title="Le premier atelier")
    ids = {section.slug: section.pk for section in document.sections.all()}
    source, merged = merge_source(work=document, data=CORRECTED.encode(), name="rapport-2.md", user=editor)
    assert merged.conflicts == []
    bodies = {section.title: section.body for section in document.sections.all()}
    assert bodies["Le premier atelier"] == "Il donne sur la rivière, au sud."
    assert bodies["Le second"] == "Il donne sur la grande cour."
    assert bodies["Le troisième"] == "Il donne sur la rue."
    titles = list(document.sections.values_list("title", flat=True))
    assert titles.index("Le troisième") == titles.index("Le second") + 1
    assert list(document.sections.values_list("position", flat=True)) == list(range(1, len(titles) + 1))
    # Addresses and rows stay.
    assert {section.slug: section.pk for section in document.sections.all()}.items() >= ids.items()
    mine.refresh_from_db()
    assert mine.title == "Le premier atelier"
    assert source.work == document
    assert document.sources.count() == 2
    assert LogEntry.objects.filter(object_id=document.pk, change_message__contains="rapport-2.md").exists()
    document.refresh_from_db()
    assert document.text_changed_at is not None


def test_a_conflict_is_asked_about_and_nothing_is_written_before(document: Document, editor: User) -> None:
    edit(document, "Le second", body="Il donne sur la cour pavée.")
    with pytest.raises(ConflictsOpen) as raised:
        merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=editor)
    [conflict] = raised.value.merged.open
    assert conflict.before == "Il donne sur la cour."
    assert SourceFile.objects.count() == 1
    assert not document.sections.filter(title="Le troisième").exists()
    choices = {conflict.key: Choice("hand", "Il donne sur la grande cour pavée.")}
    merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=editor, choices=choices)
    assert document.sections.get(title="Le second").body == "Il donne sur la grande cour pavée."


def test_a_draft_that_changed_since_is_merged_again(document: Document, editor: User) -> None:
    edit(document, "Le second", body="Il donne sur la cour pavée.")
    with pytest.raises(ConflictsOpen) as raised:
        merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=editor)
    choices = {row.key: Choice("source") for row in raised.value.merged.open}
    edit(document, "Le second", body="Il donne sur la cour pavée de grès.")
    with pytest.raises(ConflictsOpen) as again:
        merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=editor, choices=choices)
    assert again.value.merged.open[0].draft == "Il donne sur la cour pavée de grès."
    assert document.sections.get(title="Le second").body == "Il donne sur la cour pavée de grès."


def test_the_drafts_side_stands_where_that_is_asked(document: Document, editor: User) -> None:
    edit(document, "Le second", body="Il donne sur la cour pavée.")
    _, merged = merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=None, keep_mine=True)
    assert len(merged.open) == 1
    assert document.sections.get(title="Le second").body == "Il donne sur la cour pavée."
    assert document.sections.filter(title="Le troisième").exists()


def test_the_next_source_is_compared_with_the_last_one(document: Document, editor: User) -> None:
    merge_source(work=document, data=CORRECTED.encode(), name="2.md", user=editor)
    third = CORRECTED.replace("Il faudra revenir.", "Il faudra revenir bientôt.")
    _, merged = merge_source(work=document, data=third.encode(), name="3.md", user=editor)
    assert (merged.followed, merged.conflicts) == (1, [])
    assert document.sections.get(title="Conclusion").body == "Il faudra revenir bientôt."


def test_decisions_about_the_first_source_hold_for_the_next(editor: User) -> None:
    lines = REPORT.split("\n")
    line = lines.index("# 3. Conclusion") + 1
    decisions = deciding.with_ruling(Decisions(title="Un titre décidé"), lines, [line], Ruling.TEXT)
    work = import_source(data=REPORT.encode(), name="r.md", user=editor, decisions=decisions).work
    assert isinstance(work, Document)
    source, merged = merge_source(work=work, data=CORRECTED.encode(), name="2.md", user=editor)
    assert merged.conflicts == []
    assert not work.sections.filter(title="Conclusion").exists()
    work.refresh_from_db()
    assert work.title == "Un titre décidé"
    assert len(source.decisions["corrections"]) == 1


def test_an_article_has_one_body(editor: User) -> None:
    work = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).work
    assert isinstance(work, Article)
    work.body = work.body.replace("mille fois", "dix mille fois")
    work.save()
    corrected = ARTICLE.replace("On tend le fil", "On tend bien le fil").replace("Deux mots", "Trois mots")
    merge_source(work=work, data=corrected.encode(), name="fil-2.md", user=editor)
    work.refresh_from_db()
    assert "On tend bien le fil" in work.body
    assert "dix mille fois" in work.body
    assert work.description == "Trois mots sur un métier."
    assert work.slug == "le-fil-et-la-trame"


def test_what_is_no_new_source_is_refused(document: Document, editor: User) -> None:
    with pytest.raises(ImportRefused, match="déjà importés"):
        merge_source(work=document, data=REPORT.encode(), name="r.md", user=editor)
    other = Document.objects.create(title="Autre", slug="autre", kind="thesis")
    with pytest.raises(ImportRefused, match="aucun fichier source"):
        merge_source(work=other, data=CORRECTED.encode(), name="r.md", user=editor)
    with pytest.raises(ImportRefused):
        merge_source(work=document, data=b"", name="r.md", user=editor)
    source = document.sources.get()
    source.file.storage.delete(source.file.name)
    with pytest.raises(ImportRefused, match="n’est plus dans le dépôt"):
        merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=editor)


def test_who_may(document: Document, granted: Any) -> None:
    for permissions in ([], ["imports.add_sourcefile"], ["theses.change_document"]):
        user = granted(*permissions, name="-".join(permissions) or "rien")
        with pytest.raises(PermissionDenied):
            merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=user)
    user = granted("imports.add_sourcefile", "theses.change_document", name="assez")
    merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=user)


def test_a_failure_leaves_everything_as_it_was(
    document: Document, editor: User, monkeypatch: pytest.MonkeyPatch, stored: Any
) -> None:
    before = stored()

    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("imports.actions.merge_source.report", fail)
    with pytest.raises(RuntimeError):
        merge_source(work=document, data=CORRECTED.encode(), name="r.md", user=editor)
    assert stored() == before
    assert not document.sections.filter(title="Le troisième").exists()


def test_a_decision_goes_over_to_a_line_that_was_corrected(editor: User) -> None:
    text = REPORT.replace("# 3. Conclusion", "# 3. Conclusoin")
    lines = text.split("\n")
    line = lines.index("# 3. Conclusoin") + 1
    decisions = deciding.with_ruling(Decisions(), lines, [line], Ruling.TEXT)
    work = import_source(data=text.encode(), name="r.md", user=editor, decisions=decisions).work
    assert isinstance(work, Document)
    source, merged = merge_source(work=work, data=REPORT.encode(), name="2.md", user=editor)
    assert merged.conflicts == []
    assert not work.sections.filter(title__startswith="Conclus").exists()
    assert [row["text"] for row in source.decisions["corrections"]] == ["# 3. Conclusion"]
    assert "decision-lost" not in {row["code"] for row in source.report["findings"]}


def test_a_source_that_was_merged_meanwhile_is_compared_again(document: Document, editor: User) -> None:
    readings = read_both(work=document, data=CORRECTED.encode(), name="2.md")
    other = REPORT.replace("Il faudra revenir.", "Il faudra revenir vite.")
    merge_source(work=document, data=other.encode(), name="autre.md", user=editor)
    with pytest.raises(ImportRefused, match="entre-temps"):
        merge_source(work=document, data=CORRECTED.encode(), name="2.md", user=editor, readings=readings)


@pytest.mark.parametrize("seed", range(5))
def test_twenty_places_over_twenty_five_of_them_the_same(editor: User, seed: int) -> None:
    """The acceptance, through the database: what only one side changed is there, and five conflicts are asked."""
    chance = random.Random(seed)
    places = chance.sample(range(60), 35)
    by_source, by_editors, by_both = set(places[:20]), set(places[15:]), set(places[15:20])

    def sentence(number: int) -> str:
        return f"Au verger {number}, on taille les pommiers {number} jours avant la lune de mars {number * 7}."

    def text(changed: set[int]) -> str:
        rows = ["# Le verger", ""]
        for number in range(60):
            if number % 6 == 0:
                rows += [f"## {number // 6 + 1}. Rang {number // 6 + 1}", ""]
            rows += [sentence(number) + (f" Corrigé {number}." if number in changed else ""), ""]
        return "\n".join(rows)

    header = "---\ntype: rapport\ntitle: Le verger\n---\n\n"
    work = import_source(data=(header + text(set())).encode(), name="1.md", user=editor).work
    assert isinstance(work, Document)
    for section in work.sections.all():
        for number in by_editors:
            section.body = section.body.replace(sentence(number), f"{sentence(number)} Rédigé {number}.")
        section.save()
    data = (header + text(by_source)).encode()
    with pytest.raises(ConflictsOpen) as raised:
        merge_source(work=work, data=data, name="2.md", user=editor)
    conflicts = raised.value.merged.conflicts
    assert sorted(row.before for row in conflicts) == sorted(sentence(number) for number in by_both)
    sides = {row.key: Choice(chance.choice(["mine", "source"])) for row in conflicts}
    merge_source(work=work, data=data, name="2.md", user=editor, choices=sides)
    merged = "\n".join(work.sections.values_list("body", flat=True))
    assert all(f"Corrigé {number}." in merged for number in by_source - by_both)
    assert all(f"Rédigé {number}." in merged for number in by_editors - by_both)
    assert sum(f"Corrigé {number}." in merged for number in by_both) == sum(c.side == "source" for c in sides.values())
    assert sum(f"Rédigé {number}." in merged for number in by_both) == sum(c.side == "mine" for c in sides.values())
    assert all(sentence(number) in merged for number in range(60))


def test_a_merge_is_one_act_that_is_undone_and_done_again(document: Document, editor: User) -> None:
    edit(document, "Le premier", body="Il donne sur la rivière, au sud.")
    before = list(document.sections.values_list("slug", "title", "body"))
    merge_source(work=document, data=CORRECTED.encode(), name="2.md", user=editor)
    after = list(document.sections.values_list("slug", "title", "body"))
    assert after != before
    undo(document=document, user=editor)
    assert list(document.sections.values_list("slug", "title", "body")) == before
    # The source is known by now; it may be merged once more all the same.
    _, merged = merge_source(work=document, data=CORRECTED.encode(), name="2.md", user=editor)
    assert merged.followed
    assert list(document.sections.values_list("slug", "title", "body")) == after
    _, merged = merge_source(work=document, data=CORRECTED.encode(), name="2.md", user=editor)
    assert (merged.followed, merged.conflicts) == (0, [])
    assert document.sources.count() == 2


def test_what_a_section_says_on_the_use_of_ai_stays(document: Document, editor: User) -> None:
    said = {"ai_level": "reviewed", "ai_reviewer": "Ana Roy", "ai_reviewed_on": datetime.date(2025, 3, 4)}
    edit(document, "Le second", **said)
    merge_source(work=document, data=CORRECTED.encode(), name="2.md", user=editor)
    section = document.sections.get(title="Le second")
    assert section.body == "Il donne sur la grande cour."
    assert {name: getattr(section, name) for name in said} == said
    # A source that takes the section away does not take the answer away in silence.
    without = CORRECTED.replace("Il donne sur la grande cour.", "").replace("## 2.2. Le second", "")
    assert without.count("Le second") < CORRECTED.count("Le second")
    with pytest.raises(ConflictsOpen):
        merge_source(work=document, data=without.encode(), name="3.md", user=editor)
