"""The sources that were imported: report, download, publication."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from imports import review, staging
from imports.actions.answer_findings import answer_findings, may_answer
from imports.deciding import listed
from imports.decisions import Decisions
from imports.links import admin_link, preview_link
from imports.models import SourceFile
from imports.publication import may_publish
from imports.views.deciding import VERDICTS
from imports.views.shared import context_of, counted, lines_of, publish_and_say
from publishing import screens
from publishing.actions.permission import may_edit, may_read_drafts


@require_GET
def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a source that was imported."""
    source = _source_or_404(request, pk)
    work = source.work
    decisions = Decisions.from_json(source.decisions)
    user = cast(User, request.user)
    stored = source.report or {"counts": {}, "findings": [], "outline": [], "remarks": []}
    context = context_of(
        request,
        source.name,
        source=source,
        original=source,
        work=work,
        work_admin=admin_link(work) if work and may_edit(user, work) else "",
        work_preview=preview_link(work) if work and may_read_drafts(user, type(work)) else "",
        may_publish=work is not None and not work.is_public and may_publish(request.user, type(work)),
        report=stored,
        counts=counted(stored),
        outline=review.outline(stored["outline"]),
        promises=stored.get("promises", {}),
        decided=listed(decisions),
        answer_url=reverse("admin:imports_sourcefile_answer", args=[pk]) if may_answer(user, source) else "",
        severities=review.findings(
            stored["findings"],
            lines_of(_bytes(source)),
            everything="tout" in request.GET,
            verdicts={(row.code, row.line): row.verdict.value for row in decisions.answers},
        ),
        waiting=staging.waiting(request.user),
        screens=screens.links(request, work) if work else [],
    )
    return render(request, "admin/imports/sourcefile/report.html", context)


@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes as received: always as a file to keep, never as something that a browser would show or run."""
    source = _source_or_404(request, pk)
    try:
        file = source.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("Le fichier source n’est plus dans le dépôt des sources.")) from None
    return FileResponse(file, as_attachment=True, filename=source.name, content_type="application/octet-stream")


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """`what` is `accept` or `dismiss`, with a code behind a colon for all its findings; else those that are ticked."""
    source = _source_or_404(request, pk)
    word, _colon, code = request.POST.get("what", "").partition(":")
    ticked = set(request.POST.getlist("findings"))
    keys = [
        (row["code"], row["line"])
        for row in source.report.get("findings", ())
        if (row["code"] == code if code else f"{row['line']}:{row['code']}" in ticked)
    ]
    count = 0
    if word in VERDICTS:
        count = answer_findings(source=source, user=cast(User, request.user), keys=keys, verdict=VERDICTS[word])
    if count:
        messages.success(request, ngettext("%d constat traité.", "%d constats traités.", count) % count)
    else:
        messages.warning(request, _("Rien n’a changé : cochez d’abord ce que la décision concerne."))
    return redirect(f"{reverse('admin:imports_sourcefile_change', args=[source.pk])}#findings")


@require_POST
def publish_source(request: HttpRequest, pk: int) -> HttpResponse:
    source = _source_or_404(request, pk)
    if source.work is not None and not may_publish(request.user, type(source.work)):
        raise PermissionDenied
    publish_and_say(request, source)
    return redirect("admin:imports_sourcefile_change", source.pk)


def _source_or_404(request: HttpRequest, pk: int) -> SourceFile:
    if not request.user.has_perm("imports.view_sourcefile"):
        raise PermissionDenied
    return get_object_or_404(SourceFile.objects.select_related("article", "document", "imported_by"), pk=pk)


def _bytes(source: SourceFile) -> bytes:
    try:
        with source.file.open("rb") as file:
            data: bytes = file.read(settings.SOURCE_MAX_SIZE)
            return data
    except FileNotFoundError:
        return b""
