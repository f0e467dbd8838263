"""The review of an upload: see what was read, correct it, confirm it or abandon it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.models import Article
from imports import facing, review, staging
from imports.actions.import_source import import_source, refuse_unreadable
from imports.actions.merge_source import may_be_merged_again
from imports.deciding import answered, decided_lines, listed
from imports.decisions import Decisions
from imports.forms import DecisionForm
from imports.notice import notice
from imports.publication import may_publish
from imports.recognising import mergeable, name_of, recognised
from imports.refusals import ImportRefused
from imports.reports import report
from imports.views.shared import already_imported, context_of, counted, lines_of, publish_and_say
from imports.views.staged import waiting_or_404
from manuscript.corrections import DEEPEST
from manuscript.model import Manuscript
from theses.models import Document, Section


@require_http_methods(["GET", "POST"])
def review_source(request: HttpRequest, token: str) -> HttpResponse:
    """See what was read; correct it; confirm."""
    waiting = waiting_or_404(request, token)
    staged, data, made = waiting.staged, waiting.data, waiting.decisions
    try:
        manuscript = waiting.read()
        refuse_unreadable(manuscript)
    except ImportRefused as refusal:
        staging.discard(request.user, token)
        messages.error(request, _("« %(name)s » : %(sentence)s") % {"name": staged.name, "sentence": refusal})
        return redirect("admin:imports_sourcefile_add")
    form = DecisionForm(manuscript, request.POST if request.method == "POST" else None, waiting.rows.get("fields"))
    if request.method == "POST" and form.is_valid():
        try:
            imported = import_source(
                data=data,
                name=staged.name,
                user=request.user,
                decisions=replace(form.decisions(), corrections=made.corrections, answers=made.answers),
                manuscript=manuscript,
            )
        except ImportRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            staging.discard(request.user, token)
            if imported.created:
                if "publish" not in request.POST or not publish_and_say(request, imported.source):
                    messages.success(request, _("« %s » est importé, en brouillon.") % imported.work)
            else:
                messages.warning(request, _("Ces octets étaient déjà importés : rien n’a changé."))
            return redirect("admin:imports_sourcefile_change", imported.source.pk)
    known = already_imported(manuscript.source.sha256)
    context = context_of(
        request,
        staged.name,
        form=form,
        staged=staged,
        known=known,
        known_again=known is not None and may_be_merged_again(known),
        notice=notice(manuscript),
        may_publish=may_publish(request.user, Article) or may_publish(request.user, Document),
        source_url=reverse("admin:imports_sourcefile_facing", args=[token]),
        decide_url=reverse("admin:imports_sourcefile_decide", args=[token]),
        answer_url=reverse("admin:imports_sourcefile_decide", args=[token]),
        merge_url=reverse("admin:imports_sourcefile_merge", args=[token]),
        **_works(request, manuscript, waiting.rows.get("work", "")),
        **_read_context(manuscript, lines_of(data), made, everything="tout" in request.GET),
    )
    return render(request, "admin/imports/sourcefile/review.html", context)


def _works(request: HttpRequest, manuscript: Manuscript, chosen: str) -> dict[str, Any]:
    """The works that this may be a new version of, those that look like it first."""
    works = mergeable(request.user)
    alike = recognised(manuscript, works)
    others = [work for work in works if work not in alike]
    return {
        "alike": alike,
        "works": [(name_of(work), str(work), name_of(work) == chosen) for work in (*alike, *others)],
    }


def _read_context(manuscript: Manuscript, lines: list[str], made: Decisions, *, everything: bool) -> dict[str, Any]:
    """What was read and what is decided about it, as the review shows them."""
    read = report(manuscript, [])
    return {
        "report": read,
        "counts": counted(read),
        "promises": read["promises"],
        "outline": review.outline(read["outline"], decided_lines(made, lines)),
        "severities": review.findings(
            read["findings"],
            lines,
            everything=everything,
            result=facing.Results(manuscript),
            verdicts=answered(made, manuscript.findings, lines),
        ),
        "decided": listed(made),
        "depths": range(1, DEEPEST + 1),
        "kinds": Section.Kind.choices,
    }


@require_GET
def facing_source(request: HttpRequest, token: str) -> HttpResponse:
    """The lines of the source beside what they became, a page at a time; `?ligne=` opens the page of that line."""
    waiting = waiting_or_404(request, token)
    lines = lines_of(waiting.data)
    paginator = Paginator(range(len(lines)), facing.LINES_A_PAGE)
    line = request.GET.get("ligne", "")
    marked = int(line) if line.isdecimal() and len(line) < 10 else 0
    page = paginator.get_page(facing.page_of(marked) if marked else request.GET.get("page"))
    context = context_of(
        request,
        _("Source et résultat"),
        staged=waiting.staged,
        page_obj=page,
        marked=marked,
        rows=facing.facing(
            lines, facing.Results(waiting.read()), page=page.number, decided=decided_lines(waiting.decisions, lines)
        ),
        decide_url=reverse("admin:imports_sourcefile_decide", args=[token]),
        depths=range(1, DEEPEST + 1),
        kinds=Section.Kind.choices,
    )
    return render(request, "admin/imports/sourcefile/facing.html", context)


@require_POST
def abandon(request: HttpRequest, token: str) -> HttpResponse:
    staged = waiting_or_404(request, token).staged
    staging.discard(request.user, token)
    messages.success(request, _("« %s » est abandonné : rien n’a été enregistré.") % staged.name)
    return redirect("admin:imports_sourcefile_add")
