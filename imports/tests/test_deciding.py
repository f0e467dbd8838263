"""Decisions on the review: lines ruled, findings answered, all undone again, kept by the import and a new reading."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from imports import deciding, staging
from imports.actions.import_source import import_source
from imports.decisions import Answer, Decisions, Verdict
from imports.models import SourceFile
from imports.promises import promises
from imports.refusals import ImportRefused
from imports.staging import Staged
from imports.tests.conftest import REPORT
from manuscript import read
from manuscript.corrections import Correction, Ruling
from manuscript.model import DocumentKind, Person, SectionKind
from theses.models import Document

pytestmark = pytest.mark.django_db

SOURCE = REPORT.replace("Il faudra revenir.", "Il faudra revenir.\n\nRemerciements à tous\n\nMerci.")
LINES = SOURCE.split("\n")


@pytest.fixture
def staged(editor: User) -> Staged:
    return staging.stage(editor, name="rapport.md", data=SOURCE.encode())


@pytest.fixture
def browser(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def line_of(text: str) -> int:
    return LINES.index(text) + 1


def decide(client: Client, staged: Staged, **values: Any) -> Any:
    response = client.post(f"/admin/imports/sourcefile/a-relire/{staged.token}/decisions/", values)
    assert response.status_code == 302
    return response


def review(client: Client, staged: Staged) -> Any:
    response = client.get(f"/admin/imports/sourcefile/a-relire/{staged.token}/")
    assert response.status_code == 200
    return response


def outline(response: Any) -> list[tuple[int, str]]:
    return [(node.depth, node.title) for node in response.context["outline"]]


def confirm(client: Client, staged: Staged) -> Document:
    form = review(client, staged).context["form"]
    values = {field.name: str(field.value() or "") for field in form}
    assert client.post(f"/admin/imports/sourcefile/a-relire/{staged.token}/", values).status_code == 302
    return Document.objects.get()


def test_headings_are_relevelled_and_renamed_in_kind_many_at_once(browser: Client, staged: Staged) -> None:
    lines = [line_of("## 2.1. Le premier"), line_of("## 2.2. Le second")]
    response = decide(browser, staged, what="heading", lines=lines, depth="1", section_kind="annex")
    assert response["Location"].endswith("#outline")
    shown = review(browser, staged)
    nodes = {node.title: node for node in shown.context["outline"]}
    assert {nodes[title].depth for title in ("Le premier", "Le second")} == {1}
    assert nodes["Le premier"].decided == "titre, niveau 1, Annexe"
    assert nodes["Le premier"].reason == "Décidé à la relecture."
    document = confirm(browser, staged)
    section = document.sections.get(title="Le premier")
    assert (section.depth, section.kind) == (1, "annex")
    assert len(SourceFile.objects.get().decisions["corrections"]) == 2


def test_a_heading_that_is_none_and_a_line_that_is_one(browser: Client, staged: Staged) -> None:
    decide(browser, staged, what="text", lines=[line_of("# 3. Conclusion")])
    decide(browser, staged, what="heading", lines=[line_of("Remerciements à tous")], depth="1", back="source")
    titles = [title for _, title in outline(review(browser, staged))]
    assert "Conclusion" not in titles
    assert "Remerciements à tous" in titles


def test_a_decision_is_taken_back(browser: Client, staged: Staged) -> None:
    before = outline(review(browser, staged))
    decide(browser, staged, what="text", lines=[line_of("# 3. Conclusion")])
    shown = review(browser, staged)
    [decision] = shown.context["decided"]
    assert outline(shown) != before
    response = decide(browser, staged, remove=decision.key)
    assert response["Location"].endswith("#decided")
    assert outline(review(browser, staged)) == before


def test_findings_are_accepted_and_dismissed_one_or_all(browser: Client, editor: User) -> None:
    source = "# Un\n\nVoir [là](#ailleurs).\n\nEt [ici](#nulle-part).\n\n# Deux\n\nTexte.\n"
    staged = staging.stage(editor, name="liens.md", data=source.encode())
    [finding] = [row for row in read(source.encode(), name="x").findings if row.code == "link-broken"][:1]
    decide(browser, staged, what="accept", findings=[f"{finding.line}:link-broken"])
    shown = review(browser, staged)
    group = next(g for s in shown.context["severities"] for g in s.groups if g.code == "link-broken")
    assert (group.count, group.answered) == (2, 1)
    # What waits for an answer comes first.
    assert [row.verdict for row in group.shown] == ["", "accepted"]
    response = decide(browser, staged, what="dismiss:link-broken")
    assert response["Location"].endswith("#findings")
    shown = review(browser, staged)
    group = next(g for s in shown.context["severities"] for g in s.groups if g.code == "link-broken")
    assert [row.verdict for row in group.shown] == ["dismissed", "dismissed"]


def test_what_was_typed_into_the_form_survives_a_decision(browser: Client, staged: Staged) -> None:
    decide(browser, staged, what="text", lines=[line_of("# 3. Conclusion")], title="Un autre titre", kind="report")
    assert review(browser, staged).context["form"]["title"].value() == "Un autre titre"
    assert confirm(browser, staged).title == "Un autre titre"


def test_nothing_ticked_is_said(browser: Client, staged: Staged) -> None:
    decide(browser, staged, what="text")
    assert "cochez" in str(next(iter(review(browser, staged).context["messages"])))


@pytest.mark.parametrize(
    "values",
    [
        {"what": "rien", "lines": ["3"]},
        {"what": "heading", "lines": ["0", "-1", "x", "99999999999", "5000"], "depth": "x", "section_kind": "x"},
        {"what": "accept", "findings": ["1:nothing"]},
        {"what": "accept:nothing"},
        {"remove": "99=nature"},
        {},
    ],
)
def test_what_makes_no_sense_decides_nothing(browser: Client, staged: Staged, values: dict[str, Any]) -> None:
    decide(browser, staged, **values)
    assert review(browser, staged).context["decided"] == []


def test_nobody_else_decides(client: Client, staged: Staged, granted: Any) -> None:
    address = f"/admin/imports/sourcefile/a-relire/{staged.token}/decisions/"
    client.force_login(granted("imports.add_sourcefile"))
    assert client.post(address, {"what": "text", "lines": ["3"]}).status_code == 404
    client.force_login(granted(name="autre"))
    assert client.post(address, {"what": "text", "lines": ["3"]}).status_code == 403
    assert client.get(address).status_code in {403, 405}


def test_the_source_page_shows_what_was_decided(browser: Client, staged: Staged) -> None:
    line = line_of("Remerciements à tous")
    response = decide(browser, staged, what="caption", lines=[line], back="source")
    assert f"ligne={line}" in response["Location"]
    shown = browser.get(response["Location"].partition("#")[0])
    assert next(row for row in shown.context["rows"] if row.number == line).decided == "légende"


def test_decisions_go_with_the_upload(editor: User, staged: Staged) -> None:
    staging.keep_decided(editor, staged.token, {"decisions": {}})
    assert staging.decided_so_far(editor, staged.token) == {"decisions": {}}
    assert [row.token for row in staging.waiting(editor)] == [staged.token]
    staging.discard(editor, staged.token)
    assert staging.decided_so_far(editor, staged.token) == {}
    staging.keep_decided(editor, staged.token, {"decisions": {}})
    assert staging.decided_so_far(editor, staged.token) == {}
    assert staging.decided_so_far(editor, "../../etc/passwd") == {}


def test_decisions_are_bounded(editor: User, staged: Staged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "DECIDED_MAX_SIZE", 10)
    with pytest.raises(ImportRefused):
        staging.keep_decided(editor, staged.token, {"decisions": {"title": "x" * 20}})


def test_the_import_reads_with_the_corrections(editor: User) -> None:
    decisions = deciding.with_ruling(Decisions(), LINES, [line_of("# 3. Conclusion")], Ruling.TEXT)
    work = import_source(data=SOURCE.encode(), name="r.md", user=editor, decisions=decisions).work
    assert isinstance(work, Document)
    assert not work.sections.filter(title="Conclusion").exists()
    source = SourceFile.objects.get()
    again = Decisions.from_json(source.decisions)
    assert again == decisions


def test_decisions_go_into_json_and_come_back() -> None:
    decisions = Decisions(
        kind=DocumentKind.REPORT,
        title="T",
        authors=(Person(family="Serre", given="Jeanne"),),
        corrections=(Correction(3, "a", Ruling.HEADING, 2, SectionKind.PART), Correction(4, "b", Ruling.JOIN, nth=2)),
        answers=(Answer("link-broken", 3, "a", Verdict.DISMISSED),),
    )
    assert Decisions.from_json(decisions.as_json()) == decisions
    assert Decisions.from_json({}) == Decisions()
    assert Decisions().as_json() == {}


def test_an_answer_follows_a_line_that_moved() -> None:
    source = "# Un\n\nVoir [là](#ailleurs).\n"
    findings = [row for row in read(source.encode(), name="x").findings if row.code == "link-broken"]
    decisions = deciding.with_verdict(Decisions(), source.split("\n"), findings, Verdict.ACCEPTED)
    moved = "# Un\n\nAvant.\n\nVoir [là](#ailleurs).\n"
    findings = [row for row in read(moved.encode(), name="x").findings if row.code == "link-broken"]
    said = deciding.answered(decisions, findings, moved.split("\n"))
    assert said == {("link-broken", 5): "accepted"}


def test_the_printed_contents_are_counted() -> None:
    contents = "\n".join(f"{n}. {t} ........ {n}" for n, t in enumerate(("Semer", "Planter", "Arroser", "Cueillir"), 1))
    body = "\n\n".join(f"# {n}. {t}\n\nDu texte." for n, t in ((1, "Semer"), (2, "Planter"), (4, "Cueillir")))
    found = promises(read(f"# Sommaire\n\n{contents}\n\n{body}\n".encode(), name="x.md"))
    assert (found["entries"], found["found"]) == (4, 3)
    assert [row["title"] for row in found["missing"]] == ["Arroser"]


def test_a_nested_list_counts_anew_under_each_of_its_items() -> None:
    contents = (
        "1. [Semer](#un)\n   1. [Le sol](#sol)\n   2. [La graine](#g)\n2. [Cueillir](#deux)\n   1. [Le sol](#s2)\n"
    )
    body = "# 1. Semer\n\n## 1.1 Le sol\n\nA.\n\n## 1.2 La graine\n\nB.\n\n# 2. Cueillir\n\n## 2.1 Le sol\n\nC.\n"
    read_one = read(f"# Sommaire\n\n{contents}\n\n{body}".encode(), name="x.md")
    assert [row.section for row in read_one.promises] == [0, 1, 2, 3, 4]
    gone = read(f"# Sommaire\n\n{contents}\n\n{body.replace('## 2.1 Le sol', 'Un reste.')}".encode(), name="x.md")
    assert [row["line"] for row in promises(gone)["missing"]] == [7]


def test_the_review_has_no_style_or_script_of_its_own(browser: Client, staged: Staged) -> None:
    decide(browser, staged, what="text", lines=[line_of("# 3. Conclusion")])
    html = review(browser, staged).content.decode()
    assert not re.search(r"<main.*(?:\sstyle=|\son\w+=)", html, re.DOTALL)


def test_a_heading_that_was_put_back_is_not_counted_as_found() -> None:
    titles = ["Semer", "Planter", "Arroser", "Cueillir", "Garder", "Goûter"]
    contents = "\n".join(f"{n}. {t} ........ {n}" for n, t in enumerate(titles, 1))
    kept = [(n, t) for n, t in enumerate(titles, 1) if t != "Arroser"]
    body = "\n\n".join(f"# {n}. {t}\n\nDu texte." for n, t in kept)
    found = promises(read(f"# Sommaire\n\n{contents}\n\n{body}\n".encode(), name="x.md"))
    assert (found["entries"], found["found"], found["restored"], found["missing"]) == (6, 5, 1, [])
