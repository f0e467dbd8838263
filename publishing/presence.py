"""Who has a text open: told to the second editor when the page opens, and while it stays open.

It locks nothing. What keeps two editors from overwriting each other is `publishing.editing.VersionedForm`.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from publishing.models import Presence

BEAT = datetime.timedelta(seconds=75)
"""A page that is open tells so every thirty seconds; two beats may be lost."""


def arrive(user: Any, row: Model) -> None:
    kind = ContentType.objects.get_for_model(row)
    Presence.objects.filter(seen_at__lt=timezone.now() - 10 * BEAT).delete()
    here, created = Presence.objects.get_or_create(kind=kind, key=row.pk, user=user)
    if not created:
        if here.seen_at < timezone.now() - BEAT:
            here.since = timezone.now()
        here.save()


def leave(user: Any, row: Model) -> None:
    kind = ContentType.objects.get_for_model(row)
    Presence.objects.filter(kind=kind, key=row.pk, user=user).delete()


def others(user: Any, row: Model) -> list[str]:
    """A sentence for each other person who has the page open."""
    kind = ContentType.objects.get_for_model(row)
    present = Presence.objects.filter(kind=kind, key=row.pk, seen_at__gte=timezone.now() - BEAT).exclude(user=user)
    return [
        _("%(name)s édite cette page depuis %(time)s.")
        % {
            "name": one.user.get_full_name() or one.user.get_username(),
            "time": time_format(timezone.localtime(one.since), "TIME_FORMAT"),
        }
        for one in present.select_related("user")[:10]
    ]


class PresenceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not generic when it runs.
    """The form of a row says who else has it open."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(never_cache(require_POST(self.present)))
        return [path("<int:pk>/presence/", view, name=f"{self._presence_name()}"), *super().get_urls()]

    def _presence_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_presence"

    def present(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(self.model._default_manager.only("pk"), pk=pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        if "leaves" in request.POST:
            leave(request.user, row)
            return HttpResponse(status=204)
        arrive(request.user, row)
        return JsonResponse({"others": others(request.user, row)})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None and self.has_change_permission(request, obj):
            arrive(request.user, obj)
            context["others"] = others(request.user, obj)
            context["presence_address"] = reverse(f"admin:{self._presence_name()}", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)
