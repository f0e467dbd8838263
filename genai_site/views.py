"""The pages of the site as a whole: home, authors, tags, and the few pages about the site itself."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from taggit.models import Tag

from articles.models import Article
from genai_site.published import articles_by, articles_on, authors_published, documents_by, documents_on, listed
from publishing.models import Author
from theses.models import Document

AUTHORS_A_PAGE = 100

revalidated = cache_control(public=True, no_cache=True)


@require_safe
@conditional_page
@revalidated
def home(request: HttpRequest) -> HttpResponse:
    articles = listed(Article.objects.published())
    context = {
        "featured": articles.filter(featured=True)[:3],
        "documents": listed(Document.objects.published()).order_by("-featured", "-first_published_at", "-pk")[:6],
        "articles": articles.by_date()[:6],
    }
    return render(request, "home.html", context)


@require_safe
@conditional_page
@revalidated
def authors(request: HttpRequest) -> HttpResponse:
    page = Paginator(authors_published(), AUTHORS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "authors.html", {"authors": page})


@require_safe
@conditional_page
@revalidated
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(authors_published(), slug=slug)
    context = {"author": found, "articles": articles_by(found), "documents": documents_by(found)}
    return render(request, "author.html", {**context, "biography": biography(found)})


@require_safe
@conditional_page
@revalidated
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    context = {"tag": found, "articles": articles_on(found), "documents": documents_on(found)}
    if not (context["articles"] or context["documents"]):
        raise Http404
    return render(request, "tag.html", context)


@require_safe
@conditional_page
@revalidated
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /en/admin/",
        "Disallow: /apercu/",
        "Disallow: /*/apercu/",
        # Results say `noindex` themselves, which a robot must read; there are no bounds to what could be suggested.
        "Disallow: /recherche/suggestions/",
        "Disallow: /en/recherche/suggestions/",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def biography(author: Author) -> str:
    from publishing.rendering import Piece, render

    return render([Piece(body=author.biography)]).html if author.biography.strip() else ""
