"""The merge on the screen: recognised, compared, decided a part at a time, undone, written; refused to others."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from imports import comparing, staging
from imports.actions.import_source import import_source
from imports.models import SourceFile
from imports.recognising import mergeable, recognised
from imports.staging import Staged
from imports.tests.conftest import ARTICLE, REPORT
from imports.tests.test_merge_source import CORRECTED, edit
from imports.words import Span, differences, gist
from manuscript import read
from theses.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(editor: User) -> Document:
    work = import_source(data=REPORT.encode(), name="rapport.md", user=editor).work
    assert isinstance(work, Document)
    edit(work, "Le second", body="Il donne sur la cour pavée.")
    edit(work, "Introduction", body="Nous avons visité trois ateliers, un par un.")
    return work


@pytest.fixture
def staged(editor: User) -> Staged:
    text = CORRECTED.replace("Nous avons visité trois ateliers.", "Nous avons visité trois grands ateliers.")
    return staging.stage(editor, name="rapport-2.md", data=text.encode())


@pytest.fixture
def browser(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def address(staged: Staged) -> str:
    return f"/admin/imports/sourcefile/a-relire/{staged.token}/fusion/"


def chosen(client: Client, staged: Staged, document: Document) -> Any:
    """The merge screen, once the work is chosen."""
    assert client.post(address(staged), {"work": f"document-{document.pk}"})["Location"] == address(staged)
    return client.get(address(staged))


def test_the_review_recognises_the_work(browser: Client, staged: Staged, document: Document) -> None:
    shown = browser.get(f"/admin/imports/sourcefile/a-relire/{staged.token}/")
    assert shown.context["alike"] == [document]
    assert "en est-ce une nouvelle version" in shown.content.decode()


def test_a_work_that_nobody_chose_is_asked_for(browser: Client, editor: User, document: Document) -> None:
    other = staging.stage(editor, name="autre.md", data=b"# Un tout autre texte\n\nIl parle d'autre chose.\n")
    review = f"/admin/imports/sourcefile/a-relire/{other.token}/"
    assert '<option value="">' in browser.get(review).content.decode()
    answer = browser.post(address(other), {"work": "", "title": "Mon titre"}, follow=True)
    assert answer.redirect_chain[-1][0] == review
    assert "Choisissez d’abord l’œuvre" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "Mon titre"


def test_conflicts_are_decided_one_by_one_and_then_it_is_merged(
    browser: Client, staged: Staged, document: Document
) -> None:
    shown = chosen(browser, staged, document)
    assert [row.where for row in shown.context["conflicts"]] == ["1 Introduction", "2.2 Le second"]
    assert "Fusionner dans le brouillon" not in shown.content.decode()
    one, other = (row.key for row in shown.context["conflicts"])
    # Nothing is merged while a conflict is open, and the choice that was made is kept.
    browser.post(address(staged), {f"choice-{one}": "hand", f"text-{one}": "À la main.", "merge": "1"})
    assert SourceFile.objects.count() == 1
    shown = browser.get(address(staged))
    assert [row.key for row in shown.context["conflicts"]] == [other]
    browser.post(address(staged), {f"choice-{other}": "source"})
    shown = browser.get(address(staged))
    assert shown.context["conflicts"] == []
    response = browser.post(address(staged), {"merge": "1"})
    source = document.sources.get(name="rapport-2.md")
    assert response["Location"] == f"/admin/imports/sourcefile/{source.pk}/change/"
    bodies = {section.title: section.body for section in document.sections.all()}
    assert bodies["Introduction"] == "À la main."
    assert bodies["Le second"] == "Il donne sur la grande cour."
    assert bodies["Le troisième"] == "Il donne sur la rue."
    assert staging.waiting(source.imported_by) == []


def test_a_choice_is_taken_back(browser: Client, staged: Staged, document: Document) -> None:
    shown = chosen(browser, staged, document)
    key = shown.context["conflicts"][0].key
    browser.post(address(staged), {f"choice-{key}": "mine"})
    assert len(browser.get(address(staged)).context["conflicts"]) == 1
    browser.post(address(staged), {"again": key})
    assert len(browser.get(address(staged)).context["conflicts"]) == 2


@pytest.mark.parametrize(("side", "body"), [("mine", "la cour pavée."), ("source", "la grande cour.")])
def test_what_is_left_is_decided_at_once(
    browser: Client, staged: Staged, document: Document, side: str, body: str
) -> None:
    chosen(browser, staged, document)
    browser.post(address(staged), {"rest": side})
    browser.post(address(staged), {"merge": "1"})
    assert document.sections.get(title="Le second").body == f"Il donne sur {body}"


def test_a_draft_that_changes_meanwhile_is_asked_about_again(
    browser: Client, staged: Staged, document: Document
) -> None:
    chosen(browser, staged, document)
    browser.post(address(staged), {"rest": "source"})
    edit(document, "Le second", body="Il donne sur la cour dallée.")
    browser.post(address(staged), {"merge": "1"})
    [conflict] = browser.get(address(staged)).context["conflicts"]
    assert conflict.where == "2.2 Le second"
    assert document.sections.get(title="Le second").body == "Il donne sur la cour dallée."


def test_many_conflicts_come_a_page_at_a_time(
    browser: Client, staged: Staged, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "FEW", 1)
    shown = chosen(browser, staged, document)
    assert len(shown.context["conflicts"]) == 1
    assert "voir la suite" in shown.content.decode()


def test_fields_of_the_review_count(browser: Client, staged: Staged, document: Document) -> None:
    form = browser.get(f"/admin/imports/sourcefile/a-relire/{staged.token}/").context["form"]
    values = {field.name: str(field.value() or "") for field in form}
    values |= {"title": "Rapport sur trois ateliers", "work": f"document-{document.pk}"}
    browser.post(address(staged), values)
    browser.post(address(staged), {"rest": "mine"})
    browser.post(address(staged), {"merge": "1"})
    document.refresh_from_db()
    assert document.title == "Rapport sur trois ateliers"


def test_works_that_one_may_not_change_are_not_found(client: Client, document: Document, granted: Any) -> None:
    user = granted("imports.add_sourcefile")
    staged = staging.stage(user, name="r.md", data=CORRECTED.encode())
    client.force_login(user)
    assert mergeable(user) == []
    assert "Comparer" not in client.get(f"/admin/imports/sourcefile/a-relire/{staged.token}/").content.decode()
    client.post(address(staged), {"work": f"document-{document.pk}"})
    assert client.get(address(staged)).status_code == 404
    assert client.post(address(staged), {"merge": "1"}).status_code == 404
    client.force_login(granted(name="autre"))
    assert client.get(address(staged)).status_code == 403


@pytest.mark.parametrize("work", ["", "document-0", "document-99", "article-x", "x"])
def test_a_work_that_is_none_is_not_found(browser: Client, staged: Staged, document: Document, work: str) -> None:
    browser.post(address(staged), {"work": work})
    assert browser.get(address(staged)).status_code == 404


def test_choices_that_make_no_sense_are_passed_over(browser: Client, staged: Staged, document: Document) -> None:
    shown = chosen(browser, staged, document)
    key = shown.context["conflicts"][0].key
    browser.post(address(staged), {f"choice-{key}": "x", "choice-zzz": "mine", "rest": "x", "again": "zzz"})
    assert len(browser.get(address(staged)).context["conflicts"]) == 2


def test_recognition_goes_by_the_title(editor: User, document: Document) -> None:
    article = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).work
    works = mergeable(editor)
    assert recognised(read(ARTICLE.encode(), name="x.md"), works) == [article]
    assert recognised(read(b"# Tout autre chose\n\nDu texte.\n", name="x.md"), works) == []


def test_differences_are_by_word() -> None:
    assert differences("le petit chat", "le grand chat") == [
        Span("same", "le "),
        Span("removed", "petit"),
        Span("added", "grand"),
        Span("same", " chat"),
    ]
    long = "mot " * 4000
    assert differences(long, long + "fin") == [Span("added", long + "fin")]


def test_the_gist_leaves_out_what_is_the_same_for_long() -> None:
    long = "mot " * 200
    spans = gist(differences(f"{long}avant {long}", f"{long}après {long}"))
    assert [span.kind for span in spans] == ["same", "removed", "added", "same"]
    assert all(len(span.text) < 140 for span in spans)
    assert spans[0].text.startswith(" […] mot")
    assert spans[-1].text.endswith("mot […] ")
    assert gist(differences("a", "a")) == [Span("same", "a")]


def test_the_text_of_a_conflict_is_escaped(browser: Client, staged: Staged, document: Document) -> None:
    edit(document, "Le second", body="Il donne <script>alert(1)</script> sur la cour.")
    html = chosen(browser, staged, document).content.decode()
    assert "<script>alert" not in html
    assert "&lt;" in html
