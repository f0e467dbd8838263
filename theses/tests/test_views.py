"""The pages of documents: what each shows, what it costs, how it is cached, and what is not public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from publishing.actions.withdraw import withdraw
from publishing.models import State
from theses.actions.publish import publish
from theses.models import Document, Section
from theses.tests.conftest import user_with

pytestmark = pytest.mark.django_db

BASE = "/theses/lire-les-machines/"
PUBLIC = {
    "document": BASE,
    "page": f"{BASE}partie-i/",
    "figures": f"{BASE}figures/",
    "whole": f"{BASE}integral/",
    "edition": f"{BASE}editions/1/",
    "edition_page": f"{BASE}editions/1/partie-i/",
}
PREVIEWS = {"preview": f"{BASE}apercu/", "preview_page": f"{BASE}apercu/partie-i/"}


def republish(document: Document) -> None:
    row = Section.objects.get(document=document, slug="introduction")
    row.body = f"Nouveau début.\n\n{row.body}"
    row.save()
    publish(document=document, user=None)


# What each page shows ------------------------------------------------------------------------------------------------


def test_addresses_are_those_of_the_url_names(published: Document) -> None:
    for name, address in {**PUBLIC, **PREVIEWS}.items():
        arguments: list[Any] = [published.slug]
        if "edition" in name:
            arguments.append(1)
        if name.endswith("page"):
            arguments.append("partie-i")
        assert reverse(f"theses:{name}", args=arguments) == address


def test_list(published: Document, client: Client) -> None:
    response = client.get("/theses/")
    assert [document.title for document in response.context["documents"]] == ["Lire les machines"]
    assert "Lire les machines" in response.content.decode()


def test_cover(published: Document, client: Client) -> None:
    context = client.get(BASE).context
    assert context["document"] == published
    assert [item["title"] for item in context["contents"]] == [
        *("Introduction", "Les usages", "Bibliographie", "Annexes")
    ]
    part = context["contents"][1]
    assert part["href"] == f"{BASE}partie-i/"
    assert [child["href"] for child in part["children"]] == [f"{BASE}partie-i/#1-ecrire", f"{BASE}2-relire/"]
    assert part["minutes"] >= 8
    assert [item["title"] for item in context["parts"]] == ["Introduction", "Les usages"]
    assert context["figures"][0]["href"] == f"{BASE}partie-i/#figure-1"
    assert context["interviews"][0]["href"] == f"{BASE}entretien-ida-marchal/"
    assert context["tables"][0]["href"] == f"{BASE}2-relire/#table-1"
    assert [edition.number for edition in context["editions"]] == [1]


def test_page(published: Document, client: Client) -> None:
    context = client.get(f"{BASE}2-relire/").context
    assert context["page"].title == "Relire"
    assert context["previous"] == {"title": "Les usages", "number": "Partie I", "href": f"{BASE}partie-i/"}
    assert context["next"]["href"] == f"{BASE}bibliographie/"
    assert context["breadcrumb"] == [
        {"title": "Lire les machines", "href": BASE},
        {"title": "Partie I Les usages", "href": f"{BASE}partie-i/"},
    ]
    position = context["position"]
    assert (position["page"], position["pages"]) == (3, 6)
    assert 0 < position["percent"] <= 100
    part = context["contents"][1]
    assert part["open"]
    assert [child["current"] for child in part["children"]] == [False, True]
    assert [child["open"] for child in part["children"]] == [False, True]
    # What the page contains is unfolded from the start: following the reading moves nothing then.
    assert all(item["open"] for item in part["children"][1]["children"])


def test_an_interview_is_headed_by_the_one_who_speaks(document: Document, client: Client) -> None:
    row = Section.objects.get(document=document, slug="entretien-ida-marchal")
    row.title = "Ida Marchal, traductrice, Atelier"
    row.save()
    publish(document=document, user=None)
    text = client.get(f"{BASE}entretien-ida-marchal/").content.decode()
    assert ">Ida Marchal</h1>" in text
    assert "Traductrice, Atelier</p>" in text
    assert "<title>Ida Marchal, traductrice, Atelier" in text


def test_a_title_that_does_not_begin_with_the_speaker_stays_whole(published: Document, client: Client) -> None:
    text = client.get(f"{BASE}entretien-ida-marchal/").content.decode()
    assert ">Entretien avec Ida Marchal</h1>" in text
    assert '<p class="speaker"><span class="name">Ida Marchal</span>' in text


def test_contents_drop_a_last_colon(document: Document, client: Client) -> None:
    row = Section.objects.get(document=document, slug="introduction")
    row.title = "Où l’on commence\u00a0:"
    row.save()
    publish(document=document, user=None)
    assert client.get(BASE).context["contents"][0]["title"] == "Où l’on commence"


def test_the_whole_work_begins_with_its_contents(published: Document, client: Client) -> None:
    text = client.get(f"{BASE}integral/").content.decode()
    for anchor in ("introduction", "partie-i", "1-ecrire", "annexes"):
        assert f'<a href="#{anchor}">' in text
        assert f'id="{anchor}"' in text


def test_first_and_last_pages_end_the_way(published: Document, client: Client) -> None:
    first = client.get(f"{BASE}introduction/").context
    last = client.get(f"{BASE}entretien-ida-marchal/").context
    assert first["previous"] is None
    assert last["next"] is None
    assert last["position"]["percent"] == 100
    assert first["position"]["minutes_left"] > last["position"]["minutes_left"]


def test_figures(published: Document, client: Client) -> None:
    figures = client.get(f"{BASE}figures/").context["figures"]
    assert [(figure["number"], figure["href"]) for figure in figures] == [("1", f"{BASE}partie-i/#figure-1")]


def test_whole(published: Document, client: Client) -> None:
    html = client.get(f"{BASE}integral/").content.decode()
    assert 'id="2-relire"' in html
    assert html.count("<h1") == 1


def test_an_edition_keeps_its_text_and_its_links_and_says_that_a_newer_one_exists(
    published: Document, client: Client
) -> None:
    assert client.get(f"{BASE}editions/1/").context["newer"] is False
    republish(published)
    old = client.get(f"{BASE}editions/1/introduction/")
    assert "Nouveau début." not in old.content.decode()
    assert old.context["newer"] is True
    assert old.context["next"]["href"] == f"{BASE}editions/1/partie-i/"
    assert old.context["breadcrumb"][0]["href"] == f"{BASE}editions/1/"
    assert "Nouveau début." in client.get(f"{BASE}introduction/").content.decode()
    assert client.get(f"{BASE}editions/2/").context["newer"] is False
    assert client.get(f"{BASE}editions/1/").context["newer"] is True


@pytest.mark.parametrize(("ending", "says"), [("bib", "@phdthesis{"), ("ris", "TY  - THES"), ("json", '"thesis"')])
def test_citation(published: Document, client: Client, ending: str, says: str) -> None:
    Document.objects.update(kind="thesis")
    republish(published)
    address = reverse("theses:citation", args=[published.slug, ending])
    assert address in client.get(BASE).content.decode()
    assert address not in client.get(f"{BASE}editions/1/").content.decode()
    file = client.get(address)
    assert says in file.content.decode()
    assert f"http://testserver{BASE}editions/2/" in file.content.decode()
    assert "attachment" in file["Content-Disposition"]


def test_no_citation_of_what_is_not_public(document: Document, client: Client) -> None:
    address = reverse("theses:citation", args=[document.slug, "bib"])
    assert client.get(address).status_code == 404
    publish(document=document, user=None)
    assert client.get(reverse("theses:citation", args=[document.slug, "docx"])).status_code == 404
    withdraw(work=document, user=None)
    assert client.get(address).status_code == 410


def test_english_interface_has_its_own_addresses(published: Document, client: Client) -> None:
    response = client.get(f"/en{BASE}2-relire/")
    assert response.status_code == 200
    assert response.context["previous"]["href"] == f"/en{BASE}partie-i/"


def test_what_stands_around_the_text_is_in_the_language_of_the_address(published: Document, client: Client) -> None:
    """Dates and roles were frozen in French; the page says them in its own language, and marks what is in another."""
    edition = published.current_edition
    assert edition is not None
    supervisor = {
        "name": "Ida Marchal",
        "slug": "",
        "occupation": "",
        "role": "supervisor",
        "role_label": "Encadrement",
    }
    edition.facts = {**edition.facts, "contributors": [supervisor]}
    edition.save(rerender=True)
    french, english = (client.get(address).content.decode() for address in (BASE, f"/en{BASE}"))
    assert french.count("septembre 2025") == english.count("September 2025") >= 3
    assert "septembre 2025" not in english
    assert "<dt>Direction</dt><dd>Ida Marchal" in french
    assert "<dt>Supervision</dt><dd>Ida Marchal" in english
    assert '<span lang="fr">Ce texte a été écrit' in english
    assert "<span>Ce texte a été écrit" in french


# What a page costs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "most"),
    [("document", 2), ("page", 1), ("figures", 1), ("whole", 2), ("edition", 2), ("edition_page", 1)],
)
def test_queries(
    published: Document,
    client: Client,
    django_assert_max_num_queries: Callable[[int], DjangoAssertNumQueries],
    name: str,
    most: int,
) -> None:
    client.get(PUBLIC[name])
    with django_assert_max_num_queries(most):
        assert client.get(PUBLIC[name]).status_code == 200


@pytest.mark.parametrize("count", [1, 25])
def test_a_list_costs_the_same_whatever_its_length(
    published: Document, client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count - 1):
        other = Document.objects.create(title=f"Rapport {number}", slug=f"rapport-{number}", lead="Du texte.")
        publish(document=other, user=None)
    client.get("/theses/")
    with django_assert_num_queries(2):
        client.get("/theses/")


# Conditional requests ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_that_did_not_change_is_not_sent_again(published: Document, client: Client, name: str) -> None:
    first = client.get(PUBLIC[name])
    again = client.get(PUBLIC[name], headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["document", "page", "whole"])
def test_a_republication_or_a_withdrawal_is_seen_at_once(published: Document, client: Client, name: str) -> None:
    address = f"{BASE}introduction/" if name == "page" else PUBLIC[name]
    tag = client.get(address)["ETag"]
    republish(published)
    second = client.get(address, headers={"If-None-Match": tag})
    assert second.status_code == 200
    withdraw(work=published, user=None)
    assert client.get(address, headers={"If-None-Match": second["ETag"]}).status_code == 410


def test_work_addresses_are_revalidated_and_edition_addresses_kept(published: Document, client: Client) -> None:
    for name, address in PUBLIC.items():
        control = client.get(address)["Cache-Control"]
        assert "public" in control
        assert ("immutable" in control) == ("edition" in name)
        assert ("no-cache" in control) == ("edition" not in name)


def test_no_cookie_for_readers(published: Document, client: Client) -> None:
    cache.clear()
    for address in ["/theses/", *PUBLIC.values()]:
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


# What is not public --------------------------------------------------------------------------------------------------


STATES = [State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.PUBLISHED, State.WITHDRAWN]
READERS = ["nobody", "reader", "staff without rights", "editor", "publisher"]


@pytest.fixture
def reader(request: pytest.FixtureRequest, client: Client) -> Client:
    users: dict[str, Callable[[], User]] = {
        "reader": lambda: user_with("lea", "change_document", staff=False),
        "staff without rights": lambda: user_with("luc", "view_author"),
        "editor": lambda: user_with("eva", "change_document"),
        "publisher": lambda: user_with("edith", "change_document", "publish_document"),
    }
    if request.param in users:
        client.force_login(users[request.param]())
    return client


@pytest.mark.parametrize("reader", READERS, indirect=True)
@pytest.mark.parametrize("state", STATES)
def test_who_sees_what(document: Document, reader: Client, state: str, request: pytest.FixtureRequest) -> None:
    """Address x reader x state: a draft is 404, a withdrawn work 410, a preview exists for editors alone."""
    if state in {State.PUBLISHED, State.WITHDRAWN}:
        publish(document=document, user=None)
    if state == State.WITHDRAWN:
        withdraw(work=document, user=None)
    elif state != State.PUBLISHED:
        now = timezone.now()
        Document.objects.filter(pk=document.pk).update(state=state, scheduled_for=now, review_asked_at=now)
    expected = {State.PUBLISHED: 200, State.WITHDRAWN: 410}.get(State(state), 404)
    for address in PUBLIC.values():
        assert reader.get(address).status_code == expected, address
        assert reader.get(f"/en{address}").status_code == expected, address
    may = request.node.callspec.params["reader"] in {"editor", "publisher"}
    for address in PREVIEWS.values():
        assert reader.get(address).status_code == (200 if may else 404), address
    listed = [row.slug for row in reader.get("/theses/").context["documents"]]
    assert listed == ([document.slug] if state == State.PUBLISHED else [])


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED, State.WITHDRAWN])
def test_an_edition_of_a_work_that_left_the_public_is_hidden(published: Document, client: Client, state: str) -> None:
    now = timezone.now()
    Document.objects.filter(pk=published.pk).update(state=state, scheduled_for=now, withdrawn_at=now)
    for address in PUBLIC.values():
        assert client.get(address).status_code == (410 if state == State.WITHDRAWN else 404)


def test_preview_shows_the_draft_and_is_not_indexed_or_kept(published: Document, client: Client) -> None:
    Section.objects.filter(slug="introduction").update(body="Le brouillon.")
    client.force_login(user_with("eva", "change_document"))
    response = client.get(f"{BASE}apercu/introduction/")
    assert "Le brouillon." in response.content.decode()
    assert response.context["preview"] is True
    assert response.context["next"]["href"] == f"{BASE}apercu/partie-i/"
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert client.get(BASE).context["preview"] is False
    cover = client.get(f"{BASE}apercu/")
    assert cover.context["edition"].number == 2
    assert published.editions.count() == 1
    assert client.get(f"{BASE}apercu/nulle-part/").status_code == 404
    assert client.get("/theses/rien/apercu/").status_code == 404


# Addresses that lead nowhere, or elsewhere ---------------------------------------------------------------------------


def test_a_section_on_another_page_leads_there(published: Document, client: Client) -> None:
    response = client.get(f"{BASE}1-ecrire/")
    assert response.status_code == 301
    assert response["Location"] == f"{BASE}partie-i/#1-ecrire"


def test_an_unknown_page_offers_the_cover(published: Document, client: Client) -> None:
    response = client.get(f"{BASE}nulle-part/")
    assert response.status_code == 404
    assert response.context["document"] == published


def test_unknown_documents_and_editions(published: Document, client: Client) -> None:
    for address in ["/theses/rien/", "/theses/rien/page/", f"{BASE}editions/7/", f"{BASE}editions/1/rien/"]:
        assert client.get(address).status_code == 404


def test_a_missing_slash_is_added(published: Document, client: Client) -> None:
    response = client.get(f"{BASE}partie-i")
    assert (response.status_code, response["Location"]) == (301, f"{BASE}partie-i/")


@pytest.mark.parametrize("name", PUBLIC)
def test_only_reading(published: Document, client: Client, name: str) -> None:
    assert client.head(PUBLIC[name]).status_code == 200
    assert client.post(PUBLIC[name]).status_code == 405


def test_feed(published: Document, client: Client) -> None:
    from xml.etree import ElementTree

    response = client.get("/theses/flux/")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    entry = feed.find("a:entry", atom)
    assert entry is not None
    assert entry.findtext("a:title", "", atom) == "Lire les machines"
    assert entry.findtext("a:summary", "", atom) == "Un court résumé."
    assert entry.findtext("a:author/a:name", "", atom) == "Jeanne Dumas"
    withdraw(work=published, user=None)
    assert b"<entry" not in client.get("/theses/flux/").content
