"""The screen that compares two editions of a work, or an edition with the draft; documents and articles say how each
is read, by a function that makes a `Side`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from publishing import screens
from publishing.actions.permission import may_read_drafts
from publishing.comparing.comparison import compare
from publishing.comparing.sides import Side
from publishing.models import Publication

DRAFT = "brouillon"
A_PAGE = 50
"""Differences of the text on one page; the words of no others are compared."""
NAMED = ("number", "published_at", "change_note")
MOST = 200
"""Headings, figures and answers on the use of AI that are told one by one."""


def comparison_address(work: Publication) -> str:
    """Where the current edition of a work is compared with its draft; empty where there is no edition."""
    if not getattr(work, "current_edition_id", None):
        return ""
    return reverse(f"admin:{work._meta.app_label}_{work._meta.model_name}_compare", args=[work.pk])


def require_reader(request: HttpRequest, model: type[Publication]) -> None:
    """Raises PermissionDenied for those who may neither see nor change works of this kind in the admin."""
    if not may_read_drafts(request.user, model):
        raise PermissionDenied


def comparison_screen(
    request: HttpRequest, *, work: Publication, editions: QuerySet[Any], side: Callable[[Any], Side]
) -> HttpResponse:
    """`side` is given an edition, whole, or None for the draft. Raises Http404 for an edition that is none."""
    known = {str(row.number): row for row in editions.only(*NAMED).order_by("-number")}
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "opts": work._meta,
        "work": work,
        "title": _("Comparer"),
        "screens": screens.links(request, work),
        "choices": [(DRAFT, _("Brouillon d’aujourd’hui")), *((key, _label(row)) for key, row in known.items())],
        "known": bool(known),
    }
    if known:
        current = getattr(work, "current_edition_id", None)
        default = next((key for key, row in known.items() if row.pk == current), next(iter(known)))
        chosen = request.GET.get("de") or default, request.GET.get("a") or DRAFT
        old, new = (side(None if key == DRAFT else _chosen(editions, known, key)) for key in chosen)
        found = compare(old, new)
        page = Paginator(found.rows, A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "chosen_old": chosen[0],
            "chosen_new": chosen[1],
            "same_choice": chosen[0] == chosen[1],
            "found": found,
            "outline": found.outline[:MOST],
            "outline_more": max(0, len(found.outline) - MOST),
            "figures": found.figures[:MOST],
            "figures_more": max(0, len(found.figures) - MOST),
            "answers": found.answers[:MOST],
            "answers_more": max(0, len(found.answers) - MOST),
            "markup": found.markup[:A_PAGE],
            "markup_more": max(0, len(found.markup) - A_PAGE),
            "page_obj": page,
            "last": len(found.rows),
        }
    return render(request, "admin/publishing/compare.html", context)


def _chosen(editions: QuerySet[Any], known: dict[str, Any], key: str) -> Any:
    if key not in known:
        raise Http404
    return editions.get(pk=known[key].pk)


def _label(edition: Any) -> str:
    day = date_format(timezone.localtime(edition.published_at), "SHORT_DATE_FORMAT")
    label = _("Édition %(number)d, %(day)s") % {"number": edition.number, "day": day}
    return f"{label}\u202f: {Truncator(edition.change_note).chars(60)}" if edition.change_note else label
