"""The pictures that other sites show beside a link: one for each work and each of its pages, and one for the site.

Each is drawn when it is first asked for and stored beside the pages. Its address holds a hash of all that it shows, so
that it can be kept for ever; the address of an earlier state leads to the one of today.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.models import Article
from genai_site.published import listed
from publishing import page_store
from publishing.models import PublicationQuerySet
from publishing.serving import FOR_EVER
from publishing.sharing_card import Card, card_of, card_of_site, picture
from theses.models import Document, EditionPage

COLLECTIONS: dict[str, Callable[[], PublicationQuerySet]] = {
    "articles": lambda: Article.objects.published(),
    "theses": lambda: Document.objects.published(),
}

revalidated = cache_control(public=True, no_cache=True)


@require_safe
def shared_picture(request: HttpRequest, digest: str, collection: str, slug: str) -> HttpResponse:
    """The picture of a published work."""
    published = COLLECTIONS.get(collection)
    found = listed(published()).filter(slug=slug).first() if published else None
    if found is None:
        raise Http404
    card = card_of(found.current_edition.facts, found.current_edition.title)
    return _picture(request, card, digest)


@require_safe
def shared_picture_of_page(request: HttpRequest, digest: str, collection: str, slug: str, page: str) -> HttpResponse:
    """The picture of one page of a published document."""
    pages = EditionPage.objects.current(slug).defer("html", "outline", "edition__outline")
    found = pages.filter(slug=page).first() if collection == "theses" else None
    if found is None:
        raise Http404
    return _picture(request, card_of(found.edition.facts, found.edition.title, str(found)), digest)


@require_safe
def shared_picture_of_site(request: HttpRequest, digest: str) -> HttpResponse:
    return _picture(request, card_of_site(), digest)


def _picture(request: HttpRequest, card: Card, digest: str) -> HttpResponse:
    if digest != card.digest:
        return revalidated(lambda request: redirect(request.path.replace(digest, card.digest, 1)))(request)
    name = f"{digest}.png"
    body = page_store.read_file(name)
    if body is None:
        body = picture(card)
        page_store.write_file(name, body)
    return HttpResponse(body, content_type="image/png", headers={"Cache-Control": FOR_EVER})
