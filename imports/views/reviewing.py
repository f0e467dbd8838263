"""The review of an upload: see what was read, correct it, confirm it or abandon it."""

from __future__ import annotations

from functools import lru_cache

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.models import Article
from imports import review, staging
from imports.actions.import_source import import_source, read_source, refuse_unreadable
from imports.forms import DecisionForm
from imports.notice import notice
from imports.publication import may_publish
from imports.refusals import ImportRefused
from imports.reports import report
from imports.staging import Staged
from imports.views.shared import already_imported, context_of, counted, importers_only, lines_of, publish_and_say
from manuscript.model import Manuscript
from theses.models import Document


@lru_cache(maxsize=4)
def _read(data: bytes, name: str) -> Manuscript:
    """A thesis takes a second or two to read, and its importer goes to and fro between its screens."""
    return read_source(data, name=name)


def _staged_or_404(request: HttpRequest, token: str) -> tuple[Staged, bytes]:
    importers_only(request)
    found = staging.unstage(request.user, token)
    if found is None:
        raise Http404(_("Ce fichier n’attend plus : il a été importé, abandonné, ou son délai est passé."))
    return found


@require_http_methods(["GET", "POST"])
def review_source(request: HttpRequest, token: str) -> HttpResponse:
    """See what was read; correct it; confirm."""
    staged, data = _staged_or_404(request, token)
    try:
        manuscript = _read(data, staged.name)
        refuse_unreadable(manuscript)
    except ImportRefused as refusal:
        staging.discard(request.user, token)
        messages.error(request, _("« %(name)s » : %(sentence)s") % {"name": staged.name, "sentence": refusal})
        return redirect("admin:imports_sourcefile_add")
    form = DecisionForm(manuscript, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            imported = import_source(
                data=data,
                name=staged.name,
                user=request.user,
                decisions=form.decisions(),
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
    read = report(manuscript, [])
    result = review.Results(manuscript)
    context = context_of(
        request,
        staged.name,
        form=form,
        staged=staged,
        known=already_imported(manuscript.source.sha256),
        report=read,
        counts=counted(read),
        notice=notice(manuscript),
        outline=review.outline(read["outline"]),
        severities=review.findings(read["findings"], lines_of(data), everything="tout" in request.GET, result=result),
        may_publish=may_publish(request.user, Article) or may_publish(request.user, Document),
        source_url=reverse("admin:imports_sourcefile_facing", args=[token]),
        lines_a_page=review.LINES_A_PAGE,
    )
    return render(request, "admin/imports/sourcefile/review.html", context)


@require_GET
def facing_source(request: HttpRequest, token: str) -> HttpResponse:
    """The lines of the source beside what they became, a page at a time; `?ligne=` opens the page of that line."""
    staged, data = _staged_or_404(request, token)
    manuscript = _read(data, staged.name)
    lines = lines_of(data)
    paginator = Paginator(range(len(lines)), review.LINES_A_PAGE)
    line = request.GET.get("ligne", "")
    marked = int(line) if line.isdecimal() and len(line) < 10 else 0
    page = paginator.get_page(review.page_of(marked) if marked else request.GET.get("page"))
    context = context_of(
        request,
        _("Source et résultat"),
        staged=staged,
        page_obj=page,
        marked=marked,
        rows=review.facing(lines, review.Results(manuscript), page=page.number),
    )
    return render(request, "admin/imports/sourcefile/facing.html", context)


@require_POST
def abandon(request: HttpRequest, token: str) -> HttpResponse:
    staged, _data = _staged_or_404(request, token)
    staging.discard(request.user, token)
    messages.success(request, _("« %s » est abandonné : rien n’a été enregistré.") % staged.name)
    return redirect("admin:imports_sourcefile_add")
