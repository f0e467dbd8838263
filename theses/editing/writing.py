"""What the field of a section asks the server for: its preview, and what its text can refer to."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from publishing.pictures import size_of, sizes_in
from publishing.rendering import FigureTarget, Piece, ReferenceTarget, Targets, render
from publishing.renditions import sources_of
from publishing.short_citation import short_citation
from theses.models import BibliographyEntry, Section

LONGEST = 1_000_000
MOST = 20
"""Rows that a picker shows."""
NOWHERE = "#top"
"""Where the links of a preview lead: it is one section, and the places are in others."""
_KEY = re.compile(r"\((cite|figure|section):([^)\s]{1,200})\)")
_TABLE = re.compile(
    r"^[ ]{0,3}:[ \t]+((?:Tableau|Table|Tab\.)[ \t]+([\w.-]*\w)[^\n]{0,200})", re.IGNORECASE | re.MULTILINE
)
_NOTE = re.compile(r"\[\^(\d{1,6})\]")
_ELSEWHERE = {"table-unknown", "page-unknown", "note-without-text", "anchor-unknown"}
"""Problems that a section alone cannot tell."""


def section_or_404(request: HttpRequest, pk: int) -> Section:
    if not request.user.has_perm("theses.change_section"):
        raise PermissionDenied
    sections = Section.objects.select_related("document").defer("body", "document__lead")
    found: Section = get_object_or_404(sections, pk=pk)
    return found


@never_cache
@require_POST
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it stands in the field, as its page will show it: six queries, whatever the work holds."""
    section = section_or_404(request, pk)
    body = request.POST.get("content", "")[:LONGEST]
    language = section.language or section.document.language
    rendered = render([Piece(body=body)], targets=targets_of(section, body), language=language)
    problems = [problem.message for problem in rendered.problems if problem.code not in _ELSEWHERE]
    if not problems:
        return HttpResponse(rendered.html)
    items = "".join(f"<li>{escape(message)}</li>" for message in problems[:50])
    return HttpResponse(f'{rendered.html}<aside class="problems"><p>{_("À vérifier :")}</p><ul>{items}</ul></aside>')


def targets_of(section: Section, body: str) -> Targets:
    """What the text names, of its own document: only those rows are read."""
    named: dict[str, set[str]] = {"cite": set(), "figure": set(), "section": set()}
    for kind, key in _KEY.findall(body):
        named[kind].add(key)
    document = section.document
    entries = document.bibliography.filter(key__in=named["cite"])
    sections = document.sections.filter(slug__in=named["section"]).values_list("slug", flat=True)
    pictures = sizes_in(body)
    figures, sizes = {}, dict(pictures)
    for row in document.figures.filter(key__in=named["figure"]):
        size = size_of(row.image) if row.image else None
        if size:
            sizes[row.image.url] = size
        figures[row.key] = FigureTarget(
            number=row.number,
            caption=row.caption,
            credit=row.credit,
            alt=row.alt,
            src=row.image.url if row.image else "",
            width=size[0] if size else None,
            height=size[1] if size else None,
            href=NOWHERE,
        )
    return Targets(
        figures=figures,
        references={row.key: ReferenceTarget(NOWHERE, row.raw or str(row)) for row in entries},
        sections=dict.fromkeys(sections, NOWHERE),
        pictures=pictures,
        sources=sources_of(sizes),
    )


@never_cache
@require_GET
def pick(request: HttpRequest, pk: int) -> JsonResponse:
    """`kind` is what is looked for, `q` what was typed: the rows that fit, each with the Markdown that it inserts."""
    section = section_or_404(request, pk)
    kind, words = request.GET.get("kind", ""), request.GET.get("q", "")[:200].split()[:8]
    if kind == "note":
        return JsonResponse({"next": next_note(section)})
    finder = PICKERS.get(kind)
    return JsonResponse({"found": finder(section, words)[:MOST] if finder else []})


def next_note(section: Section) -> int:
    """A label that no note of the document has."""
    bodies = section.document.sections.filter(body__contains="[^").values_list("body", flat=True)
    return max((int(label) for body in bodies.iterator(100) for label in _NOTE.findall(body)), default=0) + 1


def citations(section: Section, words: list[str]) -> list[dict[str, str]]:
    found = _holding(section.document.bibliography.all(), words, "raw", "key", "csl__title")[:MOST]
    return [
        _row(f"[{_plain(short_citation(row.csl, row.key))}](cite:{row.key})", str(row), _cited(row)) for row in found
    ]


def shown_figures(section: Section, words: list[str]) -> list[dict[str, str]]:
    return [_row(f"![](figure:{row.key})", str(row), row.credit) for row in _figures(section, words)]


def places(section: Section, words: list[str]) -> list[dict[str, str]]:
    """Sections, figures and tables, to be referred to in a sentence."""
    document = section.document
    headings = _holding(document.sections.defer("body"), words, "title", "number", "slug")[:MOST]
    found = [_row(f"[{_plain(str(row))}](section:{row.slug})", str(row), row.get_kind_display()) for row in headings]
    for figure in _figures(section, words):
        name = f"{_('Figure')} {figure.number}" if figure.number else _plain(figure.caption)[:60] or figure.key
        found.append(_row(f"[{name}](figure:{figure.key})", str(figure), _("Figure")))
    bodies = document.sections.filter(body__icontains=": tab").values_list("body", flat=True)
    for body in bodies.iterator(100):
        for caption, number in _TABLE.findall(body):
            if all(word.casefold() in caption.casefold() for word in words):
                found.append(_row(f"[{_('le tableau')} {number}](table:table-{number})", caption, _("Tableau")))
    # A heading of each kind of place is seen before the twentieth section.
    return found if len(words) else found[:12] + found[12:][-8:]


PICKERS: dict[str, Callable[[Section, list[str]], list[dict[str, str]]]] = {
    "cite": citations,
    "figure": shown_figures,
    "place": places,
}


def _figures(section: Section, words: list[str]) -> list[Any]:
    return list(_holding(section.document.figures.all(), words, "number", "caption", "key", "credit")[:MOST])


def _holding(rows: QuerySet[Any], words: list[str], *fields: str) -> QuerySet[Any]:
    """The rows in which each word stands in one of the fields."""
    for word in words:
        condition = Q()
        for name in fields:
            condition |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(condition)
    return rows


def _cited(entry: BibliographyEntry) -> str:
    return entry.raw[:160] if entry.raw != str(entry) else entry.key


def _row(insert: str, label: str, detail: str) -> dict[str, str]:
    return {"insert": insert, "label": label[:160], "detail": str(detail)}


def _plain(text: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", text)


def urls(wrap: Any) -> list[URLPattern]:
    return [
        path("<int:pk>/apercu-du-texte/", wrap(preview), name="theses_section_text_preview"),
        path("<int:pk>/choisir/", wrap(pick), name="theses_section_pick"),
    ]
