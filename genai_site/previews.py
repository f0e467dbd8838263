"""Drafts that somebody without an account reads by a link: `publishing.preview_link`.

All that such a page shows and leads on to within the work stays under the address of the link, pictures of the draft
among it: they are public nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.editions import edition_of
from articles.models import Article
from genai_site.guard import allowed
from genai_site.media import served
from genai_site.public_pictures import holds, is_public
from publishing.preview_link import PreviewLink
from theses.models import Document
from theses.preview import DraftPlace

MOST_UNKNOWN = 30
"""Tokens that nobody has which one address may ask for in an hour."""
_ATTRIBUTE = re.compile(r"""\b(?:src|srcset|href|poster|content)="[^"]*\"""")

Shown = Callable[..., HttpResponseBase]


def by_link(view: Shown) -> Shown:
    """Gives the view the draft that the token opens: 404 where there is no such token, 410 where it opens no more."""

    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        link = PreviewLink.objects.with_token(token)
        if link is None:
            if not allowed(request, "preview", most=MOST_UNKNOWN):
                return private(render(request, "429.html", status=429))
            raise Http404
        work = link.work if link.is_open else None
        if work is None:
            return private(render(request, "preview_closed.html", status=410))
        link.note_visit()
        return private(view(request, token, work, **kwargs))

    return opened


@by_link
def preview(request: HttpRequest, token: str, work: Article | Document) -> HttpResponse:
    if isinstance(work, Article):
        context = {"article": work, "edition": edition_of(work), "preview": True}
        return under(request, token, render(request, "articles/article.html", context))
    place = DraftPlace(work, base_of(token))
    context = {**place.cover_context(), "document": work, "preview": True}
    return under(request, token, render(request, "theses/document.html", context))


@by_link
def preview_page(request: HttpRequest, token: str, work: Article | Document, page: str) -> HttpResponse:
    if not isinstance(work, Document):
        raise Http404
    place = DraftPlace(work, base_of(token))
    shown = place.page(page)
    if shown is None:
        raise Http404
    context = {**place.page_context(page), "document": work, "page": shown, "preview": True}
    return under(request, token, render(request, "theses/page.html", context))


@by_link
def preview_picture(request: HttpRequest, token: str, work: Article | Document, name: str) -> HttpResponseBase:
    """A picture of this draft, or one that is public anyway; of no other draft."""
    if not (holds(work, name) or is_public(name)):
        raise Http404
    return served(request, name)


def base_of(token: str) -> str:
    return reverse("shared_preview", args=[token])


def under(request: HttpRequest, token: str, response: HttpResponse) -> HttpResponse:
    """The page with its pictures under the address of the link; other sites, too, have a `/media/`, and no token."""
    pictures = reverse("shared_preview_picture", args=[token, "x"]).removesuffix("x")
    origin = request.build_absolute_uri("/").removesuffix("/")
    ours = re.compile(rf"""(?<=["\s])((?:{re.escape(origin)})?){re.escape(settings.MEDIA_URL)}""")
    written = response.content.decode()
    response.content = _ATTRIBUTE.sub(lambda match: ours.sub(rf"\1{pictures}", match[0]), written).encode()
    return response


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept by nobody, found by no search engine, told to no other site."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
