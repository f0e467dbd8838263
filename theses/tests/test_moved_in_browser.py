"""A link to a passage that went elsewhere, followed in a browser: only a script sees the fragment."""

import re
from typing import TYPE_CHECKING, Any

import pytest

from theses.actions.publish import publish
from theses.models import Document, Passage, Section

if TYPE_CHECKING:
    from playwright.sync_api import Page

BASE = "/theses/la-cote/"
LAMP = "La lampe du phare fut changée en hiver, sous une pluie qui dura toute la semaine."


@pytest.fixture
def lamp(live_server: Any, transactional_db: None) -> str:
    """The anchor of a passage that moved from the page of the lighthouse to that of the fields, in a second edition."""
    document = Document.objects.create(title="La côte", slug="la-cote")
    for position, (slug, body) in enumerate({"le-phare": LAMP, "les-champs": "Des mouettes."}.items(), start=1):
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
    anchor = Passage.objects.get(text=LAMP).anchor
    document.sections.filter(slug="le-phare").update(body="Le phare est éteint.")
    document.sections.filter(slug="les-champs").update(body=f"Des mouettes.\n\n{LAMP}")
    document.title = "La côte, revue"
    document.save()
    publish(document=document, user=None)
    return anchor


def test_a_moved_passage_is_shown(page: "Page", lamp: str) -> None:
    from playwright.sync_api import expect

    page.goto(f"{BASE}le-phare/#{lamp}")
    expect(page).to_have_url(re.compile(f"{BASE}les-champs/#{lamp}$"))
    expect(page.locator(f"#{lamp}")).to_be_in_viewport()


def test_a_fragment_that_never_was_leaves_the_page(page: "Page", lamp: str, watch: Any) -> None:
    from playwright.sync_api import expect

    page.goto(f"{BASE}le-phare/#rien-de-tel")
    expect(page.locator(".toast")).to_contain_text("Ce passage a changé")
    expect(page).to_have_url(re.compile(f"{BASE}le-phare/#rien-de-tel$"))
    # The question that was asked in vain is no fault of the page.
    watch.problems.clear()


def test_without_script_the_page_is_the_one_asked_for(new_page: Any, lamp: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{BASE}le-phare/#{lamp}")
    assert page.locator("h1").inner_text() == "Le phare"
