"""The search page, its suggestions and its description: what they show, what they refuse, and what they cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from genai_site import searching
from genai_site.asked import LONGEST, Asked, read
from publishing.actions.withdraw import withdraw
from theses.models import Document

pytestmark = pytest.mark.django_db

PAGE = "/recherche/"
SUGGESTIONS = "/recherche/suggestions/"


@pytest.fixture(autouse=True)
def counts() -> Iterator[None]:
    """Each test begins with an address that has asked nothing."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def samples(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The sample documents, imported once for this module, in a transaction that is undone at its end."""
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), undone:  # type: ignore[attr-defined]
        call_command("import_samples", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_without_words_it_explains_and_offers(client: Client, samples: None) -> None:
    page = client.get(PAGE).content.decode()
    assert "Comment chercher" in page
    document = Document.objects.published().first()
    assert document is not None
    assert document.get_absolute_url() in page
    assert "/mots-cles/" in page


def test_hits_are_grouped_and_lead_to_the_passage(client: Client, samples: None) -> None:
    page = client.get(PAGE, {"q": "machine"}).content.decode()
    assert 'class="result"' in page
    assert "<mark>" in page
    assert "?q=machine#" in page
    english = client.get(f"/en{PAGE}", {"q": "machine"}).content.decode()
    assert 'href="/en/theses/' in english


def test_kinds_are_named_in_the_language_of_the_interface(client: Client, samples: None) -> None:
    pages = [client.get(address, {"q": "machine"}).content.decode() for address in (PAGE, f"/en{PAGE}")]
    kinds = [set(re.findall(r'class="kicker">([^·<]+)', page)) for page in pages]
    assert [{kind.strip() for kind in found} for found in kinds] == [
        {"Livre blanc", "Thèse", "Article"},
        {"Whitepaper", "Thesis", "Article"},
    ]
    asked = {"q": Document.objects.published().get(slug="editer-avec-la-machine").title[:20]}
    found = [client.get(address, asked).json()["suggestions"] for address in (SUGGESTIONS, f"/en{SUGGESTIONS}")]
    assert [rows[0]["detail"] for rows in found] == ["Livre blanc", "Whitepaper"]


def test_language_of_the_interface_keeps_the_question(client: Client, samples: None) -> None:
    page = client.get(PAGE, {"q": "machine", "langue": "fr"}).content.decode()
    assert f'href="/en{PAGE}?q=machine&amp;langue=fr"' in page


def test_nothing_found_helps(client: Client, samples: None) -> None:
    page = client.get(PAGE, {"q": "zzyzxquux"}).content.decode()
    assert "Rien ne correspond à « zzyzxquux »." in page
    assert "Pour trouver quand même" in page


def test_nothing_found_offers_less(client: Client, samples: None) -> None:
    page = client.get(PAGE, {"q": '"machine zzyzxquux"', "langue": "fr"}).content.decode()
    assert 'href="?q=machine+zzyzxquux&amp;langue=fr"' in page
    page = client.get(PAGE, {"q": "machine zzyzxquux"}).content.decode()
    assert 'href="?q=machine">machine</a>' in page
    assert 'href="?q=zzyzxquux"' not in page


HOSTILE = [
    *('"', '"""', "«", "« non fermé", "-", "--", "-mot", "- - -", "()", "(((", "a OR", "NEAR(a b)", "AND", "NOT", "*"),
    *("'", "''; DROP TABLE passage; --", "%", "_", "\\", "a:b", "title:x", "^a", "{a}", "[a-z]+"),
    *(".*(.*)*$", "!a & b | c", "-a " * 90, "a*", "machine -machine"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 }}", "{% debug %}", "&amp;"),
    *("\x00", "a\x00b"),
    *("\u202emot", "🦉", "👩\u200d👧", "é" * 300, "\u0301" * 200, "ﬁ", "œ", "ß", "İ", "\ud7ff", "\ufeff", "a " * 140),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_get_a_sane_page(client: Client, samples: None, text: str) -> None:
    response = client.get(PAGE, {"q": text})
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("<h1") == 1
    assert client.get(SUGGESTIONS, {"q": text}).status_code == 200
    assert client.get("/recherche/mots/", {"q": text}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *("q=%ff%fe", "q=a&page=-1", "q=a&page=abc", "q=a&page=999999999999", "q=a&page=٣", "q=a&ouvrage='--"),
        *("q=a&nature=<b>", "q=a&depuis=12345", "q=a&depuis=٢٠٢٤", "q=a&jusque=0000", "q=a&langue=%00", "q=a&q=b&q=c"),
        *("q=a&auteur=nobody&motcle=nothing", "ouvrage=inconnu", "depuis=2020", "q=a&depuis=2030&jusque=2001"),
    ],
)
def test_hostile_filters_get_a_sane_page(client: Client, samples: None, query: str) -> None:
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_too_long_a_question_is_refused_with_a_sentence(client: Client) -> None:
    response = client.get(PAGE, {"q": "a" * 10_000})
    assert response.status_code == 400
    page = response.content.decode()
    assert "trop longue" in page
    assert "aaaaaaaaaa" not in page
    assert client.get(SUGGESTIONS, {"q": "a" * 10_000}).json() == {"suggestions": []}


def test_only_safe_methods(client: Client) -> None:
    assert {client.post(address).status_code for address in (PAGE, SUGGESTIONS, "/opensearch.xml")} == {405}


def test_a_filter_narrows(client: Client, samples: None) -> None:
    everywhere = client.get(PAGE, {"q": "machine"}).content.decode()
    work = Document.objects.published().order_by("pk").first()
    assert work is not None
    within = client.get(PAGE, {"q": "machine", "ouvrage": work.slug}).content.decode()
    assert everywhere.count('class="result"') > 1
    assert within.count('class="result"') <= 1
    assert "Tout retirer" in within


def test_unpublished_texts_are_never_found(client: Client, samples: None) -> None:
    Article.objects.create(title="Ornithorynque caché", slug="ornithorynque", body="Un ornithorynque au brouillon.")
    Document.objects.create(title="Ornithorynques", slug="ornithorynques", lead="Encore un ornithorynque.")
    assert 'class="result"' not in client.get(PAGE, {"q": "ornithorynque"}).content.decode()
    assert client.get(SUGGESTIONS, {"q": "ornit"}).json() == {"suggestions": []}
    # The address of a draft as a filter does not tell its title.
    assert "caché" not in client.get(PAGE, {"q": "x", "ouvrage": "ornithorynque"}).content.decode()


def test_what_is_withdrawn_is_not_found(client: Client, samples: None) -> None:
    work = Document.objects.published().get(slug="editer-avec-la-machine")
    assert work.title in client.get(PAGE, {"q": "machine"}).content.decode()
    withdraw(work=work, user=None)
    page = client.get(PAGE, {"q": "machine", "ouvrage": work.slug}).content.decode()
    assert 'class="result"' not in page
    assert work.get_absolute_url() not in page


def test_cost_does_not_grow_with_what_is_found(client: Client, samples: None) -> None:
    client.get(PAGE, {"q": "machine"})
    few, many = (cost(client, query) for query in ("imprimeurs", "machine"))
    assert abs(many - few) <= 1
    assert max(few, many) <= 12


def cost(client: Client, text: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE, {"q": text})
    return len(captured)


# Suggestions


def test_suggestions_begin_after_two_letters(client: Client, samples: None) -> None:
    assert client.get(SUGGESTIONS, {"q": "m"}).json() == {"suggestions": []}
    found = client.get(SUGGESTIONS, {"q": "contr"})
    assert found.headers["Cache-Control"] == "private, max-age=60"
    rows = found.json()["suggestions"]
    assert rows
    assert len(rows) <= searching.MOST
    assert set(rows[0]) == {"kind", "label", "detail", "href"}
    for row in rows:
        assert client.get(row["href"].partition("#")[0]).status_code == 200
    english = client.get(f"/en{SUGGESTIONS}", {"q": "contr"}).json()["suggestions"]
    assert all(row["href"].startswith("/en/") for row in english)


def test_suggestions_are_counted_by_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "A_MINUTE", 3)
    answers = [client.get(SUGGESTIONS, {"q": "contr"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].json()["suggestions"] == []
    assert answers[-1].headers["Retry-After"] == "60"
    assert client.get(SUGGESTIONS, {"q": "contr"}, REMOTE_ADDR="192.0.2.7").status_code == 200
    # The form goes on working.
    assert client.get(PAGE, {"q": "machine"}).status_code == 200


def test_words_to_mark_are_the_forms_of_the_texts(client: Client, samples: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/recherche/mots/", {"q": "la MACHINE"})
    assert len(captured) <= 1
    words = answer.json()["terms"]
    assert {"machine", "machines"} <= set(words)
    assert "la" not in words


# Around the page


def test_description_for_browsers(client: Client) -> None:
    response = client.get("/opensearch.xml")
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(root.findtext(f"{space}ShortName") or "") <= 16
    template = root.find(f"{space}Url")
    assert template is not None
    assert template.attrib["template"] == "http://testserver/recherche/?q={searchTerms}"
    assert (
        '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"'
        in client.get("/").content.decode()
    )


def test_robots_keep_out_of_suggestions(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /recherche/suggestions/" in lines
    assert "/recherche/" not in client.get("/sitemap.xml").content.decode()


def test_question_and_address_are_two_ways_to_say_the_same(client: Client) -> None:
    asked = Asked("l’IA « générative »", work="un-ouvrage", kind="note", year_from=2020, page=3)
    request: Any = client.get(f"{PAGE}?{asked.query(page=3)}").wsgi_request
    assert read(request.GET) == asked
    assert "page=" not in asked.query(kind="text")
    assert not Asked("a" * LONGEST).is_too_long


def test_dates_are_in_the_language_of_the_page(client: Client, samples: None) -> None:
    french, english = (client.get(address, {"q": "machine"}).content.decode() for address in (PAGE, f"/en{PAGE}"))
    assert "· mars 2026" in french
    assert "· March 2026" in english
