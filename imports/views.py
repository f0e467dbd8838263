"""The screens of an import: upload, review, confirm or abandon, report, download. All stand within the Django admin."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from articles.models import Article
from imports import review, staging
from imports.actions.import_source import import_source, read_source, refuse_unreadable, too_large
from imports.forms import DecisionForm, UploadForm
from imports.links import admin_link, preview_link
from imports.models import SourceFile
from imports.notice import notice
from imports.publication import may_publish, publish
from imports.refusals import ImportRefused
from imports.reports import count_labels, report
from imports.staging import Staged
from manuscript.decoding import decode
from manuscript.model import Manuscript
from theses.models import Document

UPLOAD_MAX_SIZE = 5 * settings.SOURCE_MAX_SIZE
"""Bytes of one upload, all its files together."""


def _context(request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "opts": SourceFile._meta, "title": title, **context}


def _importers_only(request: HttpRequest) -> None:
    if not request.user.has_perm("imports.add_sourcefile"):
        raise PermissionDenied


# The size is looked at before the check of the token, which would already read the whole request.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    _importers_only(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > UPLOAD_MAX_SIZE:
        limit = UPLOAD_MAX_SIZE // (1024 * 1024)
        return _upload_page(
            request, [_("Cet envoi dépasse %d Mo en tout : envoyez moins de fichiers à la fois.") % limit], 413
        )
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _upload_page(request, [])
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, [str(error) for errors in form.errors.values() for error in errors], 400)
    staged, problems = _stage_all(request, form.cleaned_data["sources"])
    if not staged:
        return _upload_page(request, problems, 400)
    for problem in problems:
        messages.error(request, problem)
    if len(staged) == 1 and not problems:
        address = reverse("admin:imports_sourcefile_review", args=[staged[0].token])
    else:
        address = reverse("admin:imports_sourcefile_add")
    return JsonResponse({"location": address}) if _wants_json(request) else HttpResponseRedirect(address)


def _stage_all(request: HttpRequest, files: list[UploadedFile[Any]]) -> tuple[list[Staged], list[str]]:
    """What was put aside, and a sentence for each file that was not."""
    staged, problems = [], []
    for file in files:
        try:
            if (file.size or 0) > settings.SOURCE_MAX_SIZE:
                raise ImportRefused(too_large(file.size or 0))
            data = file.read()
            manuscript = read_source(data, name=file.name or "")
            refuse_unreadable(manuscript)
            known = _already_imported(manuscript)
            if known is not None:
                raise ImportRefused(_("déjà importé : « %s ». Rien n’a changé.") % known.work)
            staged.append(staging.stage(request.user, name=file.name or "", data=data))
        except ImportRefused as refusal:
            problems.append(_("« %(name)s » : %(sentence)s") % {"name": file.name, "sentence": refusal})
    return staged, problems


def _already_imported(manuscript: Manuscript) -> SourceFile | None:
    source = SourceFile.objects.select_related("article", "document").filter(sha256=manuscript.source.sha256).first()
    return source if source is not None and source.work is not None else None


def _upload_page(request: HttpRequest, problems: list[str], status: int = 200) -> HttpResponse:
    if problems and _wants_json(request):
        return JsonResponse({"errors": problems}, status=status)
    context = _context(
        request,
        _("Importer des fichiers"),
        form=UploadForm(),
        problems=problems,
        waiting=staging.waiting(request.user),
        limit=settings.SOURCE_MAX_SIZE,
        hours=int(staging.LIFETIME.total_seconds() // 3600),
    )
    return render(request, "admin/imports/sourcefile/upload.html", context, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _staged_or_404(request: HttpRequest, token: str) -> tuple[Staged, bytes]:
    _importers_only(request)
    found = staging.unstage(request.user, token)
    if found is None:
        raise Http404(_("Ce fichier n’attend plus : il a été importé, abandonné, ou son délai est passé."))
    return found


@require_http_methods(["GET", "POST"])
def review_source(request: HttpRequest, token: str) -> HttpResponse:
    """See what was read; correct it; confirm."""
    staged, data = _staged_or_404(request, token)
    manuscript = read_source(data, name=staged.name)
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
                if "publish" not in request.POST or not _publish(request, imported.source):
                    messages.success(request, _("« %s » est importé, en brouillon.") % imported.work)
            else:
                messages.warning(request, _("Ces octets étaient déjà importés : rien n’a changé."))
            return redirect("admin:imports_sourcefile_change", imported.source.pk)
    read = report(manuscript, [])
    result = review.Results(manuscript)
    context = _context(
        request,
        staged.name,
        form=form,
        staged=staged,
        known=_already_imported(manuscript),
        report=read,
        counts=_counts(read),
        notice=notice(manuscript),
        outline=review.outline(read["outline"]),
        severities=review.findings(read["findings"], _lines(data), everything="tout" in request.GET, result=result),
        may_publish=may_publish(request.user, Article) or may_publish(request.user, Document),
        source_url=reverse("admin:imports_sourcefile_facing", args=[token]),
        lines_a_page=review.LINES_A_PAGE,
    )
    return render(request, "admin/imports/sourcefile/review.html", context)


@require_GET
def facing_source(request: HttpRequest, token: str) -> HttpResponse:
    """The lines of the source beside what they became, a page at a time; `?ligne=` opens the page of that line."""
    staged, data = _staged_or_404(request, token)
    manuscript = read_source(data, name=staged.name)
    lines = _lines(data)
    paginator = Paginator(range(len(lines)), review.LINES_A_PAGE)
    line = request.GET.get("ligne", "")
    marked = int(line) if line.isdecimal() and len(line) < 10 else 0
    page = paginator.get_page(review.page_of(marked) if marked else request.GET.get("page"))
    context = _context(
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


@require_GET
def show_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a source that was imported."""
    source = _source_or_404(request, pk)
    work = source.work
    stored = source.report or {"counts": {}, "findings": [], "outline": [], "remarks": []}
    context = _context(
        request,
        source.name,
        source=source,
        original=source,
        work=work,
        work_admin=admin_link(work) if work and _may_change(request, work) else "",
        work_preview=preview_link(work) if work and _may_change(request, work) else "",
        may_publish=work is not None and not work.is_public and may_publish(request.user, type(work)),
        report=stored,
        counts=_counts(stored),
        outline=review.outline(stored["outline"]),
        severities=review.findings(stored["findings"], _lines(_bytes(source)), everything="tout" in request.GET),
        waiting=staging.waiting(request.user),
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
def publish_source(request: HttpRequest, pk: int) -> HttpResponse:
    source = _source_or_404(request, pk)
    _publish(request, source)
    return redirect("admin:imports_sourcefile_change", source.pk)


def _publish(request: HttpRequest, source: SourceFile) -> bool:
    """Publish the work of a source, say what came of it, and tell whether it is public now."""
    work = source.work
    if work is None:
        return False
    try:
        # Only accounts of the staff come here.
        publish(work=work, user=cast(User, request.user))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    except PermissionDenied:
        messages.error(request, _("Votre compte ne permet pas de publier."))
    else:
        page = format_html('<a href="{}">{}</a>', work.get_absolute_url(), _("voir la page"))
        messages.success(request, format_html(_("« {} » est publié : {}."), work.title, page))
        return True
    return False


def _source_or_404(request: HttpRequest, pk: int) -> SourceFile:
    if not request.user.has_perm("imports.view_sourcefile"):
        raise PermissionDenied
    return get_object_or_404(SourceFile.objects.select_related("article", "document", "imported_by"), pk=pk)


def _may_change(request: HttpRequest, work: Any) -> bool:
    return request.user.has_perm(f"{work._meta.app_label}.change_{work._meta.model_name}")


def _counts(read: dict[str, Any]) -> list[tuple[str, int]]:
    return [(label, read["counts"].get(name, 0)) for name, label in count_labels().items()]


def _lines(data: bytes) -> list[str]:
    return decode(data).text.split("\n")


def _bytes(source: SourceFile) -> bytes:
    try:
        with source.file.open("rb") as file:
            data: bytes = file.read(settings.SOURCE_MAX_SIZE)
            return data
    except FileNotFoundError:
        return b""
