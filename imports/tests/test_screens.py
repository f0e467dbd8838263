"""The screens of an import through the test client: what they show, refuse, store and forget."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import Article
from imports import staging
from imports.actions.import_source import import_source
from imports.models import SourceFile
from imports.tests.conftest import ARTICLE, REPORT
from imports.views import uploading
from publishing.models import State
from theses.models import Document

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/imports/sourcefile/add/"


@pytest.fixture
def browser(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def send(client: Client, *files: tuple[str, bytes | str], **extra: Any) -> HttpResponse:
    uploads = [
        SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data, "text/markdown")
        for name, data in files
    ]
    return client.post(UPLOAD, {"sources": uploads}, **extra)


def page(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u202f", " ").split())


def review_address(client: Client, data: str, name: str = "fil.md") -> str:
    response = send(client, (name, data))
    assert response.status_code == 302, page(response)
    assert "/a-relire/" in response["Location"]
    return response["Location"]


def fields(response: Any) -> dict[str, str]:
    """What a browser would send of the form as it was shown."""
    form = response.context["form"]
    return {field.name: str(field.value() or "") for field in form}


def test_one_upload_leads_to_its_review_and_stores_nothing(browser: Client, stored: Callable[[], list[str]]) -> None:
    shown = browser.get(review_address(browser, ARTICLE))
    assert shown.status_code == 200
    assert fields(shown) == {
        "kind": "article",
        "title": "Le fil et la trame",
        "subtitle": "",
        "authors": "Jeanne Serre, Tisserande",
        "date": "2025-09",
        "language": "fr",
        "slug": "le-fil-et-la-trame",
        "description": "Deux mots sur un métier.",
        "ai_level": "",
    }
    assert "Le geste" in page(shown)
    assert not SourceFile.objects.exists()
    assert stored() == []


def test_confirmed_unchanged_it_is_a_draft(browser: Client, editor: User) -> None:
    address = review_address(browser, ARTICLE)
    done = browser.post(address, {**fields(browser.get(address)), "draft": "x"}, follow=True)
    source = SourceFile.objects.get()
    assert done.redirect_chain[-1][0] == f"/admin/imports/sourcefile/{source.pk}/change/"
    assert (source.imported_by, source.decisions) == (editor, {})
    article = Article.objects.get()
    assert article.state == State.DRAFT
    assert article.contributions.get().occupation == "Tisserande"
    text = page(done)
    assert "Publier maintenant" in text
    assert f"/articles/{article.slug}/apercu/" in text
    assert f"/admin/articles/article/{article.pk}/change/" in text
    assert staging.waiting(editor) == []
    assert browser.get(address).status_code == 404


def test_confirmed_with_corrections(browser: Client) -> None:
    address = review_address(browser, ARTICLE)
    values = fields(browser.get(address)) | {
        "kind": "whitepaper",
        "title": "  Un autre\n titre ",
        "subtitle": "Et sa suite",
        "authors": "Alix Noyer, Graveuse\nPaul Dubreuil",
        "date": "14/03/2024",
        "language": "en",
        "slug": "mon-adresse",
        "description": "Autre chose.",
        "ai_level": "assisted",
    }
    browser.post(address, values)
    document = Document.objects.get()
    assert document.ai_level == "assisted"
    assert (document.kind, document.title, document.subtitle) == ("whitepaper", "Un autre titre", "Et sa suite")
    assert (str(document.date), document.date_precision, document.language) == ("2024-03-14", "day", "en")
    assert document.slug == "mon-adresse"
    assert [str(row.author) for row in document.contributions.all()] == ["Alix Noyer", "Paul Dubreuil"]
    assert set(SourceFile.objects.get().decisions) == set(values)


def test_import_and_publish_at_once(browser: Client) -> None:
    address = review_address(browser, REPORT)
    done = browser.post(address, {**fields(browser.get(address)), "ai_level": "none", "publish": "x"}, follow=True)
    assert Document.objects.published().get().ai_level == "none"
    assert "est publié" in page(done)
    assert "Publier maintenant" not in page(done)


def test_what_is_not_answered_keeps_it_a_draft(browser: Client) -> None:
    address = review_address(browser, REPORT)
    done = browser.post(address, {**fields(browser.get(address)), "publish": "x"}, follow=True)
    assert Document.objects.get().state == State.DRAFT
    assert "intelligence artificielle n’est pas dit" in page(done)
    assert "/controle/" in page(done)


def test_the_report_leads_to_the_screens_of_the_work(browser: Client, editor: User) -> None:
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    assert source.article is not None
    shown = page(browser.get(f"/admin/imports/sourcefile/{source.pk}/change/"))
    assert reverse("admin:articles_article_check", args=[source.article.pk]) in shown


def test_publish_from_the_report(browser: Client, editor: User) -> None:
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    Article.objects.update(ai_level="none")
    done = browser.post(f"/admin/imports/sourcefile/{source.pk}/publication/", follow=True)
    assert Article.objects.published().count() == 1
    assert "/articles/le-fil-et-la-trame/" in page(done)


def test_what_cannot_be_published_says_why(browser: Client, editor: User) -> None:
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    Article.objects.update(body="")
    done = browser.post(f"/admin/imports/sourcefile/{source.pk}/publication/", follow=True)
    assert not Article.objects.published().exists()
    assert "pas de texte" in page(done)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "obligatoire"),
        ("date", "bientôt", "pas comprise"),
        ("slug", "Déjà Vu", "sans accent"),
        ("slug", "flux", "déjà prise"),
        ("slug", "pris", "déjà prise"),
        ("kind", "poème", "choix"),
        ("language", "de", "choix"),
        ("title", "a\x00b", "nul"),
    ],
)
def test_a_mistake_is_shown_at_its_field(
    browser: Client, field: str, value: str, sentence: str, stored: Callable[[], list[str]]
) -> None:
    Article.objects.create(title="Pris", slug="pris", body="x")
    address = review_address(browser, ARTICLE)
    shown = browser.post(address, fields(browser.get(address)) | {field: value})
    assert shown.status_code == 200
    assert sentence in " ".join(shown.context["form"].errors[field])
    assert not SourceFile.objects.exists()
    assert stored() == []


def test_an_address_taken_meanwhile_is_shown_at_its_field(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = review_address(browser, ARTICLE)
    values = fields(browser.get(address)) | {"slug": "pris"}
    monkeypatch.setattr("imports.forms.settled_slug", lambda *args: "pris")
    Article.objects.create(title="Pris", slug="pris", body="x")
    shown = browser.post(address, values)
    assert "déjà prise" in str(shown.context["form"].errors["slug"])


def test_an_empty_date_and_address_are_as_good_as_none(browser: Client) -> None:
    address = review_address(browser, ARTICLE)
    browser.post(address, fields(browser.get(address)) | {"date": "", "slug": "", "authors": ""})
    article = Article.objects.get()
    assert article.date is None
    assert article.slug == "le-fil-et-la-trame"
    assert not article.contributions.exists()


def test_several_uploads_wait_in_a_list(browser: Client, editor: User) -> None:
    response = send(browser, ("fil.md", ARTICLE), ("rapport.md", REPORT))
    assert response["Location"] == UPLOAD
    text = page(browser.get(UPLOAD))
    assert [row.name for row in staging.waiting(editor)] == ["fil.md", "rapport.md"]
    assert "fil.md" in text
    assert "rapport.md" in text
    first, second = staging.waiting(editor)
    address = reverse("admin:imports_sourcefile_review", args=[first.token])
    done = browser.post(address, fields(browser.get(address)), follow=True)
    assert f"/a-relire/{second.token}/" in page(done)


def test_abandoned_it_leaves_nothing(browser: Client, editor: User, folders: Any) -> None:
    address = review_address(browser, ARTICLE)
    done = browser.post(address + "abandon/", follow=True)
    assert "rien n’a été enregistré" in page(done)
    assert not SourceFile.objects.exists()
    assert not [path for path in folders.rglob("*") if path.is_file()]
    assert browser.get(address).status_code == 404
    assert browser.get(address + "abandon/").status_code == 405


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.md", b"", "Ce fichier est vide."),
        ("a.md", b"PK\x03\x04" + bytes(60), "archive zip"),
        ("a.md", b"%PDF-1.7", "PDF"),
        ("a.md", bytes(range(256)) * 20, "pas du texte"),
        ("<img src=x>.md", b"", "&lt;img src=x&gt;.md"),
    ],
)
def test_a_bad_file_is_a_sentence(browser: Client, editor: User, name: str, data: bytes, sentence: str) -> None:
    response = send(browser, (name, data))
    assert response.status_code == 400
    assert sentence in page(response)
    assert "<img" not in page(response).replace('<img src="/static', "")
    assert staging.waiting(editor) == []


def test_a_file_with_a_header_alone_is_refused_when_it_is_read(browser: Client, editor: User) -> None:
    address = review_address(browser, "---\ntitle: Seul\n---\n", "seul.md")
    assert "« seul.md » : Ce fichier ne contient aucun texte." in page(browser.get(address, follow=True))
    assert staging.waiting(editor) == []


def test_good_files_are_kept_beside_bad_ones(browser: Client, editor: User) -> None:
    response = send(browser, ("fil.md", ARTICLE), ("vide.md", ""))
    assert response["Location"] == UPLOAD
    assert "« vide.md » : Ce fichier est vide." in page(browser.get(UPLOAD))
    assert [row.name for row in staging.waiting(editor)] == ["fil.md"]


def test_no_file_at_all(browser: Client) -> None:
    response = browser.post(UPLOAD, {})
    assert response.status_code == 400
    assert "Choisissez au moins un fichier" in page(response)


def test_what_is_too_large(browser: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOURCE_MAX_SIZE = 1024 * 1024
    assert "la limite est de 1 Mo" in page(send(browser, ("a.md", b"mot " * 300_000)))
    monkeypatch.setattr(uploading, "UPLOAD_MAX_SIZE", 1000)
    response = send(browser, ("a.md", ARTICLE + "mot " * 1000))
    assert response.status_code == 413
    assert "dépasse" in page(response)


def test_the_script_is_answered_in_json(browser: Client) -> None:
    good = send(browser, ("fil.md", ARTICLE), headers={"accept": "application/json"})
    assert "/a-relire/" in good.json()["location"]
    bad = send(browser, ("vide.md", ""), headers={"accept": "application/json"})
    assert bad.status_code == 400
    assert bad.json()["errors"][0].endswith("Ce fichier est vide.")


def test_the_same_bytes_are_not_taken_twice(browser: Client, editor: User) -> None:
    address = review_address(browser, ARTICLE)
    other = review_address(browser, ARTICLE, "copie.md")
    browser.post(address, fields(browser.get(address)))
    assert "déjà importé" in page(send(browser, ("encore.md", ARTICLE)))
    shown = browser.get(other)
    assert "déjà importés" in page(shown)
    done = browser.post(other, fields(shown), follow=True)
    assert "rien n’a changé" in page(done)
    assert Article.objects.count() == SourceFile.objects.count() == 1


def test_the_source_is_downloaded_byte_for_byte_and_never_shown(browser: Client, editor: User) -> None:
    data = "<script>alert(1)</script>\n\nDes mots, et d’autres.\n".encode("utf-16")
    source = import_source(data=data, name="é “x”.md", user=editor).source
    response = browser.get(f"/admin/imports/sourcefile/{source.pk}/fichier/")
    assert b"".join(response.streaming_content) == data
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_source_lost_from_the_disk_is_said(browser: Client, editor: User) -> None:
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    source.file.storage.delete(source.file.name)
    assert browser.get(f"/admin/imports/sourcefile/{source.pk}/fichier/").status_code == 404
    assert browser.get(f"/admin/imports/sourcefile/{source.pk}/change/").status_code == 200


def test_a_report_without_work_or_reading(browser: Client, editor: User) -> None:
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    Article.objects.all().delete()
    SourceFile.objects.update(report={})
    assert "n’existe plus" in page(browser.get(f"/admin/imports/sourcefile/{source.pk}/change/"))
    browser.post(f"/admin/imports/sourcefile/{source.pk}/publication/")
    assert browser.get("/admin/imports/sourcefile/999/change/").status_code == 404


def test_the_list_of_sources(browser: Client, editor: User, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        import_source(data=f"# Texte {number}\n\nMots.\n".encode(), name=f"t{number}.md", user=editor)
    with django_assert_max_num_queries(10):
        text = page(browser.get("/admin/imports/sourcefile/"))
    assert "t11.md" in text
    assert "Texte 11" in text
    assert UPLOAD in text
    assert "Texte 3" in page(browser.get("/admin/imports/sourcefile/?q=Texte+3"))


def test_a_source_is_never_deleted(browser: Client, editor: User) -> None:
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    assert browser.post(f"/admin/imports/sourcefile/{source.pk}/delete/", {"post": "yes"}).status_code == 403
    browser.post("/admin/imports/sourcefile/", {"action": "delete_selected", "_selected_action": [source.pk]})
    assert SourceFile.objects.exists()


def test_lines_of_the_source_beside_their_result(browser: Client) -> None:
    address = review_address(browser, REPORT + "\n".join(f"\nPhrase {n}.\n" for n in range(400)))
    text = page(browser.get(address + "source/"))
    assert "Titre de niveau 1 : 1 Introduction" in text
    assert "page 1 sur" in text
    marked = page(browser.get(address + "source/?ligne=600"))
    assert '<tr id="L600"' in marked or 'id="L601"' in marked
    for query in ("?ligne=abc", "?ligne=99999999999999", "?page=999", "?page=x", "?ligne=-1", "?ligne=²"):
        assert browser.get(address + "source/" + query).status_code == 200


def test_findings_are_folded_until_all_are_asked_for(browser: Client) -> None:
    text = "# T\n\n" + "\n\n".join(f"Figure {n}. Une légende\n\nPhrase {n}." for n in range(1, 61))
    address = review_address(browser, text)
    folded, whole = page(browser.get(address)), page(browser.get(address + "?tout=1"))
    assert "Montrer encore" in folded
    assert "Montrer encore" not in whole
    assert len(whole) > len(folded)


HOSTILE = """---
title: "<script>alert(1)</script>"
author: "<b onclick=x>Nom</b>"
---

# <img src=x onerror=alert(2)>

<svg onload=alert(3)> [lien](javascript:alert(4))

Figure 1. <script>alert(5)</script>
"""


def test_a_hostile_source_is_shown_as_text(browser: Client, editor: User) -> None:
    address = review_address(browser, HOSTILE)
    for shown in (browser.get(address), browser.get(address + "source/")):
        text = page(shown)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text
    done = browser.post(address, fields(browser.get(address)), follow=True)
    assert "<script>alert" not in page(done)
    assert "<img src=x" not in page(done)


def test_no_screen_has_script_or_style_of_its_own(browser: Client, editor: User) -> None:
    address = review_address(browser, ARTICLE)
    source = import_source(data=REPORT.encode(), name="r.md", user=editor).source
    for path in (UPLOAD, address, address + "source/", f"/admin/imports/sourcefile/{source.pk}/change/"):
        text = browser.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)


def test_findings_are_answered_after_the_import(browser: Client, editor: User, granted: Callable[..., User]) -> None:
    from publishing import checks

    source = import_source(data=REPORT.encode(), name="r.md", user=editor).source
    source.report["findings"] = [
        {"code": "page-missing", "severity": "warning", "line": line, "message": f"Une page manque {line}."}
        for line in (12, 14)
    ]
    source.save()
    work = source.document
    assert work is not None
    codes = [remark.code for remark in checks.report(work).remarks]
    assert codes.count("finding-unanswered") == 2
    assert all(remark.address.endswith("#constats-page-missing") for remark in checks.report(work).remarks[-2:])
    address = f"/admin/imports/sourcefile/{source.pk}/constats/"
    shown = page(browser.get(f"/admin/imports/sourcefile/{source.pk}/change/"))
    assert address in shown
    assert 'id="constats-page-missing"' in shown
    keys = re.findall(r'name="findings" value="([^"]+)"', shown)
    assert "Rien n’a changé" in page(browser.post(address, {"what": "dismiss"}, follow=True))
    assert "traité" in page(browser.post(address, {"what": "dismiss", "findings": keys}, follow=True))
    assert "finding-unanswered" not in [remark.code for remark in checks.report(work).remarks]
    browser.force_login(granted("imports.view_sourcefile"))
    assert browser.post(address, {"what": "accept", "findings": keys}).status_code == 403


@pytest.mark.parametrize("who", ["nobody", "reader", "staff", "viewer", "importer", "editor"])
def test_who_sees_which_screen(client: Client, editor: User, granted: Callable[..., User], who: str) -> None:
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    Article.objects.update(ai_level="none")
    staged = staging.stage(editor, name="r.md", data=REPORT.encode())
    users: dict[str, Callable[[], User]] = {
        "reader": lambda: User.objects.create_user("lecteur"),
        "staff": lambda: granted(),
        "viewer": lambda: granted("imports.view_sourcefile"),
        "importer": lambda: granted("imports.add_sourcefile", "articles.add_article"),
        "editor": lambda: editor,
    }
    if who in users:
        client.force_login(users[who]())
    base = "/admin/imports/sourcefile/"
    login = {"nobody", "reader"}
    cases = [
        ("get", base + "add/", {"importer": 200, "editor": 200}),
        ("post", base + "add/", {"importer": 400, "editor": 400}),
        # What waits belongs to the one who brought it.
        ("get", f"{base}a-relire/{staged.token}/", {"importer": 404, "editor": 200}),
        ("get", f"{base}a-relire/{staged.token}/source/", {"importer": 404, "editor": 200}),
        ("get", f"{base}{source.pk}/change/", {"viewer": 200, "editor": 200}),
        ("get", f"{base}{source.pk}/fichier/", {"viewer": 200, "editor": 200}),
        ("get", base, {"viewer": 200, "editor": 200}),
        ("post", f"{base}{source.pk}/publication/", {"editor": 302}),
        (
            "get",
            f"{base}a-relire/{staged.token}/decisions/",
            dict.fromkeys(("staff", "viewer", "importer", "editor"), 405),
        ),
        ("post", f"{base}a-relire/{staged.token}/decisions/", {"importer": 404, "editor": 302}),
        # No work was chosen yet.
        ("get", f"{base}a-relire/{staged.token}/fusion/", {"importer": 404, "editor": 404}),
        ("post", f"{base}a-relire/{staged.token}/fusion/", {"importer": 404, "editor": 404}),
        ("post", f"{base}a-relire/{staged.token}/abandon/", {"importer": 404, "editor": 302}),
    ]
    for method, path, expected in cases:
        response = getattr(client, method)(path)
        assert not response.streaming or b"".join(response.streaming_content)
        assert response.status_code == (302 if who in login else expected.get(who, 403)), (method, path)
        if who in login:
            assert "/admin/login/" in response["Location"]
    assert Article.objects.published().exists() == (who == "editor")


def test_an_importer_of_articles_cannot_make_a_document(client: Client, granted: Callable[..., User]) -> None:
    client.force_login(granted("imports.add_sourcefile", "articles.add_article"))
    address = review_address(client, REPORT)
    assert client.post(address, fields(client.get(address))).status_code == 403
    assert not SourceFile.objects.exists()


def test_a_forged_post_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert send(client, ("fil.md", ARTICLE)).status_code == 403
    staged = staging.stage(editor, name="fil.md", data=ARTICLE.encode())
    assert client.post(f"/admin/imports/sourcefile/a-relire/{staged.token}/").status_code == 403
    assert len(staging.waiting(editor)) == 1


def test_the_upload_works_with_its_token(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(UPLOAD).content.decode())
    assert token is not None
    file = SimpleUploadedFile("fil.md", ARTICLE.encode())
    assert client.post(UPLOAD, {"sources": [file], "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_a_review_costs_few_queries(browser: Client, django_assert_max_num_queries: Any) -> None:
    address = review_address(browser, REPORT)
    with django_assert_max_num_queries(8):
        browser.get(address)
