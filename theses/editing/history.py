"""The history of a document and of one section: who, when, which parts, the difference by word, and putting back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing.acts import acts, difference, differences
from publishing.history import moment_of, stamp
from theses.actions.put_back import put_back, put_section_back
from theses.editing.shared import context_of, document_or_404
from theses.models import Document, Section
from theses.parts import PARTS, which

RIGHT = "theses.change_document"
VERSIONS = 20
"""Versions of a section on its page, each compared with the one before."""


@require_http_methods(["GET"])
def history(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk, RIGHT)
    until = request.GET.get("jusque", "")
    rows, older = acts(parts(document), _moment(int(until)) if until.isdecimal() and len(until) < 19 else None)
    context = context_of(request, document, _("Historique"), acts=rows, older=older and stamp(older))
    return render(request, "admin/theses/editing/history.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What one act changed; posted, the whole draft as it stood after it."""
    document = document_or_404(request, pk, RIGHT)
    moment = _moment(number)
    if request.method == "POST":
        try:
            put_back(document=document, user=_user(request), moment=moment)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Cette version est remise en place. « Annuler », dans le plan, la défait."))
        return HttpResponseRedirect(reverse("admin:theses_document_versions", args=[document.pk]))
    shown, more = differences(parts(document), moment)
    if not shown:
        raise Http404
    context = context_of(request, document, _("Une modification"), shown=shown, more=more, moment=moment)
    return render(request, "admin/theses/editing/act.html", context)


@require_http_methods(["GET", "POST"])
def section_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The last versions of one section, also of one that was deleted."""
    versions: Any = Section.history.model.objects.filter(id=pk).order_by("-history_id")
    last = versions.first()
    if last is None:
        raise Http404
    document = document_or_404(request, last.document_id, "theses.change_section")
    if request.method == "POST":
        number = request.POST.get("version", "")
        version = get_object_or_404(versions, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
        try:
            put_section_back(section_id=pk, user=_user(request), version_id=version.pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Cette version est remise en place."))
        return HttpResponseRedirect(request.path)
    found = list(versions.select_related("history_user")[: VERSIONS + 1])
    pairs = zip(found[:VERSIONS], [*found[1:], None], strict=False)
    shown = [difference(Section, version, old) for version, old in pairs]
    context = context_of(request, document, _("Historique de « %s »") % last.title, shown=shown, section=pk)
    return render(request, "admin/theses/editing/section_history.html", context)


def parts(document: Document) -> list[tuple[Any, dict[str, Any]]]:
    return [(model, which(model, document)) for model in (Document, *PARTS)]


def _moment(number: int) -> datetime:
    """Raises Http404 for a number that is no moment."""
    try:
        return moment_of(number)
    except OverflowError:
        raise Http404 from None


def _user(request: HttpRequest) -> User:
    """Only accounts of the staff come here."""
    return cast(User, request.user)


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    return [
        path("<int:pk>/historique/", wrap(history), name="theses_document_versions"),
        path("<int:pk>/historique/<int:number>/", wrap(act), name="theses_document_act"),
        path("section/<int:pk>/historique/", wrap(section_history), name="theses_section_versions"),
    ]
