"""The reader's address behind a proxy, and what browsers are told to refuse."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from genai_site.middleware import client_address, permissions_policy


def seen_address(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.META["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("a lie, 203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("", "192.0.2.9"),
        ("203.0.113.7, ", "192.0.2.9"),
    ],
)
def test_the_last_forwarded_address_counts(settings: Settings, forwarded: str, address: str) -> None:
    settings.BEHIND_PROXY = True
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(seen_address)(request).content.decode() == address


def test_without_a_proxy_nobody_chooses_an_address(settings: Settings) -> None:
    settings.BEHIND_PROXY = False
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert client_address(seen_address)(request).content.decode() == "192.0.2.9"


def test_a_view_may_set_its_own_policy() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Permissions-Policy": "camera=(self)"})

    assert permissions_policy(view)(RequestFactory().get("/")).headers["Permissions-Policy"] == "camera=(self)"
