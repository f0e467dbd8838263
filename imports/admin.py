"""Sources in the admin: the list, and the way to the screens of `imports.views`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from imports.links import admin_link
from imports.models import SourceFile
from imports.views import deciding, merging, reviewing, sources, uploading


@admin.register(SourceFile)
class SourceFileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # It takes no argument at run time.
    list_display = ["name", "work_link", "size_shown", "imported_at", "imported_by"]
    list_filter = ["imported_at"]
    search_fields = ["name", "sha256", "article__title", "document__title"]
    list_select_related = ["article", "document", "imported_by"]
    date_hierarchy = "imported_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceFile]:
        return super().get_queryset(request).defer("report", "decisions")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A source as received is kept for ever."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Fichiers sources"), **(extra_context or {})})

    @admin.display(description=_("œuvre"))
    def work_link(self, source: SourceFile) -> str:
        work = source.work
        return format_html('<a href="{}">{}</a>', admin_link(work), work.title) if work else "—"

    @admin.display(description=_("taille"), ordering="size")
    def size_shown(self, source: SourceFile) -> str:
        return filesizeformat(source.size)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add/", view(uploading.upload), name="imports_sourcefile_add"),
            path("a-relire/<slug:token>/", view(reviewing.review_source), name="imports_sourcefile_review"),
            path("a-relire/<slug:token>/source/", view(reviewing.facing_source), name="imports_sourcefile_facing"),
            path("a-relire/<slug:token>/decisions/", view(deciding.decide), name="imports_sourcefile_decide"),
            path("a-relire/<slug:token>/fusion/", view(merging.merge_upload), name="imports_sourcefile_merge"),
            path("a-relire/<slug:token>/abandon/", view(reviewing.abandon), name="imports_sourcefile_abandon"),
            path("<int:pk>/change/", view(sources.show_report), name="imports_sourcefile_change"),
            path("<int:pk>/constats/", view(sources.answer), name="imports_sourcefile_answer"),
            path("<int:pk>/fichier/", view(sources.download), name="imports_sourcefile_download"),
            path("<int:pk>/publication/", view(sources.publish_source), name="imports_sourcefile_publish"),
            *super().get_urls(),
        ]
