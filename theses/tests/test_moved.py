"""Addresses of pages and passages that an earlier edition had."""

import re

import pytest
from django.test import Client

from publishing.actions.withdraw import withdraw
from theses.actions.publish import publish
from theses.models import Document, Passage, Section

BASE = "/theses/la-cote/"
LAMP = "La lampe du phare fut changée en hiver, sous une pluie qui dura toute la semaine."
GULLS = "Des mouettes suivent la charrue, et les enfants suivent les mouettes en criant."
SALT = "Le sel se récolte en août, au râteau, avant que le vent ne tourne."


@pytest.fixture
def work(db: None) -> Document:
    document = Document.objects.create(title="La côte", slug="la-cote")
    chapters = {
        "le-port": "Le port se vide à l’aube.",
        "le-phare": f"{LAMP}\n\n# La lanterne\n\nElle éclaire loin.",
        "les-champs": f"{GULLS}\n\n{SALT}",
    }
    for position, (slug, body) in enumerate(chapters.items(), start=1):
        Section.objects.create(
            document=document,
            position=position,
            depth=1,
            kind="chapter",
            title=slug.replace("-", " ").capitalize(),
            slug=slug,
            body=body,
            starts_page=True,
        )
    publish(document=document, user=None)
    return document


def again(document: Document) -> None:
    document.refresh_from_db()
    document.title += " (revu)"
    document.save()
    publish(document=document, user=None)


def anchor(document: Document, text: str) -> str:
    """Of a passage of the first edition."""
    return Passage.objects.get(page__edition=document.editions.get(number=1), text__startswith=text, kind="text").anchor


def place(client: Client, anchor: str, page: str = "") -> tuple[str, bool]:
    """What the script of a page learns; a person who follows the address is taken to the same place."""
    address = f"{BASE}passages/{anchor}/?page={page}"
    found = client.get(f"{address}&json").json()
    followed = client.get(address)
    assert (followed.status_code, followed["Location"]) == (302, found["href"])
    return found["href"], found["exact"]


def test_a_page_that_went_away_leads_to_the_one_before(work: Document, client: Client) -> None:
    work.sections.filter(slug="le-phare").delete()
    again(work)
    answer = client.get(f"{BASE}le-phare/")
    assert (answer.status_code, answer["Location"]) == (301, f"{BASE}le-port/?deplace=1")
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "Ce passage a été déplacé ou retiré" in page.content.decode()
    assert f'href="{BASE}editions/1/"' in page.content.decode()
    assert f'rel="canonical" href="http://testserver{BASE}le-port/"' in page.content.decode()
    assert "déplacé ou retiré" not in client.get(f"{BASE}le-port/").content.decode()
    assert client.get(f"{BASE}editions/1/le-phare/").status_code == 200


def test_a_first_page_that_went_away_leads_to_the_one_after(work: Document, client: Client) -> None:
    work.sections.filter(slug="le-port").delete()
    again(work)
    assert client.get(f"{BASE}le-port/")["Location"] == f"{BASE}le-phare/?deplace=1"


def test_where_all_sections_went_away_the_cover_says_so(work: Document, client: Client) -> None:
    for section in work.sections.all():
        section.slug = f"autre-{section.slug}"
        section.save()
    again(work)
    answer = client.get(f"{BASE}le-port/")
    assert answer["Location"] == f"{BASE}?deplace=1"
    assert "Ce passage a été déplacé ou retiré" in client.get(answer["Location"]).content.decode()


def test_a_page_joined_to_another_leads_there_without_a_notice(work: Document, client: Client) -> None:
    work.sections.filter(slug="le-phare").update(starts_page=False, depth=2)
    again(work)
    assert client.get(f"{BASE}le-phare/")["Location"] == f"{BASE}le-port/#le-phare"


def test_a_page_that_never_was_is_not_found(work: Document, client: Client) -> None:
    assert client.get(f"{BASE}nulle-part/").status_code == 404
    assert client.get(f"{BASE}passages/nulle-part/").status_code == 404
    assert client.get("/theses/rien/passages/p-abc/").status_code == 404
    withdraw(work=work, user=None)
    assert client.get(f"{BASE}passages/{anchor(work, 'La lampe')}/").status_code == 410


def test_a_passage_that_stands_where_it_stood(work: Document, client: Client) -> None:
    lamp = anchor(work, "La lampe")
    assert place(client, lamp) == (f"{BASE}le-phare/#{lamp}", True)
    assert place(client, "les-champs") == (f"{BASE}les-champs/", True)
    assert place(client, "la-lanterne") == (f"{BASE}le-phare/#la-lanterne", True)


def test_a_moved_passage_is_found_on_its_new_page(work: Document, client: Client) -> None:
    lamp = anchor(work, "La lampe")
    work.sections.filter(slug="le-phare").update(body="Le phare est éteint.")
    work.sections.filter(slug="les-champs").update(body=f"{GULLS}\n\n{LAMP}")
    again(work)
    assert place(client, lamp, "le-phare") == (f"{BASE}les-champs/#{lamp}", True)


def test_an_edited_passage_is_found_where_it_is(work: Document, client: Client) -> None:
    lamp = anchor(work, "La lampe")
    work.sections.filter(slug="le-phare").update(body=LAMP.replace("La lampe", "L’ampoule"))
    again(work)
    assert place(client, lamp) == (f"{BASE}le-phare/#{lamp}", True)


def test_a_deleted_passage_leads_to_its_section(work: Document, client: Client) -> None:
    salt, lantern = anchor(work, "Le sel"), anchor(work, "Elle éclaire")
    work.sections.filter(slug="les-champs").update(body=GULLS)
    work.sections.filter(slug="le-phare").update(body=f"{LAMP}\n\n# La lanterne\n\nOn en changea le verre.")
    again(work)
    assert place(client, salt) == (f"{BASE}les-champs/?deplace=1", False)
    # Under a heading of its body that is still there.
    assert place(client, lantern) == (f"{BASE}le-phare/?deplace=1#la-lanterne", False)
    work.sections.filter(slug="le-phare").update(body=LAMP)
    again(work)
    assert place(client, lantern) == (f"{BASE}le-phare/?deplace=1", False)


def test_a_passage_of_a_deleted_section_leads_to_the_nearest(work: Document, client: Client) -> None:
    lamp = anchor(work, "La lampe")
    work.sections.filter(slug="le-phare").delete()
    again(work)
    again(work)
    assert place(client, lamp) == (f"{BASE}le-port/?deplace=1", False)


def test_an_anchor_of_several_pages_is_sought_on_the_readers_own(work: Document, client: Client) -> None:
    for slug in ("le-port", "les-champs"):
        work.sections.filter(slug=slug).update(body="# Détails\n\nDes détails.")
    again(work)
    assert place(client, "details", "les-champs")[0] == f"{BASE}les-champs/#details"
    assert place(client, "details", "le-phare")[0] == f"{BASE}le-port/#details"


@pytest.mark.parametrize("query", ["0", "x", "-1", "12345", "²", ""])
def test_a_notice_needs_an_edition(work: Document, client: Client, query: str) -> None:
    shown = client.get(f"{BASE}le-port/", {"deplace": query}).content.decode()
    assert "déplacé ou retiré" not in shown


def test_a_notice_names_only_editions_that_there_were(work: Document, client: Client) -> None:
    shown = client.get(f"{BASE}le-port/?deplace=7").content.decode()
    assert "Ce passage a été déplacé ou retiré" in shown
    assert not re.search("editions/7/", shown)


def test_pages_tell_their_script_where_to_ask(work: Document, client: Client) -> None:
    wanted = f'data-passages="{BASE}passages/ancre/?json&amp;page=le-port"'
    assert wanted in client.get(f"{BASE}le-port/").content.decode()
    again(work)
    assert "data-passages" not in client.get(f"{BASE}editions/1/le-port/").content.decode()


def test_a_page_of_the_print_is_found_by_its_number(published: Document, client: Client) -> None:
    """The print begins its pages 12 and 20 at headings; between them, the last mark before is the place."""

    def found(number: str) -> str:
        response = client.get(f"{published.get_absolute_url()}passages/page-{number}/")
        return response.headers.get("Location", str(response.status_code))

    text = client.get(found("20").split("#")[0]).content.decode()
    assert 'id="page-20"' in text
    assert found("20").endswith("#page-20")
    assert found("13") == found("12")
    assert found("12").endswith("#page-12")
    assert [found(number) for number in ("11", "21", "vingt", "²")] == ["404"] * 4
