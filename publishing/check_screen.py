"""The screen « Contrôle »: what stands between a draft and its publication, each with the way to where it is mended."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import checks, screens
from publishing.actions.permission import may_publish
from publishing.comparing.screen import require_reader
from publishing.decisions import DECISIONS
from publishing.models import Publication


def check_address(work: Publication) -> str:
    return reverse(f"admin:{work._meta.app_label}_{work._meta.model_name}_check", args=[work.pk])


def urls(model: type[Publication], wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""

    @require_safe
    def check(request: HttpRequest, pk: int) -> HttpResponse:
        return check_screen(request, model, pk)

    return [path("<int:pk>/controle/", wrap(check), name=f"{model._meta.app_label}_{model._meta.model_name}_check")]


def check_screen(request: HttpRequest, model: type[Publication], pk: int) -> HttpResponse:
    """Raises PermissionDenied for those who may not see works of this kind, Http404."""
    require_reader(request, model)
    work = get_object_or_404(model._default_manager, pk=pk)
    publish = reverse(f"admin:{work._meta.app_label}_{work._meta.model_name}_publish")
    may = may_publish(request.user, model) and DECISIONS["publish"].fits(work)  # type: ignore[arg-type]
    context = {
        **admin.site.each_context(request),
        "opts": work._meta,
        "work": work,
        "title": _("Contrôle"),
        "screens": screens.links(request, work),
        "report": checks.report(work),
        "publish_address": f"{publish}?pk={work.pk}" if may else "",
    }
    return render(request, "admin/publishing/check.html", context)
