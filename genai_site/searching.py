"""The search page for readers, the suggestions under its field, and the description by which browsers add it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.models import Article
from genai_site.asked import LONGEST, Asked, read
from genai_site.facets import facets_of, years_of
from genai_site.guard import allowed
from genai_site.published import listed
from search.find import find
from search.marking import terms
from search.models import IndexedUnit
from search.results import Hit, Results, Suggestion, WorkHits, parse
from search.suggest import suggest
from theses.models import Document, Passage

SHORTEST, MOST = 2, 8
"""Letters after which suggestions are made, and how many are shown."""
PLAIN = {"text", "heading", "work"}
"""Kinds of passages that need no name."""
DETAILS = {"person": gettext_lazy("Personne"), "tag": gettext_lazy("Mot-clé")}
"""What suggestions are, where no work says it."""
KINDS = {**dict(Passage.Kind.choices), **dict(IndexedUnit.Kind.choices)}
WORKS = {**dict(Document.Kind.choices), "article": gettext_lazy("Article")}
"""What the index names by codes, in the language of the interface."""
QUOTES = re.compile('["«»“”]')
OPENSEARCH = "application/opensearchdescription+xml"
A_MINUTE = 90
"""Requests for suggestions a minute from one address: a fast writer needs some thirty."""
OTHERS = 12
"""Works and keywords that an empty page offers."""

revalidated = cache_control(public=True, no_cache=True)


@require_safe
@revalidated
def search(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET)
    if asked.is_too_long:
        context = {"asked": Asked(), "longest": LONGEST, "searching": True, "too_long": True}
        return render(request, "search.html", context, status=400)
    context = {"asked": asked, "longest": LONGEST, "searching": True, "kept": asked.query()}
    results = find(parse(asked.text, **asked.filters), asked.page) if asked.text else None
    context |= {"facets": facets_of(results, asked), "years": years_of(results, asked), **ways(results, asked)}
    if results is not None:
        context |= {"results": results, "works": shown(results, asked)}
        context |= {"alone": [(word, f"?{asked.query(text=word)}") for word in results.alone]}
    if results is None or not results.total:
        context |= offers()
    return render(request, "search.html", context)


def shown(results: Results, asked: Asked) -> list[dict[str, Any]]:
    """The works with their hits, each with the address at which the page opens with the hit marked."""
    return [
        {
            "found": work,
            "kind": str(WORKS.get(work.kind, work.kind_label)),
            "address": localised(work.href),
            "hits": [_hit(hit, work, asked) for hit in work.hits],
            "more": f"?{asked.query(work=work.work)}",
        }
        for work in results.works
    ]


def _hit(hit: Hit, work: WorkHits, asked: Asked) -> dict[str, Any]:
    *above, title = hit.heading_path or (work.title,)
    kind = "" if hit.kind in PLAIN else str(KINDS.get(hit.kind, ""))
    return {"found": hit, "address": marked(hit.href, asked.text), "above": above, "title": title, "kind": kind}


def ways(results: Results | None, asked: Asked) -> dict[str, str]:
    """The addresses of the pages before and after, without the filters, and with the proposal."""
    found = {}
    if asked.filters:
        found["without_filters"] = f"?{Asked(asked.text).query()}"
    if asked.year_from or asked.year_to:
        found["without_years"] = f"?{asked.query(year_from=None, year_to=None)}"
    if results is None:
        return found
    if results.page > 1:
        found["previous"] = f"?{asked.query(page=results.page - 1)}"
    if results.page < results.pages:
        found["next"] = f"?{asked.query(page=results.page + 1)}"
    if results.proposal:
        found["proposal"] = f"?{asked.query(text=results.proposal)}"
    if not results.total and results.query.phrases:
        found["unquoted"] = f"?{asked.query(text=' '.join(QUOTES.sub(' ', asked.text).split()))}"
    return found


def offers() -> dict[str, Any]:
    """What the site has, for who asked nothing or found nothing: works, and keywords of what is published."""
    documents = list(listed(Document.objects.published()).order_by("-featured", "-first_published_at", "-pk")[:OTHERS])
    articles = list(listed(Article.objects.published())[:OTHERS])
    tags = {
        tag["slug"]: tag
        for work in [*documents, *articles]
        for tag in work.current_edition.facts.get("tags", [])
        if tag.get("slug")
    }
    return {"documents": documents, "tags": list(tags.values())[:OTHERS]}


def localised(href: str) -> str:
    """A path of the site in the language of the interface."""
    return f"/en{href}" if get_language() == "en" else href


def marked(href: str, text: str) -> str:
    """The address that opens a page at a passage, and tells the scripts of the page which words to mark there."""
    path, hash_, anchor = localised(href).partition("#")
    return f"{path}?{urlencode({'q': text})}{hash_}{anchor}"


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Titles, people and keywords that begin as what is typed, as JSON; 429 where one address asks too often."""
    if not allowed(request, "suggestions", most=A_MINUTE, seconds=60):
        answer = JsonResponse({"suggestions": [], "error": _("Trop de demandes : patientez une minute.")}, status=429)
        answer.headers["Retry-After"] = "60"
        answer.headers["Cache-Control"] = "no-store"
        return answer
    text = read(request.GET).text
    found = suggest(text, MOST) if SHORTEST <= len(text) <= LONGEST else ()
    answer = JsonResponse({"suggestions": [_told(suggestion, text) for suggestion in found[:MOST]]})
    # A reader who deletes a letter finds the same list again; what is withdrawn is gone within the minute.
    answer.headers["Cache-Control"] = "private, max-age=60"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _told(suggestion: Suggestion, text: str) -> dict[str, str]:
    # In the title of a section, what was typed is marked when the page opens.
    address = marked(suggestion.href, text) if suggestion.kind == "section" else localised(suggestion.href)
    detail = suggestion.detail or str(DETAILS.get(suggestion.kind, ""))
    if suggestion.kind == "work":
        detail = str(WORKS.get(detail, detail))
    return {"kind": suggestion.kind, "label": suggestion.label, "detail": detail, "href": address}


@require_safe
@cache_control(public=True, max_age=300)
def search_terms(request: HttpRequest) -> JsonResponse:
    """The folded words that the search looks for, as JSON, so that a page can mark them."""
    asked = read(request.GET)
    found = [] if asked.is_too_long else terms(parse(asked.text))
    answer = JsonResponse({"terms": list(found)})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@cache_control(public=True, max_age=86400)
def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description, with which a browser adds the search of this site to its own."""
    context = {"origin": request.build_absolute_uri("/").rstrip("/")}
    return render(
        request, "opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8"
    )
