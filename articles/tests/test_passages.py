"""Passages of articles: stored with an edition, kept through rewording, and told about once they are gone."""

import pytest
from django.test import Client

from articles.actions.publish import publish
from articles.actions.rerender import rerender
from articles.models import Article, ArticleEdition, ArticlePassage
from search.find import find
from search.results import parse

HARBOUR = "Le port se vide à l’aube, quand les chalutiers partent pour trois jours de pêche au large."
LAMP = "La lampe du phare fut changée en hiver, sous une pluie qui dura toute la semaine."
SALT = "Le sel se récolte en août, au râteau, avant que le vent ne tourne."


@pytest.fixture
def coast(article: Article) -> Article:
    return written(article, HARBOUR, LAMP, SALT)


def written(article: Article, *paragraphs: str) -> Article:
    article.body = "\n\n".join(paragraphs)
    article.save()
    publish(article=article, user=None)
    article.refresh_from_db()
    return article


def anchor(article: Article, words: str) -> str:
    return ArticlePassage.objects.get(edition=article.current_edition, text__contains=words).anchor


def test_an_edition_holds_its_passages_in_order(coast: Article) -> None:
    passages = coast.current_edition.passages.all()
    assert [passage.text for passage in passages] == [HARBOUR, LAMP, SALT]
    for passage in passages:
        assert f'id="{passage.anchor}"' in coast.current_edition.html


def test_a_reworded_beginning_keeps_the_anchor(coast: Article) -> None:
    first = anchor(coast, "les chalutiers")
    written(coast, HARBOUR.replace("Le port se vide", "Notre port s’endort"), LAMP, SALT)
    assert coast.current_edition.number == 2
    assert anchor(coast, "les chalutiers") == first
    assert coast.current_edition.html.count(f'id="{first}"') == 1
    # A third edition that leaves it alone keeps it too, and so does a new rendering.
    written(coast, HARBOUR.replace("Le port se vide", "Notre port s’endort"), LAMP)
    assert anchor(coast, "les chalutiers") == first
    ArticleEdition.objects.update(renderer="older")
    rerender(edition_id=coast.current_edition.pk)
    assert anchor(coast, "les chalutiers") == first


def test_publishing_again_without_a_change_makes_no_edition(coast: Article) -> None:
    written(coast, HARBOUR.replace("Le port se vide", "Notre port s’endort"), LAMP)
    written(coast, HARBOUR.replace("Le port se vide", "Notre port s’endort"), LAMP)
    assert coast.editions.count() == 2


def test_a_new_rendering_writes_the_passages_that_an_old_edition_lacks(coast: Article) -> None:
    ArticlePassage.objects.all().delete()
    rerender(edition_id=coast.current_edition.pk)
    assert coast.current_edition.passages.count() == 3


def test_a_passage_that_stands_leads_to_itself(coast: Article, client: Client) -> None:
    name = anchor(coast, "phare")
    assert client.get(f"/articles/lire-lentement/passages/{name}/").headers["Location"] == (
        f"/articles/lire-lentement/#{name}"
    )
    assert client.get(f"/articles/lire-lentement/passages/{name}/?json").json() == {
        "href": f"/articles/lire-lentement/#{name}",
        "exact": True,
    }


def test_a_passage_that_went_leads_to_the_one_before_it_and_the_page_says_so(coast: Article, client: Client) -> None:
    gone, before = anchor(coast, "phare"), anchor(coast, "chalutiers")
    written(coast, HARBOUR, SALT)
    found = client.get(f"/articles/lire-lentement/passages/{gone}/?json").json()
    assert found == {"href": f"/articles/lire-lentement/?deplace=1#{before}", "exact": False}
    page = client.get("/articles/lire-lentement/?deplace=1").content.decode()
    assert "Passage déplacé" in page
    assert 'href="/articles/lire-lentement/editions/1/"' in page
    assert "Passage déplacé" not in client.get("/articles/lire-lentement/").content.decode()
    assert "Passage déplacé" not in client.get("/articles/lire-lentement/editions/1/?deplace=1").content.decode()


def test_nothing_is_told_of_what_is_not_public(coast: Article, client: Client) -> None:
    name = anchor(coast, "phare")
    assert client.get("/articles/lire-lentement/passages/jamais/").status_code == 404
    Article.objects.update(state="draft")
    assert client.get(f"/articles/lire-lentement/passages/{name}/").status_code == 404
    Article.objects.update(state="withdrawn", withdrawn_at=coast.published_at)
    assert client.get(f"/articles/lire-lentement/passages/{name}/").status_code == 410


def test_the_page_of_the_current_edition_alone_asks_for_lost_passages(coast: Article, client: Client) -> None:
    asks = 'data-passages="/articles/lire-lentement/passages/ancre/?json"'
    assert asks in client.get("/articles/lire-lentement/").content.decode()
    written(coast, HARBOUR)
    assert asks not in client.get("/articles/lire-lentement/editions/1/").content.decode()


def test_rendering_an_earlier_edition_again_leaves_the_search_alone(coast: Article) -> None:
    first = coast.current_edition
    written(coast, HARBOUR)
    rerender(edition_id=first.pk)
    assert find(parse("sel râteau")).total == 0
    assert find(parse("chalutiers")).total == 1
