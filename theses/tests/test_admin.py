"""The admin of documents and of their text: who changes what, how two editors meet, what no form loads."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from publishing.models import State
from theses.actions.publish import publish
from theses.models import BibliographyEntry, Document, Figure, Section
from theses.tests.building import add_sections, section, words
from theses.tests.conftest import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(db: None) -> User:
    user = User.objects.create_user("eva", is_staff=True, first_name="Éva", last_name="Petit")
    user.user_permissions.add(
        *Permission.objects.filter(content_type__app_label__in=["theses", "publishing", "taggit"])
    )
    return user


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def admin(name: str, *arguments: Any) -> str:
    return reverse(f"admin:theses_{name}", args=arguments)


def form_of(response: Any) -> dict[str, Any]:
    """What a browser would send back of the form on this page, unchanged."""
    form = response.context["adminform"].form
    forms = [form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    values: dict[str, Any] = {}
    for one in forms:
        for bound in one:
            data = bound.field.widget.format_value(bound.value()) if bound.value() is not None else ""
            if isinstance(data, list):
                data = data[0] if len(data) == 1 else data
            if bound.field.__class__.__name__ == "PictureField":
                continue
            if bound.field.__class__.__name__ == "BooleanField":
                if bound.value():
                    values[bound.html_name] = "on"
                continue
            values[bound.html_name] = "" if data is None else data
    return values


# Sections ------------------------------------------------------------------------------------------------------------


def test_sections_are_listed_in_order_and_indented_without_their_text(document: Document, desk: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = desk.get(f"{admin('section_changelist')}?document__id__exact={document.pk}")
    html = response.content.decode()
    assert html.index("Introduction") < html.index("\u2003Écrire") < html.index("\u2003Relire")
    assert not any(re.search(r'(?<!\()"theses_section"."body"', query["sql"]) for query in queries.captured_queries)
    section_list = response.context["cl"].result_list
    counted = {row.slug: row.spaces + 1 for row in section_list if row.letters}
    assert abs(counted["introduction"] - 400) <= 5


def test_the_outline_of_a_long_work_costs_few_queries(
    document: Document, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    add_sections(document, *(section(position, (1,), body=words(20)) for position in range(8, 160)))
    address = f"{admin('section_changelist')}?document__id__exact={document.pk}"
    desk.get(address)
    with django_assert_max_num_queries(9):
        assert desk.get(address).status_code == 200


def test_a_section_is_saved_in_few_queries_and_its_document_learns_of_it(
    published: Document, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = Section.objects.get(slug="introduction")
    address = admin("section_change", row.pk)
    values = form_of(desk.get(address)) | {"body": "Un autre début."}
    with django_assert_max_num_queries(12):
        assert desk.post(address, values).status_code == 302
    row.refresh_from_db()
    published.refresh_from_db()
    assert row.body == "Un autre début."
    assert published.has_unpublished_changes
    assert LogEntry.objects.filter(object_id=str(row.pk)).exists()


def test_a_part_that_is_saved_leads_back_to_its_work_or_to_the_list_one_came_from(
    document: Document, desk: Client
) -> None:
    entry, row = BibliographyEntry.objects.get(key="dumas2020"), Section.objects.get(slug="introduction")
    figure = Figure.objects.first()
    assert figure is not None
    for kind, part, led in (
        ("section", row, f"/plan/?section={row.pk}#s{row.pk}"),
        ("figure", figure, f"/figure/ouvrage/{document.pk}/"),
        ("bibliographyentry", entry, f"/bibliographyentry/ouvrage/{document.pk}/"),
    ):
        address = admin(f"{kind}_change", part.pk)
        assert desk.post(address, form_of(desk.get(address)))["Location"].endswith(led)
        listed = f"{address}?_changelist_filters=q%3Da"
        assert desk.post(listed, form_of(desk.get(listed)))["Location"].endswith(f"/{kind}/?q=a")


def test_two_editors_never_overwrite_silently(document: Document, desk: Client) -> None:
    row = Section.objects.get(slug="introduction")
    address = admin("section_change", row.pk)
    mine = form_of(desk.get(address)) | {"body": "Mon texte."}
    theirs = form_of(desk.get(address)) | {"body": "Son texte."}
    assert desk.post(address, theirs).status_code == 302
    response = desk.post(address, mine)
    html = strip_tags(response.content.decode())
    assert response.status_code == 200
    assert "Mon texte." in html
    assert "Son texte." in html
    row.refresh_from_db()
    assert row.body == "Son texte."
    again = form_of(response) | {"body": "Mon texte."}
    assert desk.post(address, again).status_code == 302
    row.refresh_from_db()
    assert row.body == "Mon texte."


@pytest.mark.parametrize(
    ("model", "mine", "theirs", "kept"),
    [
        ("section", {"speaker_name": "Mon nom"}, {"speaker_name": "Son nom"}, "speaker"),
        ("figure", {"caption": "Ma légende"}, {"caption": "Sa légende"}, "caption"),
        ("bibliographyentry", {"title": "Mon titre"}, {"title": "Son titre"}, "csl"),
    ],
)
def test_nor_on_any_part_of_the_text(
    document: Document, desk: Client, model: str, mine: dict[str, str], theirs: dict[str, str], kept: str
) -> None:
    rows = {"section": Section, "figure": Figure, "bibliographyentry": BibliographyEntry}[model].objects
    row = rows.order_by("-pk").first()
    assert row is not None
    address = admin(f"{model}_change", row.pk)
    values = form_of(desk.get(address))
    assert desk.post(address, values | theirs).status_code == 302
    response = desk.post(address, values | mine)
    error = " ".join(response.context["adminform"].form.non_field_errors())
    assert next(iter(theirs.values())) in strip_tags(error)
    assert error.count("<details") == 1
    row.refresh_from_db()
    assert next(iter(theirs.values())) in str(getattr(row, kept))


def test_the_person_of_an_interview_is_plain_fields(document: Document, desk: Client) -> None:
    row = Section.objects.get(kind="interview")
    address = admin("section_change", row.pk)
    values = form_of(desk.get(address))
    assert values["speaker_name"] == "Ida Marchal"
    desk.post(address, values | {"speaker_role": "Éditrice"})
    row.refresh_from_db()
    assert row.speaker == {"name": "Ida Marchal", "role": "Éditrice", "organisation": "Atelier"}
    cleared = {"speaker_name": "", "speaker_role": "", "speaker_organisation": ""}
    desk.post(address, form_of(desk.get(address)) | cleared)
    row.refresh_from_db()
    assert row.speaker == {}


def test_a_new_section_takes_its_place(document: Document, desk: Client) -> None:
    response = desk.get(f"{admin('section_add')}?document={document.pk}")
    assert response.context["adminform"].form["position"].value() == 8
    values = form_of(response) | {
        "document": document.pk,
        "position": 2,
        "depth": 1,
        "title": "Intercalée",
        "slug": "intercalee",
        "body": "Du texte.",
    }
    assert desk.post(admin("section_add"), values).status_code == 302
    slugs = list(document.sections.order_by("position").values_list("slug", flat=True))
    assert slugs[:3] == ["introduction", "intercalee", "partie-i"]
    positions = list(document.sections.values_list("position", flat=True))
    assert len(set(positions)) == len(positions)


def test_a_section_that_moves_takes_its_place(document: Document, desk: Client) -> None:
    row = Section.objects.get(slug="2-relire")
    address = admin("section_change", row.pk)
    desk.post(address, form_of(desk.get(address)) | {"position": 1})
    slugs = list(document.sections.order_by("position").values_list("slug", flat=True))
    assert slugs[:3] == ["2-relire", "introduction", "partie-i"]


def test_the_address_of_a_published_section_stays(published: Document, desk: Client) -> None:
    row = Section.objects.get(slug="introduction")
    response = desk.get(admin("section_change", row.pk))
    assert "slug" not in response.context["adminform"].form.fields
    links = [link["label"] for link in response.context["neighbours"]]
    assert links == ["→ Partie I Les usages", "Versions"]


def test_deleting_sections_is_learnt_too(published: Document, desk: Client) -> None:
    keys = list(Section.objects.filter(slug__in=["annexes", "2-relire"]).values_list("pk", flat=True))
    desk.post(admin("section_delete", keys[0]), {"post": "yes"})
    published.refresh_from_db()
    assert published.has_unpublished_changes
    Document.objects.filter(pk=published.pk).update(text_changed_at=None)
    values = {"action": "delete_selected", "_selected_action": [keys[1]], "post": "yes"}
    desk.post(admin("section_changelist"), values)
    published.refresh_from_db()
    assert published.has_unpublished_changes
    assert not Section.objects.filter(pk__in=keys).exists()


def test_unknown_sections_are_no_server_errors(document: Document, desk: Client) -> None:
    for key in ("0", "abc", "9" * 30):
        assert desk.get(f"/admin/theses/section/{key}/change/").status_code == 302
        assert desk.get(f"/admin/theses/document/{key}/change/").status_code == 302


# Figures -------------------------------------------------------------------------------------------------------------


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    return SimpleUploadedFile("chaine.png", out.getvalue(), "image/png")


def test_figures_without_image_are_found_and_supplied(
    document: Document, desk: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    row = Figure.objects.get()
    missing = f"{admin('figure_changelist')}?image=missing"
    assert "Une chaîne" in desk.get(missing).content.decode()
    address = admin("figure_change", row.pk)
    assert desk.post(address, form_of(desk.get(address)) | {"image": picture()}).status_code == 302
    row.refresh_from_db()
    assert row.image
    counts = {
        value: desk.get(f"{admin('figure_changelist')}?image={value}").context["cl"].result_count
        for value in ("missing", "mute", "complete")
    }
    assert counts == {"missing": 0, "mute": 1, "complete": 0}


def test_a_figure_that_is_no_picture_is_refused(document: Document, desk: Client) -> None:
    row = Figure.objects.get()
    address = admin("figure_change", row.pk)
    fake = SimpleUploadedFile("chaine.png", b"<script>alert(1)</script>", "image/png")
    response = desk.post(address, form_of(desk.get(address)) | {"image": fake})
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["image"]
    row.refresh_from_db()
    assert not row.image


# Bibliography --------------------------------------------------------------------------------------------------------


def test_an_entry_is_edited_field_by_field_beside_its_raw_text(document: Document, desk: Client) -> None:
    row = BibliographyEntry.objects.get(key="dumas2020")
    row.csl |= {"page": "12-34"}
    row.save()
    address = admin("bibliographyentry_change", row.pk)
    values = form_of(desk.get(address))
    assert (values["title"], values["authors"], values["issued"]) == ("Le livre lu", "Dumas, A.", "2020")
    values |= {
        "title": "Le livre relu",
        "authors": "Dumas, Anne\nAtelier du livre",
        "issued": "2021-05",
        "address": "https://example.org/livre",
    }
    assert desk.post(address, values).status_code == 302
    row.refresh_from_db()
    assert row.csl == {
        "type": "book",
        "title": "Le livre relu",
        "author": [{"family": "Dumas", "given": "Anne"}, {"literal": "Atelier du livre"}],
        "issued": {"date-parts": [[2021, 5]]},
        "URL": "https://example.org/livre",
        "page": "12-34",
    }
    assert row.raw == "Le livre lu"


def test_fields_that_nobody_touched_stay_as_they_are(document: Document, desk: Client) -> None:
    csl = {
        "type": "manuscript",
        "title": "Sans date",
        "author": [{"family": "Gaulle", "given": "C.", "non-dropping-particle": "de"}],
        "issued": {"raw": "vers 1950"},
    }
    row = BibliographyEntry.objects.create(document=document, position=9, key="gaulle", csl=csl)
    address = admin("bibliographyentry_change", row.pk)
    desk.post(address, form_of(desk.get(address)))
    row.refresh_from_db()
    assert row.csl == csl


def test_a_date_that_is_none_is_refused(document: Document, desk: Client) -> None:
    row = BibliographyEntry.objects.get(key="dumas2020")
    address = admin("bibliographyentry_change", row.pk)
    response = desk.post(address, form_of(desk.get(address)) | {"issued": "au printemps"})
    assert "issued" in response.context["adminform"].form.errors
    desk.post(address, form_of(desk.get(address)) | {"issued": ""})
    row.refresh_from_db()
    assert "issued" not in row.csl


def test_entries_are_listed(document: Document, desk: Client) -> None:
    html = desk.get(admin("bibliographyentry_changelist")).content.decode()
    assert "Le livre lu" in html
    assert "2021" in html


# Documents -----------------------------------------------------------------------------------------------------------


def test_the_form_of_a_document_leads_to_its_text_and_does_not_load_it(document: Document, desk: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = desk.get(admin("document_change", document.pk))
    links = response.context["screens"]
    assert [link.label for link in links if link.current] == ["Notice"]
    assert {"Plan", "Sections", "Figures", "Bibliographie", "Remplacer", "Versions"} < {link.label for link in links}
    for link in links:
        assert desk.get(link.address).status_code == 200
    assert "intro0" not in response.content.decode()
    assert not any('"theses_section"."body"' in query["sql"] for query in queries.captured_queries)


def test_the_list_of_sections_of_one_document_is_a_screen_of_its_desk(document: Document, desk: Client) -> None:
    html = desk.get(f"{admin('section_changelist')}?document__id__exact={document.pk}").content.decode()
    assert "desk-screens" in html
    assert f'?document__id__exact={document.pk}" aria-current="page"' in html
    assert "desk-screens" not in desk.get(admin("section_changelist")).content.decode()


def test_abstracts_are_edited_with_their_keywords(document: Document, desk: Client) -> None:
    address = admin("document_change", document.pk)
    values = form_of(desk.get(address))
    name = next(name for name, value in values.items() if name.endswith("-keywords") and value == "lecture")
    assert desk.post(address, values | {name: "lecture, relecture ,"}).status_code == 302
    assert document.abstracts.get(language="fr").keywords == ["lecture", "relecture"]


def test_a_reserved_address_is_refused(document: Document, desk: Client) -> None:
    address = admin("document_change", document.pk)
    response = desk.post(address, form_of(desk.get(address)) | {"slug": "flux"})
    assert "slug" in response.context["adminform"].form.errors


def test_publish_withdraw_and_put_back(document: Document, desk: Client) -> None:
    address = f"{admin('document_publish')}?pk={document.pk}"
    html = desk.get(address).content.decode()
    assert "L’image manque." in html
    assert f'<a href="{admin("document_change", document.pk)}">Revenir sans rien changer</a>' in html
    desk.post(address, {"change_note": "Première"})
    document.refresh_from_db()
    first = document.current_edition
    assert first is not None
    assert (document.state, first.change_note) == (State.PUBLISHED, "Première")
    desk.post(f"{admin('document_withdraw')}?pk={document.pk}", {"reason": "Essai"})
    document.refresh_from_db()
    assert document.state == State.WITHDRAWN
    restore = reverse("admin:theses_documentedition_restore", args=[first.pk])
    assert "Montrer de nouveau" in desk.get(restore).content.decode()
    assert desk.post(restore).status_code == 302
    document.refresh_from_db()
    assert document.is_public
    assert "voient déjà" in desk.post(restore, follow=True).content.decode()


def test_editions_are_looked_at_and_never_changed(published: Document, desk: Client) -> None:
    published.title = "Second titre"
    published.save()
    publish(document=published, user=None)
    edition = published.editions.get(number=1)
    html = desk.get(admin("documentedition_changelist")).content.decode()
    assert f"/admin/theses/documentedition/{edition.pk}/retablir/" in html
    assert "/theses/lire-les-machines/editions/2/" in html
    assert desk.get(admin("documentedition_change", edition.pk)).status_code == 200
    assert desk.post(admin("documentedition_change", edition.pk), {"title": "x"}).status_code == 403
    assert desk.get(admin("documentedition_add")).status_code == 403
    assert desk.post(admin("documentedition_delete", edition.pk), {"post": "yes"}).status_code == 403
    inline = desk.get(admin("document_change", published.pk)).content.decode()
    assert "/theses/lire-les-machines/editions/1/" in inline


# Who may -------------------------------------------------------------------------------------------------------------

MODELS = ["document", "section", "figure", "bibliographyentry"]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("who", "expected"), [("nobody", 302), ("reader", 302), ("staff", 403), ("viewer", 200)])
def test_who_sees_the_lists(document: Document, client: Client, model: str, who: str, expected: int) -> None:
    if who != "nobody":
        rights = [f"view_{model}"] if who == "viewer" else []
        client.force_login(user_with("x", *rights, staff=who != "reader"))
    assert client.get(admin(f"{model}_changelist")).status_code == expected


@pytest.mark.parametrize("model", MODELS)
def test_a_viewer_changes_nothing(document: Document, client: Client, model: str) -> None:
    client.force_login(user_with("x", f"view_{model}"))
    key = {
        "document": document.pk,
        "section": Section.objects.values_list("pk", flat=True)[0],
        "figure": Figure.objects.values_list("pk", flat=True)[0],
        "bibliographyentry": BibliographyEntry.objects.values_list("pk", flat=True)[0],
    }[model]
    assert client.get(admin(f"{model}_change", key)).status_code == 200
    assert client.post(admin(f"{model}_change", key), {"title": "x"}).status_code == 403
    assert client.post(admin(f"{model}_add"), {"title": "x"}).status_code == 403
    assert client.post(admin(f"{model}_delete", key), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("verb", ["publish", "withdraw", "schedule"])
def test_deciding_needs_the_right_to_publish(document: Document, client: Client, verb: str) -> None:
    client.force_login(user_with("x", "change_document", "view_document"))
    address = f"{admin(f'document_{verb}')}?pk={document.pk}"
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403
    document.refresh_from_db()
    assert document.state == State.DRAFT


def test_restoring_needs_the_right_to_publish(published: Document, client: Client) -> None:
    client.force_login(user_with("x", "change_document", "view_documentedition"))
    address = reverse("admin:theses_documentedition_restore", args=[published.current_edition_id])
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
