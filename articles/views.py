"""The pages of articles. What readers see was rendered at publication; only the preview renders."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from articles.editions import edition_of
from articles.models import Article, ArticleEdition
from articles.moved import find_passage
from articles.standing import Standing, current, numbered
from publishing.actions.permission import may_read_drafts
from publishing.citation_download import download
from publishing.models import State
from publishing.moved import told
from publishing.serving import answer

PAGE_SIZE = 20
# Kept by browsers and proxies, but asked again each time: a correction or a withdrawal is seen at once.
revalidated = cache_control(public=True, no_cache=True)


@require_safe
@revalidated
@conditional_page
def article_list(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().by_date().defer("body", "current_edition__body", "current_edition__html")
    page = Paginator(articles, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "articles/list.html", {"articles": page})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    return _edition(request, current(slug))


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An edition under its own address, which never changes; it says so where a newer one exists."""
    return _edition(request, numbered(slug, number), for_ever=True)


def _edition(request: HttpRequest, standing: Standing | None, *, for_ever: bool = False) -> HttpResponse:
    if standing is None:
        raise Http404
    if standing.is_withdrawn:
        return gone(request)

    def write() -> HttpResponse:
        editions = ArticleEdition.objects.select_related("article").defer("article__body", "body")
        found = editions.get(pk=standing.edition)
        context = {
            "article": found.article,
            "edition": found,
            "newer": standing.newer,
            "moved_from": 0 if for_ever else told(request),
        }
        return render(request, "articles/article.html", context)

    return answer(request, standing.shows, write, for_ever=for_ever, stored=for_ever or not told(request))


@require_safe
@revalidated
def passage(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """The place of a passage of this or an earlier edition; for scripts, which alone see fragments, as JSON."""
    article = _public_or_gone(slug)
    if article.state == State.WITHDRAWN or article.current_edition is None:
        return gone(request)
    found = find_passage(article.current_edition, anchor)
    if found is None:
        raise Http404
    if "json" in request.GET:
        return JsonResponse({"href": found.address, "exact": found.exact})
    return redirect(found.address)


@require_safe
@revalidated
@conditional_page
def citation(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The reference of the current edition as a file for reference managers: `bib`, `ris` or `json`."""
    found = _public_or_gone(slug)
    if found.state == State.WITHDRAWN or found.current_edition is None:
        return gone(request)
    edition = found.current_edition
    edition.article = found
    return download(request, edition, ending)


@require_safe
@never_cache
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as it would be published, for those who may read drafts; for anybody else there is nothing here."""
    if not may_read_drafts(request.user, Article):
        raise Http404
    found = get_object_or_404(Article, slug=slug)
    context = {"article": found, "edition": edition_of(found), "preview": True}
    response = render(request, "articles/article.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _public_or_gone(slug: str) -> Article:
    known: QuerySet[Article] = Article.objects.filter(state__in=[State.PUBLISHED, State.WITHDRAWN])
    return get_object_or_404(
        known.select_related("current_edition").defer("body", "current_edition__body"),
        slug=slug,
    )


def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "410.html", status=410)
