"""The same search for editors, drafts included, in the admin: its results lead to the forms where texts are changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article
from genai_site.asked import LONGEST, Asked, read
from genai_site.draft_search import find_in_drafts
from genai_site.facets import facets_of, years_of
from genai_site.searching import ways
from search.results import Results, parse
from theses.models import Document, Section

VIEWED = (Article, Document, Section)
"""Drafts of articles and works are found together: only who may view all of them may search here."""


def may_search(request: HttpRequest) -> bool:
    return all(admin.site.get_model_admin(model).has_view_permission(request) for model in VIEWED)


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    if not may_search(request):
        raise PermissionDenied
    asked = read(request.GET)
    context: dict[str, Any] = {**admin.site.each_context(request), "title": _("Rechercher"), "longest": LONGEST}
    if asked.is_too_long:
        return TemplateResponse(request, "admin/search.html", {**context, "too_long": True}, status=400)
    context |= {"asked": asked, "works": []}
    if asked.text:
        results = find_in_drafts(parse(asked.text, **asked.filters), asked.page)
        context |= {"results": results, "works": editable(results, asked), "facets": facets_of(results, asked)}
        context |= {"years": years_of(results, asked), **ways(results, asked)}
    return TemplateResponse(request, "admin/search.html", context)


def editable(results: Results, asked: Asked) -> list[dict[str, Any]]:
    """The works with their hits, each with the address of the form that changes it."""
    slugs = {work.work for work in results.works}
    sections = {
        (slug, section): reverse("admin:theses_section_change", args=[pk])
        for slug, section, pk in Section.objects.filter(
            document__slug__in=slugs, slug__in={hit.anchor for work in results.works for hit in work.hits}
        ).values_list("document__slug", "slug", "pk")
    }
    forms = forms_of(slugs)
    return [
        {
            "found": work,
            "address": forms[work.work],
            "hits": [
                {"found": hit, "address": sections.get((work.work, hit.anchor), forms[work.work])} for hit in work.hits
            ],
            "more": f"?{asked.query(work=work.work)}",
        }
        for work in results.works
    ]


def forms_of(slugs: set[str]) -> dict[str, str]:
    """The form of each work."""
    found = {}
    for model, name in ((Article, "admin:articles_article_change"), (Document, "admin:theses_document_change")):
        for slug, pk in model._default_manager.filter(slug__in=slugs).values_list("slug", "pk"):
            found[slug] = reverse(name, args=[pk])
    return found
