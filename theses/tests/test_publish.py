"""Publication: what an edition freezes, who may publish, what happens when something fails or changes meanwhile."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from publishing.models import State
from publishing.rendering import RENDERER_VERSION
from theses.actions import publish as action
from theses.actions.publish import publish
from theses.models import Document, DocumentEdition, EditionPage, Figure, Passage, Section
from theses.tests.building import add_sections, section, words
from theses.tests.conftest import user_with

pytestmark = pytest.mark.django_db


def html_of(edition: DocumentEdition, slug: str) -> str:
    return edition.pages.get(slug=slug).html


def test_the_first_edition(document: Document, publisher: User) -> None:
    edition = publish(document=document, user=publisher, change_note=" Première ")
    document.refresh_from_db()
    assert (edition.number, edition.change_note, edition.published_by) == (1, "Première", publisher)
    assert edition.renderer == RENDERER_VERSION
    assert document.state == State.PUBLISHED
    assert document.current_edition == edition
    assert document.first_published_at == document.published_at
    assert document.first_published_at is not None
    assert not document.has_unpublished_changes
    assert Document.objects.published().get() == document
    entry = LogEntry.objects.get()
    assert entry.user == publisher
    assert "Édition 1" in entry.change_message


def test_what_was_published_while_the_pages_were_rendered_is_not_published_again(
    document: Document, publisher: User
) -> None:
    def meanwhile(done: int, total: int) -> None:
        if done == total:
            publish(document=Document.objects.get(pk=document.pk), user=publisher)

    edition = publish(document=document, user=publisher, progress=meanwhile)
    document.refresh_from_db()
    assert document.current_edition == edition
    assert document.first_published_at == document.published_at
    assert LogEntry.objects.count() == document.editions.count() == 1


def test_pages_and_outline(published: Document) -> None:
    edition = published.current_edition
    assert edition is not None
    slugs = [page.slug for page in edition.pages.order_by("position")]
    assert slugs == ["introduction", "partie-i", "2-relire", "bibliographie", "annexes", "entretien-ida-marchal"]
    assert [page["slug"] for page in edition.facts["pages"]] == slugs
    places = [(item["anchor"], item["page"], item["depth"]) for item in edition.outline]
    assert places[:4] == [
        ("introduction", "introduction", 1),
        ("partie-i", "partie-i", 1),
        ("1-ecrire", "partie-i", 2),
        ("2-relire", "2-relire", 2),
    ]


def test_links_are_relative_so_that_every_address_of_a_page_keeps_its_edition(published: Document) -> None:
    html = html_of(published.current_edition, "partie-i")  # type: ignore[arg-type]
    assert 'href="../2-relire/"' in html
    assert 'href="../2-relire/#table-1"' in html
    assert 'href="../bibliographie/#ref-dumas2020"' in html
    # Printed page 13 belongs to the section that begins on page 12.
    assert '<a class="xref" href="../partie-i/">p.' in html
    assert 'href="/theses/' not in html


def test_a_note_follows_its_call_to_another_page(published: Document) -> None:
    for slug in ("partie-i", "2-relire"):
        html = html_of(published.current_edition, slug)  # type: ignore[arg-type]
        assert 'href="#note-1"' in html
        assert "Le texte de la note." in html


def test_the_bibliography_says_where_each_entry_is_cited(published: Document) -> None:
    html = html_of(published.current_edition, "bibliographie")  # type: ignore[arg-type]
    cited, uncited = html.split('id="ref-petit2021"')
    assert 'id="ref-dumas2020"' in cited
    assert 'href="../partie-i/#p-' in cited
    assert 'class="cited"' not in uncited


def test_a_page_that_only_has_a_title_leads_to_those_under_it(published: Document) -> None:
    html = html_of(published.current_edition, "annexes")  # type: ignore[arg-type]
    assert 'href="../entretien-ida-marchal/"' in html


def test_facts(published: Document) -> None:
    facts = published.current_edition.facts  # type: ignore[union-attr]
    assert (facts["title"], facts["subtitle"], facts["kind_label"]) == ("Lire les machines", "Une enquête", "Thèse")
    assert (facts["date"], facts["date_label"]) == ("2025-09", "septembre 2025")
    assert [author["name"] for author in facts["authors"]] == ["Jeanne Dumas"]
    assert [row["language"] for row in facts["abstracts"]] == ["fr", "en"]
    assert "<em>court</em>" in facts["abstracts"][0]["html"]
    assert facts["ai"]["level"] == "assisted"
    assert "un correcteur" in facts["ai"]["sentence"]
    assert facts["tags"] == [{"name": "lecture", "slug": "lecture"}]
    assert facts["references"] == 2
    assert facts["words"] > 2000
    figure = facts["figures"][0]
    assert (figure["page"], figure["anchor"], figure["missing"], figure["src"]) == ("partie-i", "figure-1", True, "")
    assert facts["interviews"] == [
        {
            "title": "Entretien avec Ida Marchal",
            "number": "",
            "name": "Ida Marchal",
            "role": "Traductrice",
            "organisation": "Atelier",
            "page": "entretien-ida-marchal",
            "anchor": "",
        }
    ]
    assert facts["tables"][0]["anchor"] == "table-1"


def test_the_whole_work_on_one_page(published: Document) -> None:
    whole = published.current_edition.text.whole  # type: ignore[union-attr]
    for anchor in ("introduction", "1-ecrire", "2-relire", "figure-1", "ref-dumas2020", "note-1"):
        assert whole.count(f'id="{anchor}"') == 1
    assert 'href="#2-relire"' in whole
    assert 'href="../' not in whole


def test_passages_have_the_anchors_of_the_page(published: Document) -> None:
    for page in EditionPage.objects.filter(edition=published.current_edition):
        passages = list(page.passages.order_by("position"))
        assert passages
        for passage in passages[1:]:
            assert f'id="{passage.anchor}"' in page.html
    kinds = set(Passage.objects.values_list("kind", flat=True))
    assert {"heading", "text", "note", "caption", "table", "reference"} <= kinds


def test_the_draft_changes_and_the_edition_stays(published: Document) -> None:
    first = published.current_edition
    assert first is not None
    before = {page.slug: page.html for page in first.pages.all()}
    Section.objects.filter(document=published, slug="introduction").update(body="Tout autre chose.")
    Document.objects.text_changed(published.pk)
    published.refresh_from_db()
    assert published.has_unpublished_changes
    second = publish(document=published, user=None)
    assert second.number == 2
    assert {page.slug: page.html for page in first.pages.all()} == before
    assert "Tout autre chose." in html_of(second, "introduction")


def test_anchors_survive_a_new_edition(published: Document) -> None:
    first = set(Passage.objects.filter(page__edition=published.current_edition).values_list("anchor", flat=True))
    opening = Section.objects.get(document=published, slug="introduction")
    opening.body = f"Un paragraphe de plus.\n\n{opening.body}"
    opening.save()
    second = publish(document=published, user=None)
    now = set(Passage.objects.filter(page__edition=second).values_list("anchor", flat=True))
    assert first < now
    assert len(now - first) == 1


def test_publishing_without_a_change_makes_no_edition(published: Document, publisher: User) -> None:
    again = publish(document=published, user=publisher)
    assert again == published.current_edition
    assert published.editions.count() == 1
    assert not LogEntry.objects.exists()


def test_publishing_again_after_a_withdrawal(published: Document) -> None:
    from publishing.actions.withdraw import withdraw

    withdraw(work=published, user=None)
    assert not Document.objects.published().exists()
    edition = publish(document=published, user=None)
    published.refresh_from_db()
    assert edition.number == 1
    assert published.is_public
    assert published.withdrawn_at is None


def test_an_unchanged_document_that_was_scheduled_is_so_no_longer(published: Document) -> None:
    Document.objects.filter(pk=published.pk).update(scheduled_for=published.published_at)
    publish(document=published, user=None)
    published.refresh_from_db()
    assert published.scheduled_for is None
    assert published.editions.count() == 1


@pytest.mark.parametrize("permissions", [[], ["change_document"], ["publish_article"]])
def test_only_publishers_publish(document: Document, permissions: list[str]) -> None:
    with pytest.raises(PermissionDenied):
        publish(document=document, user=user_with("ida", *permissions))
    assert not DocumentEdition.objects.exists()


def test_a_document_without_text_or_title_is_refused(db: None) -> None:
    empty = Document.objects.create(title=" ", slug="vide")
    with pytest.raises(ValidationError) as error:
        publish(document=empty, user=None)
    assert len(error.value.messages) == 2
    empty.refresh_from_db()
    assert empty.state == State.DRAFT


def test_a_text_without_headings_is_one_page(db: None) -> None:
    document = Document.objects.create(title="Une note", slug="une-note", lead="Tout le texte.")
    edition = publish(document=document, user=None)
    page = edition.pages.get()
    assert (page.slug, page.title) == ("texte", "Une note")
    assert "Tout le texte." in page.html
    assert edition.facts["lead"] == ""


def test_the_text_before_the_first_title_goes_to_the_cover(document: Document) -> None:
    document.lead = "Un *avertissement*."
    document.save()
    assert "<em>avertissement</em>" in publish(document=document, user=None).facts["lead"]


def test_references_without_a_section_get_one(document: Document) -> None:
    Section.objects.filter(document=document, kind="bibliography").delete()
    add_sections(document, section(8, (1, "section", "", "Fausse"), slug="bibliographie", body=words(300)))
    edition = publish(document=document, user=None)
    page = edition.pages.get(kind="bibliography")
    assert (page.slug, page.title) == ("bibliographie-2", "Bibliographie")
    assert 'id="ref-petit2021"' in page.html


def test_entries_are_listed_under_the_section_of_their_source_line(document: Document) -> None:
    Section.objects.filter(document=document, kind="bibliography").update(source_line=100, source_last_line=101)
    add_sections(
        document,
        section(8, (1, "bibliography", "", "Sites"), slug="sites", source_line=200, source_last_line=300),
    )
    document.bibliography.filter(key="petit2021").update(source_line=250)
    edition = publish(document=document, user=None)
    assert 'id="ref-petit2021"' in html_of(edition, "sites")
    assert 'id="ref-dumas2020"' in html_of(edition, "bibliographie")


def test_pictures_have_their_size(document: Document, settings: Any, tmp_path: Any) -> None:
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    out = BytesIO()
    Image.new("RGB", (30, 20)).save(out, "PNG")
    figure = Figure.objects.get(document=document)
    figure.alt = "Trois machines"
    figure.image.save("figure.png", ContentFile(out.getvalue()))
    document.cover_image.save("couverture.png", ContentFile(out.getvalue()))
    edition = publish(document=document, user=None)
    assert 'width="30" height="20"' in html_of(edition, "partie-i")
    assert (edition.facts["figures"][0]["width"], edition.facts["cover"]["width"]) == (30, 30)


def test_progress_is_told(document: Document) -> None:
    told: list[tuple[int, int]] = []
    publish(document=document, user=None, progress=lambda done, total: told.append((done, total)))
    assert told == [(count, 6) for count in range(1, 7)]


def test_a_failure_leaves_nothing(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(action, "write_pages", fail)
    with pytest.raises(OSError, match="disk full"):
        publish(document=document, user=None)
    document = Document.objects.get(pk=document.pk)
    assert document.state == State.DRAFT
    assert not DocumentEdition.objects.exists()


def test_a_draft_that_changes_meanwhile_is_read_again(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor's last word is in the edition, or there is no edition."""
    changes = iter(["Une fois.", "Deux fois."])

    def facts(document: Document, composition: Any) -> dict[str, Any]:
        change = next(changes, None)
        if change:
            introduction = Section.objects.get(document=document, slug="introduction")
            introduction.body = change
            introduction.save()
        return {}

    monkeypatch.setattr(action, "document_facts", facts)
    edition = publish(document=document, user=None)
    assert "Deux fois." in html_of(edition, "introduction")
    assert next(changes, None) is None


def test_a_draft_that_never_rests_is_refused(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def facts(document: Document, composition: Any) -> dict[str, Any]:
        Document.objects.text_changed(document.pk)
        return {}

    monkeypatch.setattr(action, "document_facts", facts)
    with pytest.raises(ValidationError, match="change pendant sa publication"):
        publish(document=document, user=None)
    assert not DocumentEdition.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_publications_at_once_make_two_numbers(document: Document) -> None:
    """Each thread publishes a draft of its own making; no number is given twice and no page is lost."""
    failures: list[BaseException] = []

    def work(body: str) -> None:
        try:
            row = Section.objects.get(document=document, slug="introduction")
            row.body = body
            row.save()
            publish(document=Document.objects.get(pk=document.pk), user=None)
        except ValidationError:
            pass
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(f"Version {n}.",)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    numbers = sorted(document.editions.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    document.refresh_from_db()
    current = document.current_edition
    assert current is not None
    assert current.pages.count() == len(current.facts["pages"])
    stored = Section.objects.get(document=document, slug="introduction").body
    assert stored in html_of(current, "introduction")


def test_a_citing_section_is_named_so_that_readers_know_which_one(document: Document) -> None:
    """Numbers begin again in each part, and long titles are cut."""
    cite = "[(Dumas, 2020)](cite:dumas2020)"
    add_sections(
        document,
        section(8, (1, "part", "Partie II", "Les effets"), slug="partie-ii", body=words(200)),
        section(9, (2, "chapter", "1", "Lire"), slug="1-lire", body=f"{cite} {words(200)}"),
        section(10, (1, "conclusion", "", "Un titre de bien plus de huit mots pour conclure"), slug="fin", body=cite),
        section(11, (1, "chapter", "9", "Seul"), slug="seul", body=cite),
        section(12, (2, "section", "2.", "Une étape"), slug="une-etape", body=cite),
    )
    html = html_of(publish(document=document, user=None), "bibliographie")
    for label in ("Partie I, 1", "Partie II, 1", "Un titre de bien plus de huit mots…", "9", "Une étape"):
        assert f">{label}</a>" in html
