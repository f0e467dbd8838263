"""A publication that is watched: its lines, and the page that shows them."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from publishing import progress
from theses.models import Document, Section

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def publisher(db: None) -> User:
    return User.objects.create_superuser("claire", password="-")


@pytest.fixture
def work(db: None) -> Document:
    document = Document.objects.create(title="L’œuvre <neuve>", slug="oeuvre", ai_level="none")
    for n in range(1, 4):
        Section.objects.create(
            document=document,
            position=n,
            depth=1,
            title=f"Chapitre {n}",
            slug=f"c{n}",
            starts_page=True,
            body="Un mot.",
        )
    return document


def address(work: Document) -> str:
    return f"{reverse('admin:theses_document_publish')}?pk={work.pk}"


def lines(client: Client, work: Document) -> list[dict[str, Any]]:
    response: Any = client.post(address(work), {"change_note": ""}, headers={"Accept": progress.LINES})
    assert response["Content-Type"] == progress.LINES
    return [json.loads(line) for line in response.getvalue().splitlines()]


def test_each_page_is_told_then_the_outcome(client: Client, publisher: User, work: Document) -> None:
    client.force_login(publisher)
    told = lines(client, work)
    counts = [line["done"] for line in told[:-1]]
    assert counts
    assert counts[-1] == told[-2]["total"]
    assert told[-1]["level"] == "success"
    assert "L’œuvre &lt;neuve&gt;" in told[-1]["html"]
    work.refresh_from_db()
    assert work.is_public
    assert work.current_edition is not None
    assert work.current_edition.published_by == publisher


def test_what_cannot_be_published_is_told(client: Client, publisher: User, work: Document) -> None:
    client.force_login(publisher)
    work.sections.all().delete()
    told = lines(client, work)
    assert [line["level"] for line in told] == ["error"]
    work.refresh_from_db()
    assert not work.is_public


def test_a_fault_ends_the_stream_with_a_sentence(
    client: Client, publisher: User, work: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_arguments: Any) -> None:
        raise RuntimeError

    client.force_login(publisher)
    monkeypatch.setattr("theses.admin.publish", fail)
    assert [line["level"] for line in lines(client, work)] == ["error"]


def test_few_acts_run_at_a_time() -> None:
    here, most, lock = 0, 0, threading.Lock()

    def act(_tell: progress.Tell) -> list[progress.Outcome]:
        nonlocal here, most
        with lock:
            here += 1
            most = max(most, here)
        time.sleep(0.05)
        with lock:
            here -= 1
        return [("success", "Fait.")]

    asking = [threading.Thread(target=progress.streamed(act).getvalue) for _ in range(3 * progress.AT_ONCE)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join(30)
    assert most == progress.AT_ONCE


def test_only_publishers_are_given_a_stream(client: Client, work: Document) -> None:
    client.force_login(User.objects.create_user("lea", is_staff=True))
    response = client.post(address(work), {}, headers={"Accept": progress.LINES})
    assert response.status_code == 403


@pytest.mark.parametrize("script", [True, False])
def test_in_a_browser(
    new_page: Callable[..., Page],
    sign_in: Any,
    axe: Callable[[Page], None],
    publisher: User,
    work: Document,
    script: bool,
) -> None:
    page = new_page(java_script_enabled=script)
    sign_in(page, publisher)
    page.goto(address(work))
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("est publié").wait_for()
    if script:
        expect(page.locator(".said")).to_have_text("C’est fait.")
        axe(page)
    page.get_by_role("link", name="Voir la page").click()
    assert page.locator("h1").inner_text() == "L’œuvre <neuve>"


def test_a_browser_told_nothing_at_the_end_says_so_and_one_signed_out_signs_in(
    new_page: Callable[..., Page], sign_in: Any, publisher: User, work: Document
) -> None:
    page = new_page()
    sign_in(page, publisher)
    page.goto(address(work))
    cut = json.dumps({"work": "L’œuvre", "done": 1, "total": 3}) + "\n"
    page.route("**/publier/**", lambda route: route.fulfill(body=cut, content_type=progress.LINES), times=1)
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("La connexion est perdue").wait_for()
    page.goto(address(work))
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Publier").click()
    page.wait_for_url("**/login/**")
