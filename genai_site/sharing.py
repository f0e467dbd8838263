"""The pictures that other sites show beside a link: one made for each work, and one for the site."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Article
from genai_site.published import listed
from publishing.models import PublicationQuerySet
from publishing.sharing import picture
from publishing.typography import typeset
from theses.models import Document

COLLECTIONS: dict[str, Callable[[], PublicationQuerySet]] = {
    "articles": lambda: Article.objects.published(),
    "theses": lambda: Document.objects.published(),
}
A_DAY = 60 * 60 * 24

kept_a_day = cache_control(public=True, max_age=A_DAY)


@require_safe
@conditional_page
@kept_a_day
def shared_picture(request: HttpRequest, collection: str, slug: str) -> HttpResponse:
    """The drawing of a published work: the one that its page and its place in lists show."""
    published = COLLECTIONS.get(collection)
    found = listed(published()).filter(slug=slug).first() if published else None
    if found is None:
        raise Http404
    edition = found.current_edition
    title = typeset(edition.title, edition.facts.get("language") or "fr")
    return HttpResponse(picture(title, edition.facts.get("kind", "")), content_type="image/png")


@require_safe
@conditional_page
@kept_a_day
def shared_picture_of_site(request: HttpRequest) -> HttpResponse:
    return HttpResponse(picture(settings.SITE_NAME, "site"), content_type="image/png")
