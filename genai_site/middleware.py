"""What every request and every answer of the site goes through, beside what Django and its packages bring."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language

Handler = Callable[[HttpRequest], HttpResponse]


def client_address(get_response: Handler) -> Handler:
    """Behind a proxy, give every part of the site the reader's address as `REMOTE_ADDR`.

    The proxy appends the address that called it to `X-Forwarded-For`: only that last one is its own word, those before
    it are what the caller claims. Logins, the contact form and searches count by this address.
    """
    if not settings.BEHIND_PROXY:
        return get_response

    def middleware(request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            request.META["REMOTE_ADDR"] = forwarded
        return get_response(request)

    return middleware


def permissions_policy(get_response: Handler) -> Handler:
    """Refuse, for our pages and whatever they may embed, what a reading site never asks of a device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


class AddressLanguage(LocaleMiddleware):
    """The language of a page is in its address and nowhere else.

    Django would add that answers vary with the languages of the browser; a proxy would keep one copy for each.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", get_language() or "")
        return response
