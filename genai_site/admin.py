"""Messages of readers and old addresses in the admin, keywords, and the titles of the admin itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from taggit.admin import TagAdmin
from taggit.models import Tag

from genai_site.links import broken_links
from genai_site.models import ContactMessage, OldAddress, PassageReport

# The log-in page has a site_name of its own, the host: the name of the site is set here instead.
admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("Bureau de la rédaction")


admin.site.unregister(Tag)


@admin.register(Tag)
class KeywordAdmin(TagAdmin):  # type: ignore[misc]  # The package has no types.
    """The package asks for no right before it merges keywords."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if not self.has_change_permission(request):
            actions.pop("render_tag_form", None)
        return actions

    def merge_tags_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        merged: HttpResponse = super().merge_tags_view(request)
        return merged


@admin.register(ContactMessage)
class ContactMessageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not generic when it runs.
    """What readers wrote stays as they wrote it; editors only note that they answered."""

    list_display = ["received_at", "name", "about", "answered"]
    list_display_links = ["received_at", "name", "about"]
    list_filter = ["answered", "received_at"]
    search_fields = ["name", "email", "subject", "message"]
    date_hierarchy = "received_at"
    fields = ["received_at", "name", "answer_to", "subject", "message", "origin", "answered"]
    readonly_fields = ["received_at", "name", "answer_to", "subject", "message", "origin"]
    actions = ["mark_answered"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Marquer comme répondu"), permissions=["change"])
    def mark_answered(self, request: HttpRequest, queryset: QuerySet[ContactMessage]) -> None:
        queryset.update(answered=True)

    @admin.display(description=_("objet"))
    def about(self, message: ContactMessage) -> str:
        return message.subject or message.message[:80]

    @admin.display(description=_("courriel"))
    def answer_to(self, message: ContactMessage) -> str:
        return format_html('<a href="mailto:{}">{}</a>', message.email, message.email)

    @admin.display(description=_("page d’origine"))
    def origin(self, message: ContactMessage) -> str:
        if message.page.startswith("/") and not message.page.startswith("//"):
            return format_html('<a href="{}">{}</a>', message.page, message.page)
        return message.page or "—"


@admin.register(PassageReport)
class PassageReportAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What readers reported stays as they wrote it; editors note that they dealt with it."""

    list_display = ["received_at", "state", "work", "quoted", "about"]
    list_display_links = ["received_at", "about"]
    list_filter = ["state", "received_at"]
    search_fields = ["work", "passage", "message", "email"]
    date_hierarchy = "received_at"
    fields = ["received_at", "work", "place", "passage", "message", "email", "state"]
    readonly_fields = ["received_at", "work", "place", "passage", "message", "email"]
    actions = ["mark_handled"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Marquer comme traité"), permissions=["change"])
    def mark_handled(self, request: HttpRequest, queryset: QuerySet[PassageReport]) -> None:
        queryset.update(state=PassageReport.State.HANDLED)

    @admin.display(description=_("passage"))
    def quoted(self, report: PassageReport) -> str:
        return report.passage[:80]

    @admin.display(description=_("l’erreur"))
    def about(self, report: PassageReport) -> str:
        return report.message[:80]

    @admin.display(description=_("page"))
    def place(self, report: PassageReport) -> str:
        return format_html('<a href="{}">{}</a>', report.link, report.link) if report.address else "—"


@admin.register(OldAddress)
class OldAddressAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Where old paths lead; its page of broken links says which paths published texts still use in vain."""

    list_display = ["path", "target"]
    search_fields = ["path", "target"]
    change_list_template = "admin/genai_site/oldaddress/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        name = "genai_site_oldaddress_broken"
        return [path("liens/", self.admin_site.admin_view(self.broken), name=name), *super().get_urls()]

    def broken(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        add = reverse("admin:genai_site_oldaddress_add")
        links: list[dict[str, Any]] = [
            {"page": link.page, "path": link.path, "map": f"{add}?{urlencode({'path': link.path})}"}
            for link in broken_links()
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Liens rompus"),
            "opts": self.opts,
            "links": links,
        }
        return TemplateResponse(request, "admin/genai_site/oldaddress/broken.html", context)
