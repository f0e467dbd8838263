"""Long documents for readers: list, cover, pages, figures, the whole work, and the editions that came before."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from theses.models import Document, DocumentEdition, EditionPage, EditionText
from theses.preview import DraftPlace, may_preview
from theses.reading import Place

A_LIST = 20
FOR_EVER = 60 * 60 * 24 * 365

revalidated = cache_control(public=True, no_cache=True)
"""Readers and proxies may keep the page, and ask each time whether it is still the current one."""
immutable = cache_control(public=True, max_age=FOR_EVER, immutable=True)


@require_safe
@conditional_page
@revalidated
def document_list(request: HttpRequest) -> HttpResponse:
    documents = Document.objects.published().defer("current_edition__outline")
    page = Paginator(documents, A_LIST).get_page(request.GET.get("page"))
    return render(request, "theses/list.html", {"documents": page})


@require_safe
@conditional_page
@revalidated
def document(request: HttpRequest, slug: str) -> HttpResponse:
    found = Document.objects.published().filter(slug=slug).first()
    if found is None:
        return not_public(request, slug)
    place = Place(found.current_edition, found.get_absolute_url())
    context = {**place.cover_context(), "document": found, "editions": earlier_editions(found), "preview": False}
    return dated(render(request, "theses/document.html", context), found.current_edition)


@require_safe
@conditional_page
@revalidated
def page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    found = EditionPage.objects.current(slug).filter(slug=page).first()
    if found is None:
        return moved_page(request, slug, page)
    edition = found.edition
    place = Place(edition, edition.document.get_absolute_url())
    context = {**place.page_context(page), "document": edition.document, "page": found, "preview": False}
    return dated(render(request, "theses/page.html", context), edition)


@require_safe
@conditional_page
@revalidated
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    found = Document.objects.published().filter(slug=slug).first()
    if found is None:
        return not_public(request, slug)
    place = Place(found.current_edition, found.get_absolute_url())
    context = {"document": found, "edition": found.current_edition, "figures": place.figures(), "base": place.base}
    return dated(render(request, "theses/figures.html", context), found.current_edition)


@require_safe
@conditional_page
@revalidated
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    found = Document.objects.published().filter(slug=slug).first()
    if found is None:
        return not_public(request, slug)
    text = EditionText.objects.only("whole").get(edition=found.current_edition_id)
    place = Place(found.current_edition, found.get_absolute_url())
    context = {**place.cover_context(), "document": found, "whole": text.whole}
    return dated(render(request, "theses/whole.html", context), found.current_edition)


@require_safe
@conditional_page
@immutable
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = DocumentEdition.objects.public(slug).filter(number=number).first()
    if found is None:
        return not_public(request, slug)
    place = Place(found, reverse("theses:edition", args=[slug, number]))
    context = {
        **place.cover_context(),
        "document": found.document,
        "newer": found.pk != found.document.current_edition_id,
        "editions": earlier_editions(found.document),
    }
    return dated(render(request, "theses/document.html", context), found)


@require_safe
@conditional_page
@immutable
def edition_page(request: HttpRequest, slug: str, number: int, page: str) -> HttpResponse:
    found = EditionPage.objects.public(slug).filter(edition__number=number, slug=page).first()
    if found is None:
        return not_public(request, slug)
    edition = found.edition
    place = Place(edition, reverse("theses:edition", args=[slug, number]))
    context = {
        **place.page_context(page),
        "document": edition.document,
        "page": found,
        "newer": edition.pk != edition.document.current_edition_id,
    }
    return dated(render(request, "theses/page.html", context), edition)


@require_safe
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as it would be published, for those who may change it; for everybody else it does not exist."""
    found = get_object_or_404(Document, slug=slug)
    if not may_preview(request.user):
        raise Http404
    place = DraftPlace(found)
    return render(request, "theses/document.html", {**place.cover_context(), "document": found, "preview": True})


@require_safe
@cache_control(private=True, no_store=True)
def preview_page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    found = get_object_or_404(Document, slug=slug)
    if not may_preview(request.user):
        raise Http404
    place = DraftPlace(found)
    shown = place.page(page)
    if shown is None:
        raise Http404
    context = {**place.page_context(page), "document": found, "page": shown, "preview": True}
    return render(request, "theses/page.html", context)


def earlier_editions(document: Document) -> list[DocumentEdition]:
    editions = document.editions.only("document", "number", "published_at", "change_note", "title").order_by("-number")
    return list(editions) if document.current_edition_id else []


def dated(response: HttpResponse, edition: DocumentEdition) -> HttpResponse:
    response["Last-Modified"] = http_date(edition.published_at.timestamp())
    return response


def not_public(request: HttpRequest, slug: str) -> HttpResponse:
    """410 where the document was withdrawn; for a draft, or no document at all, 404."""
    if Document.objects.withdrawn().filter(slug=slug).exists():
        return render(request, "410.html", status=410)
    raise Http404


def moved_page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """A page that an earlier edition had, or a section that stands on another page now: its place, else the cover."""
    found = Document.objects.published().filter(slug=slug).first()
    if found is None:
        return not_public(request, slug)
    place = Place(found.current_edition, found.get_absolute_url())
    for item in found.current_edition.outline:
        if item["anchor"] == page:
            return redirect(place.item_address(item))
    return render(request, "404.html", {"document": found}, status=404)
