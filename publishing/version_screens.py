"""The screens of the history of a work: its acts, newest first, and one act with all that it changed, from where the
draft is put back to what it was. Documents and articles say of which rows they are made and how they are put back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing import screens
from publishing.acts import Part, acts, differences
from publishing.history import moment_of, stamp


@dataclass(frozen=True, slots=True)
class Versions:
    model: Any
    right: str
    """What those hold who see the history; the action asks for more."""
    parts: Callable[[Any], Sequence[Part]]
    put_back: Callable[[Any, Any, datetime], Any]
    """Called with the work, the user and the moment. Raises PermissionDenied or ValidationError."""
    consequence: str | Promise
    """What putting back writes, what it leaves alone, and how it is taken back."""
    done: str | Promise

    @property
    def name(self) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}"

    def urls(self, wrap: Any) -> list[URLPattern]:
        """`wrap` is that of the admin: no view is reached without an account of the staff."""
        kept = {"versions": self}
        return [
            path("<int:pk>/historique/", wrap(history), kept, name=f"{self.name}_versions"),
            path("<int:pk>/historique/<int:number>/", wrap(act), kept, name=f"{self.name}_act"),
        ]

    def found(self, request: HttpRequest, pk: int) -> Any:
        """The work, for those who may see its history. Raises PermissionDenied, Http404."""
        if not request.user.has_perm(self.right):
            raise PermissionDenied
        return get_object_or_404(self.model, pk=pk)

    def context(self, request: HttpRequest, work: Any, title: str, **context: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(request),
            "opts": self.model._meta,
            "work": work,
            "title": title,
            "screens": screens.links(request, work),
            "versions_name": f"admin:{self.name}_versions",
            "act_name": f"admin:{self.name}_act",
            **context,
        }


@require_http_methods(["GET"])
def history(request: HttpRequest, pk: int, versions: Versions) -> HttpResponse:
    work = versions.found(request, pk)
    until = request.GET.get("jusque", "")
    rows, older = acts(versions.parts(work), _moment(int(until)) if until.isdecimal() and len(until) < 19 else None)
    context = versions.context(request, work, _("Versions"), acts=rows, older=older and stamp(older))
    return render(request, "admin/publishing/versions.html", context)


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, number: int, versions: Versions) -> HttpResponse:
    """What one act changed; posted, the whole draft as it stood after it."""
    work = versions.found(request, pk)
    moment = _moment(number)
    if request.method == "POST":
        try:
            versions.put_back(work, request.user, moment)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, str(versions.done))
        return HttpResponseRedirect(reverse(f"admin:{versions.name}_versions", args=[work.pk]))
    shown, more = differences(versions.parts(work), moment)
    if not shown:
        raise Http404
    told = {"shown": shown, "more": more, "moment": moment, "consequence": versions.consequence}
    return render(request, "admin/publishing/act.html", versions.context(request, work, _("Une modification"), **told))


def _moment(number: int) -> datetime:
    """Raises Http404 for a number that is no moment."""
    try:
        return moment_of(number)
    except OverflowError:
        raise Http404 from None
