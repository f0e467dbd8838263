"""The first screen of an import: which files."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from imports import staging
from imports.actions.import_source import refuse_at_sight, too_large
from imports.actions.merge_source import may_be_merged_again
from imports.forms import UploadForm
from imports.refusals import ImportRefused
from imports.staging import Staged
from imports.views.shared import already_imported, context_of, importers_only

UPLOAD_MAX_SIZE = 5 * settings.SOURCE_MAX_SIZE
"""Bytes of one upload, all its files together."""


# The size is looked at before the check of the token, which would already read the whole request.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    importers_only(request)
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
            refuse_at_sight(data)
            known = already_imported(hashlib.sha256(data).hexdigest())
            if known is not None and not may_be_merged_again(known):
                raise ImportRefused(_("déjà importé : « %s ». Rien n’a changé.") % known.work)
            staged.append(staging.stage(request.user, name=file.name or "", data=data))
        except ImportRefused as refusal:
            problems.append(_("« %(name)s » : %(sentence)s") % {"name": file.name, "sentence": refusal})
    return staged, problems


def _upload_page(request: HttpRequest, problems: list[str], status: int = 200) -> HttpResponse:
    if problems and _wants_json(request):
        return JsonResponse({"errors": problems}, status=status)
    context = context_of(
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
