"""Pages of editions, answered from bytes that were rendered and compressed when the page was first read.

Nothing is ever removed because it is stale: what a page shows is in its key, so that a publication, a withdrawal, a new
template or another site name asks for another key. `docs/performance.md` says why and what it costs.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

from publishing import page_store
from publishing.page_version import page_version

HTML = "text/html; charset=utf-8"
REVALIDATED = "public, no-cache"
"""Readers and proxies may keep the page, and ask each time whether it is still the current one."""
FOR_EVER = f"public, max-age={60 * 60 * 24 * 365}, immutable"


class Lookup:
    """A query that is compiled once. The ORM takes ten times longer to write it than the database to answer it.

    `rows` makes the query from as many values as are asked for later, each used once, in the order in which they stand
    in the SQL. Rows come as the database gives them: in SQLite, times have no zone and are in UTC.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, tuple[Any, ...]]], *examples: object) -> None:
        self._rows = rows
        self._examples = examples

    @cached_property
    def _sql(self) -> str:
        sql, parameters = self._rows(*self._examples).query.sql_with_params()
        if tuple(parameters) != self._examples:
            raise TypeError(f"The query asks for {parameters!r}, not for {self._examples!r}.")
        return str(sql)

    def __call__(self, *values: str | int) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            return list(cursor.fetchall())


def answer(
    request: HttpRequest,
    shows: Sequence[object],
    write: Callable[[], HttpResponse],
    *,
    for_ever: bool = False,
    stored: bool = True,
) -> HttpResponse:
    """The page at the address of the request, with what caches must know about it.

    `shows` is what tells this page from others at the same address in time: the edition, its renderer, whether there is
    a newer one. `write` renders the page, and must render just that; an answer that is no plain page (another status, a
    cookie, a header of its own) is passed on and not stored. `for_ever` is for the address of one edition; without
    `stored`, the page says something for once, which its query string asks.
    """
    if settings.DEBUG or is_personal(request):
        # The private copy of someone with a session must not stand for the page of everybody else.
        response = write()
        patch_cache_control(response, private=True, no_cache=True)
        return response
    if not stored:
        response = write()
        patch_cache_control(response, public=True, no_cache=True)
        return response
    key = page_key(request, shows)
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    coding = next((coding for coding in page_store.ENDS if _accepts(accepted, coding)), "")
    body = page_store.read(key, coding or "gzip")
    if body is None:
        written = write()
        if not _is_plain_page(request, written):
            patch_cache_control(written, public=True, no_cache=True)
            return written
        page_store.write(key, written.content)
        # Where nothing could be stored, the page goes out as it was written.
        body = page_store.read(key, coding or "gzip")
        if body is None:
            coding, body = "identity", written.content
    response = HttpResponse(body if coding else gzip.decompress(body), content_type=HTML)
    if coding in page_store.ENDS:
        response.headers["Content-Encoding"] = coding
    # One tag for all codings, hence a weak one. There is no Last-Modified: an edition that is put back before readers
    # is older than what they hold, and would be taken for it.
    response.headers["ETag"] = f'W/"{key[:32]}"'
    response.headers["Cache-Control"] = FOR_EVER if for_ever else REVALIDATED
    response.headers["Vary"] = "Accept-Encoding"
    if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MATCH" in request.META:
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
    return response


def page_key(request: HttpRequest, shows: Sequence[object]) -> str:
    """Everything on which the bytes of a page depend, as one name. The query string shows on no stored page."""
    parts = [request.scheme or "", request.get_host(), request.path, get_language() or "", *map(str, shows)]
    return blake2b("\0".join(parts).encode(), key=page_version(), digest_size=20).hexdigest()


def is_personal(request: HttpRequest) -> bool:
    """Whether the reader may see what others do not: someone with a session, which only the admin gives."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _is_plain_page(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and dict(response.items()) == {"Content-Type": HTML}
        and not response.cookies
        and not response.streaming
        # A form was shown, whose token is for one reader.
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    )


def _accepts(accepted: str, coding: str) -> bool:
    """Whether an Accept-Encoding header names this coding and does not refuse it."""
    for item in accepted.split(","):
        name, _, weight = item.partition(";")
        if name.strip().lower() == coding:
            return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
