"""Long documents for readers: list, cover, pages, figures, the whole work, and the editions that came before."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from publishing.actions.permission import may_read_drafts
from publishing.citation_download import download
from publishing.moved import told
from publishing.serving import answer, page_key
from theses.models import Document, DocumentEdition, EditionPage, EditionText
from theses.moved import find_page, find_passage
from theses.offline import manifest, megabytes
from theses.preview import DraftPlace
from theses.reading import Place
from theses.standing import Standing, cover, current, numbered

A_LIST = 20

revalidated = cache_control(public=True, no_cache=True)
"""Readers and proxies may keep the page, and ask each time whether it is still the current one."""


@require_safe
@conditional_page
@revalidated
def document_list(request: HttpRequest) -> HttpResponse:
    documents = Document.objects.published().by_date().defer("current_edition__outline")
    page = Paginator(documents, A_LIST).get_page(request.GET.get("page"))
    return render(request, "theses/list.html", {"documents": page})


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    standing = cover(slug)
    if standing is None:
        return not_public(request, slug)
    return answer(request, standing.shows, lambda: write_cover(request, standing), stored=not told(request))


@require_safe
def page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    standing = current(slug)
    if standing is None:
        return not_public(request, slug)
    return answer(
        request,
        standing.shows,
        lambda: write_page(request, standing, page) or moved_page(request, slug, page),
        stored=not told(request),
    )


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    standing = current(slug)
    if standing is None:
        return not_public(request, slug)

    def write() -> HttpResponse:
        edition = DocumentEdition.objects.select_related("document").get(pk=standing.edition)
        place = Place(edition, edition.document.get_absolute_url())
        context = {
            "document": edition.document,
            "edition": edition,
            "figures": place.figures(),
            "base": place.base,
            "disclosure": place.disclosure(),
        }
        return render(request, "theses/figures.html", context)

    return answer(request, standing.shows, write)


@require_safe
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    standing = current(slug)
    if standing is None:
        return not_public(request, slug)

    def write() -> HttpResponse:
        text = EditionText.objects.select_related("edition__document").defer("draft").get(edition=standing.edition)
        place = Place(text.edition, text.edition.document.get_absolute_url())
        context = {**place.cover_context(), "document": text.edition.document, "whole": text.whole}
        return render(request, "theses/whole.html", context)

    return answer(request, standing.shows, write)


@require_safe
@revalidated
@conditional_page
def citation(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The reference of the current edition as a file for reference managers: `bib`, `ris` or `json`."""
    standing = current(slug)
    if standing is None:
        return not_public(request, slug)
    edition = DocumentEdition.objects.select_related("document").defer("outline").get(pk=standing.edition)
    return download(request, edition, ending)


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    standing = cover(slug, number)
    if standing is None:
        return not_public(request, slug)
    return answer(request, standing.shows, lambda: write_cover(request, standing, number), for_ever=True)


@require_safe
def edition_page(request: HttpRequest, slug: str, number: int, page: str) -> HttpResponse:
    standing = numbered(slug, number)
    if standing is None:
        return not_public(request, slug)
    return answer(
        request,
        standing.shows,
        lambda: write_page(request, standing, page, number) or not_public(request, slug),
        for_ever=True,
    )


@require_safe
@conditional_page
@revalidated
def offline_manifest(request: HttpRequest, slug: str) -> HttpResponse:
    """What to keep of the work on a device: `theses.offline`. The version changes with all that its pages show."""
    standing = current(slug)
    if standing is None:
        return not_public(request, slug)
    edition = DocumentEdition.objects.select_related("document").get(pk=standing.edition)
    return JsonResponse(manifest(edition, page_key(request, standing.shows)))


def write_cover(request: HttpRequest, standing: Standing, number: int | None = None) -> HttpResponse:
    """The cover of an edition, under its own address where a number is given, else under that of the document."""
    edition = DocumentEdition.objects.select_related("document").get(pk=standing.edition)
    context = {
        **_place(edition, number).cover_context(),
        "document": edition.document,
        "editions": standing.editions,
        "megabytes": megabytes(edition) if number is None else None,
        "newer": number is not None and standing.newer,
        "moved_from": told(request) if number is None else 0,
        "preview": False,
    }
    return render(request, "theses/document.html", context)


def write_page(request: HttpRequest, standing: Standing, slug: str, number: int | None = None) -> HttpResponse | None:
    """One page of an edition; None where the edition has no such page."""
    found = EditionPage.objects.filter(edition=standing.edition, slug=slug).select_related("edition__document").first()
    if found is None:
        return None
    context = {
        **_place(found.edition, number).page_context(slug),
        "document": found.edition.document,
        "page": found,
        "newer": number is not None and standing.newer,
        "moved_from": told(request) if number is None else 0,
        "preview": False,
    }
    return render(request, "theses/page.html", context)


def _place(edition: DocumentEdition, number: int | None) -> Place:
    slug = edition.document.slug
    return Place(edition, reverse("theses:document", args=[slug]) if number is None else edition.get_absolute_url())


@require_safe
@cache_control(private=True, no_store=True)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as it would be published, for those who may read drafts; for everybody else it does not exist."""
    found = get_object_or_404(Document, slug=slug)
    if not may_read_drafts(request.user, Document):
        raise Http404
    place = DraftPlace(found, reverse("theses:preview", args=[slug]))
    context = {**place.cover_context(), "document": found, "preview": True}
    return unindexed(render(request, "theses/document.html", context))


@require_safe
@cache_control(private=True, no_store=True)
def preview_page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    found = get_object_or_404(Document, slug=slug)
    if not may_read_drafts(request.user, Document):
        raise Http404
    place = DraftPlace(found, reverse("theses:preview", args=[slug]))
    shown = place.page(page)
    if shown is None:
        raise Http404
    context = {**place.page_context(page), "document": found, "page": shown, "preview": True}
    return unindexed(render(request, "theses/page.html", context))


def unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def not_public(request: HttpRequest, slug: str) -> HttpResponse:
    """410 where the document was withdrawn; for a draft, or no document at all, 404."""
    if Document.objects.withdrawn().filter(slug=slug).exists():
        return render(request, "410.html", status=410)
    raise Http404


def moved_page(request: HttpRequest, slug: str, page: str) -> HttpResponse:
    """A page that an earlier edition had, or a section that stands on another page now: the way to its place."""
    document = Document.objects.published().filter(slug=slug).first()
    if document is None:
        return not_public(request, slug)
    found = find_page(document.current_edition, page)
    if found is None:
        return render(request, "404.html", {"document": document}, status=404)
    return redirect(found.address, permanent=True)


@require_safe
@revalidated
def passage(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """The place of a passage of this or an earlier edition; for scripts, which alone see fragments, as JSON."""
    document = Document.objects.published().filter(slug=slug).first()
    if document is None:
        return not_public(request, slug)
    found = find_passage(document.current_edition, anchor, request.GET.get("page", ""))
    if found is None:
        raise Http404
    if "json" in request.GET:
        return JsonResponse({"href": found.address, "exact": found.exact})
    return redirect(found.address)
