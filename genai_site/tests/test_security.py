"""Logins are throttled, errors are pages, and the admin is told the same rules as the rest of the site."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def log_in(client: Client, password: str, **extra: str) -> int:
    answer = client.post(reverse("admin:login"), {"username": "camille", "password": password}, **extra)
    return answer.status_code


@pytest.fixture
def camille(settings: Settings) -> User:
    settings.AXES_ENABLED = True
    return User.objects.create_superuser("camille", password="un mot de passe bien long")


def test_five_wrong_passwords_close_the_door(camille: User, client: Client) -> None:
    assert [log_in(client, "faux") for _ in range(5)] == [200, 200, 200, 200, 429]
    # The right password does not help any more, and the page says what to do.
    answer = client.post(reverse("admin:login"), {"username": "camille", "password": "un mot de passe bien long"})
    assert answer.status_code == 429
    assert "quart d’heure" in answer.content.decode()
    assert "sessionid" not in client.cookies
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    # Another address is not punished for it.
    assert log_in(client, "un mot de passe bien long", REMOTE_ADDR="192.0.2.44") == 302


def test_a_good_password_opens_and_forgets_the_wrong_ones(camille: User, client: Client) -> None:
    assert [log_in(client, "faux") for _ in range(4)] == [200] * 4
    assert log_in(client, "un mot de passe bien long") == 302
    client.logout()
    assert log_in(client, "faux") == 200


def test_the_door_closes_for_an_address_that_a_proxy_gives(camille: User, client: Client, settings: Settings) -> None:
    """The caller writes the first addresses of X-Forwarded-For itself: changing them opens nothing."""
    settings.BEHIND_PROXY = True
    client = Client()
    codes = [log_in(client, "faux", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.7") for n in range(5)]
    assert codes[-1] == 429
    assert log_in(client, "un mot de passe bien long", HTTP_X_FORWARDED_FOR="203.0.113.8") == 302


def test_session_cookie_is_kept_from_scripts(camille: User, client: Client) -> None:
    log_in(client, "un mot de passe bien long")
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nulle-part/", 404), ("/en/nowhere/", 404), ("/articles/aucun/", 404), ("/theses/aucune/", 404)],
)
def test_errors_are_pages_with_the_same_headers(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.content.count(b"<h1") == 1
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/%00", "/articles/%00/", "/..%2f..%2fetc/passwd", "/" + "a" * 5000, "/?q=%ff%fe"])
def test_hostile_addresses_get_a_sane_answer(client: Client, address: str) -> None:
    assert client.get(address).status_code in {200, 400, 404}


def test_admin_needs_an_account(client: Client) -> None:
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 302
    assert reverse("admin:login") in answer["Location"]


def test_admin_has_the_same_policy(admin_client: Client) -> None:
    policy = admin_client.get(reverse("admin:index")).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
