"""Links by which people without an account read a draft: made, opened, counted, closed; and the pictures under them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from articles.models import Article
from publishing.actions.preview_links import MOST_LINKS, create_preview_link, revoke_preview_link
from publishing.actions.withdraw import withdraw
from publishing.models import Publication
from publishing.preview_link import MOST_SEEN, PreviewLink
from theses.actions.publish import publish
from theses.models import Document, Figure, Section

pytestmark = pytest.mark.django_db
PICTURES = ("figures/a.png", "covers/b.png", "figures/autre.png")


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    for name in PICTURES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"octets")
    return tmp_path


@pytest.fixture(autouse=True)
def nobody_tried_yet() -> None:
    cache.clear()


def fetch(client: Client, address: str) -> Any:
    """The answer, read to its end where it is a file."""
    response = client.get(address)
    if response.streaming:
        assert b"".join(response.streaming_content) == b"octets"  # type: ignore[arg-type]
    return response


@pytest.fixture
def draft(media: Path) -> Document:
    document = Document.objects.create(title="Un essai", slug="un-essai", lead="Début.", cover_image="covers/b.png")
    for position, slug in enumerate(("un", "deux"), start=1):
        Section.objects.create(
            document=document, position=position, depth=1, title=f"Partie {slug}", slug=slug, starts_page=True,
            body="Du texte, et la suite : [deux](section:deux).\n\n![](figure:f)" if slug == "un" else "La fin.",
        )  # fmt: skip
    Figure.objects.create(document=document, position=1, key="f", image="figures/a.png", alt="Un dessin", caption="F")
    other = Document.objects.create(title="Un autre", slug="un-autre")
    Figure.objects.create(document=other, position=1, key="g", image="figures/autre.png")
    return document


def link_to(work: Publication, **values: Any) -> tuple[PreviewLink, str]:
    link, token = create_preview_link(work=work, user=None, label="le jury")
    PreviewLink.objects.filter(pk=link.pk).update(**values)
    return link, f"/apercu/{token}/"


def test_a_link_opens_the_cover_the_pages_and_the_pictures_and_nothing_leads_out_of_it(
    client: Client, draft: Document
) -> None:
    link, base = link_to(draft)
    cover = client.get(base)
    page = client.get(f"{base}un/")
    for response in (cover, page, client.get(f"/en{base}deux/"), fetch(client, f"{base}media/figures/a.png")):
        assert response.status_code == 200
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
    assert "Du texte" in page.content.decode()
    for response in (cover, page):
        text = response.content.decode()
        led_to = re.findall(r'(?:href|src|srcset)="([^"]*)"', text)
        outside = [address for address in led_to if not address.startswith(base)]
        assert not [address for address in outside if "/media/" in address or "un-essai" in address]
        assert f"{base}deux/" in text
        assert "signaler" not in text
        # A device that kept this place would lead its reader back to a link that is closed by then.
        assert "data-work" not in text
        assert "data-resume" not in text
    assert f"{base}media/figures/a.png" in page.content.decode()
    link.refresh_from_db()
    assert link.seen == 1
    assert link.last_seen_at is not None


def test_only_the_pictures_of_its_own_draft(client: Client, draft: Document) -> None:
    _link, base = link_to(draft)
    assert fetch(client, f"{base}media/covers/b.png").status_code == 200
    for name in ("figures/autre.png", "figures/absent.png", "../secret.png", "bodies/../figures/autre.png"):
        assert fetch(client, f"{base}media/{name}").status_code == 404
    for name in (*PICTURES, "bodies/../figures/a.png", "bodies/x/../../covers/b.png"):
        assert fetch(client, f"/media/{name}").status_code == 404


def test_no_other_site_learns_the_link(client: Client, draft: Document) -> None:
    elsewhere = "https://ailleurs.example/media/rapport.pdf"
    Section.objects.filter(slug="deux").update(
        body=f"[Un](https://other.example/?u=/media/a.png), [deux]({elsewhere}), [trois](/media/figures/a.png)."
    )
    _link, base = link_to(draft)
    text = client.get(f"{base}deux/").content.decode()
    assert f'href="{elsewhere}"' in text
    assert f'href="{base}media/figures/a.png"' in text
    assert f'content="http://testserver{base}media/covers/b.png"' in text
    assert not re.findall(rf'"https?://(?!testserver/)[^"]*{base}', text)


def test_an_article_has_one_page(client: Client, media: Path) -> None:
    article = Article.objects.create(
        title="Un article", slug="un-article", body="Son texte.", hero_image="covers/b.png"
    )
    _link, base = link_to(article)
    text = client.get(base).content.decode()
    assert "Son texte." in text
    assert f'src="{base}media/covers/b.png"' in text
    assert "signaler" not in text
    assert fetch(client, f"{base}media/covers/b.png").status_code == 200
    assert client.get(f"{base}un/").status_code == 404


@pytest.mark.parametrize("closed", ["expires_at", "revoked_at"])
def test_what_expired_or_was_closed_says_so_and_shows_nothing(client: Client, draft: Document, closed: str) -> None:
    now = timezone.now()
    _link, base = link_to(draft, created_at=now - timedelta(days=2), **{closed: now})
    for address in (base, f"/en{base}", f"{base}un/", f"{base}media/figures/a.png"):
        response = fetch(client, address)
        assert response.status_code == 410
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "Un essai" not in response.content.decode()
    assert "n’ouvre plus rien" in client.get(base).content.decode()


def test_an_unknown_token_is_404_and_trying_many_is_refused(client: Client, draft: Document) -> None:
    codes = [client.get(f"/apercu/{'a' * 31}{number}/").status_code for number in range(32)]
    assert codes == [404] * 30 + [429] * 2
    _link, base = link_to(draft)
    assert client.get(base).status_code == 200, "a good link opens all the same"


def test_links_are_only_read(client: Client, draft: Document) -> None:
    _link, base = link_to(draft)
    for address in (base, f"{base}un/", f"{base}media/figures/a.png"):
        assert client.post(address).status_code == 405


def test_a_deleted_work_takes_its_links_with_it(client: Client, draft: Document) -> None:
    _link, base = link_to(draft)
    draft.delete()
    assert client.get(base).status_code == 404
    assert not PreviewLink.objects.exists()


def test_withdrawing_closes_the_links_and_a_new_one_shows_the_draft(client: Client, draft: Document) -> None:
    publish(document=draft, user=None)
    _link, base = link_to(draft)
    withdraw(work=draft, user=None)
    assert client.get(base).status_code == 410
    _link, base = link_to(draft)
    assert client.get(base).status_code == 200


def test_a_link_shows_the_draft_of_today_and_the_public_the_edition(client: Client, draft: Document) -> None:
    publish(document=draft, user=None)
    _link, base = link_to(draft)
    Section.objects.filter(slug="un").update(body="Corrigé depuis.")
    assert "Corrigé depuis." in client.get(f"{base}un/").content.decode()
    assert "Corrigé depuis." not in client.get("/theses/un-essai/un/").content.decode()


def test_the_token_is_long_and_not_stored(draft: Document) -> None:
    link, token = create_preview_link(work=draft, user=None, label="l’auteur")
    assert len(token) == 32
    assert token not in str(PreviewLink.objects.filter(pk=link.pk).values().get())


def test_visits_are_counted_to_a_bound(draft: Document) -> None:
    link, _base = link_to(draft, seen=MOST_SEEN)
    PreviewLink.objects.get(pk=link.pk).note_visit()
    assert PreviewLink.objects.get(pk=link.pk).seen == MOST_SEEN


def test_bounds(draft: Document) -> None:
    for label, days in ((" ", 14), ("le jury", 0), ("le jury", 91)):
        with pytest.raises(ValidationError):
            create_preview_link(work=draft, user=None, label=label, days=days)
    for _number in range(MOST_LINKS):
        link, _base = link_to(draft)
    with pytest.raises(ValidationError, match="déjà ouverts"):
        link_to(draft)
    revoke_preview_link(work=draft, user=None, link_id=link.pk)
    link_to(draft)
    with pytest.raises(ValidationError, match="déjà plus rien"):
        revoke_preview_link(work=draft, user=None, link_id=link.pk)


def staff(name: str, *rights: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    return user


def test_the_screen_makes_a_link_shows_it_once_and_closes_it(client: Client, draft: Document) -> None:
    client.force_login(staff("paul", "publish_document", "view_document"))
    screen = f"/admin/theses/document/{draft.pk}/apercus/"
    answer = client.post(screen, {"label": "le <jury>", "days": "7"})
    [address] = re.findall(r'value="http://testserver(/apercu/[\w-]{32}/)"', answer.content.decode())
    assert "no-store" in answer.headers["Cache-Control"]
    assert Client().get(address).status_code == 200
    again = client.get(screen).content.decode()
    assert address not in again
    assert "le &lt;jury&gt;" in again
    link = PreviewLink.objects.get()
    assert client.post(screen, {"revoke": link.pk}).status_code == 302
    assert Client().get(address).status_code == 410
    assert client.post(screen, {"revoke": "999"}).status_code == 404
    assert client.post(screen, {"label": "", "days": "400"}).status_code == 200
    assert PreviewLink.objects.count() == 1


def test_who_may(client: Client, draft: Document) -> None:
    editor = staff("eva", "change_document", "view_document")
    with pytest.raises(PermissionDenied):
        create_preview_link(work=draft, user=editor, label="moi")
    link, _base = link_to(draft)
    with pytest.raises(PermissionDenied):
        revoke_preview_link(work=draft, user=editor, link_id=link.pk)
    other = Document.objects.get(slug="un-autre")
    with pytest.raises(PreviewLink.DoesNotExist):
        revoke_preview_link(work=other, user=None, link_id=link.pk)
    client.force_login(editor)
    assert client.get(f"/admin/theses/document/{draft.pk}/apercus/").status_code == 403
