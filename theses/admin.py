"""Long documents in the admin: their notice on one form, their editions; `theses.text_admin` has their text.

No form loads the whole text.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.actions.permission import may_publish
from publishing.admin import AI_FIELDSET, PublicationAdmin
from publishing.decisions import Decision
from theses import text_admin  # noqa: F401  # Registers sections, figures and references.
from theses.actions.publish import publish
from theses.actions.restore import restore
from theses.checking import problems
from theses.editing import comparing, history, outline, replacing
from theses.editing.screens import SCREENS
from theses.forms import AbstractForm
from theses.models import (
    Abstract,
    Document,
    DocumentContribution,
    DocumentEdition,
)

RESTORE = Decision(
    path="retablir",
    label=gettext_lazy("Rétablir…"),
    question=gettext_lazy("Montrer de nouveau cette édition ?"),
    consequence=gettext_lazy(
        "Les lecteurs verront cette édition à l’adresse du document. Le brouillon et les autres éditions restent "
        "ce qu’ils sont."
    ),
    done=gettext_lazy("L’édition %(work)s est rétablie."),
    fits=lambda work: True,
)


class ContributionInline(admin.TabularInline):  # type: ignore[type-arg]  # Not generic when it runs.
    model = DocumentContribution
    autocomplete_fields = ["author"]
    extra = 0


class AbstractInline(admin.StackedInline):  # type: ignore[type-arg]
    model = Abstract
    form = AbstractForm
    extra = 0


class EditionInline(admin.TabularInline):  # type: ignore[type-arg]
    """The editions, to look at: they never change."""

    model = DocumentEdition
    fk_name = "document"
    fields = readonly_fields = ("number_shown", "published_at", "published_by", "change_note")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("document", "published_by").defer("facts", "outline")

    @admin.display(description=gettext_lazy("édition"))
    def number_shown(self, edition: DocumentEdition) -> str:
        return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), edition.number)


@admin.register(Document)
class DocumentAdmin(PublicationAdmin):
    screens = SCREENS
    list_display = ["title", "kind", "state_shown", "language", "date", "updated_at", "links"]
    list_filter = ["kind", *PublicationAdmin.list_filter]
    search_fields = ["title", "subtitle", "slug", "authors__name"]
    inlines = [ContributionInline, AbstractInline, EditionInline]
    fieldsets = [
        (None, {"fields": ["version", "kind", "title", "subtitle", "slug", "lead"]}),
        (gettext_lazy("Couverture"), {"fields": ["cover_image", "cover_image_alt", "cover_image_name"]}),
        (
            gettext_lazy("Notice"),
            {
                "fields": [
                    ("date", "date_precision"),
                    "language",
                    ("institution", "programme"),
                    "licence",
                    ("doi", "isbn"),
                    "tags",
                    "featured",
                ]
            },
        ),
        (gettext_lazy("Lecture"), {"fields": ["page_depth"]}),
        AI_FIELDSET,
    ]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = (outline, history, comparing, replacing)
        return [*(each for module in own for each in module.urls(wrap)), *super().get_urls()]

    @admin.display(description=gettext_lazy("voir"))
    def links(self, work: Any) -> str:
        plan = reverse("admin:theses_document_outline", args=[work.pk])
        return format_html('<a href="{}">{}</a> · {}', plan, _("Plan"), super().links(work))

    def publish_work(self, work: Any, user: User, change_note: str) -> None:
        publish(document=work, user=user, change_note=change_note)

    def problems(self, work: Any) -> list[str]:
        return problems(work)


@admin.register(DocumentEdition)
class DocumentEditionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The editions of all documents, to look at and to put back before readers."""

    list_display = ["title", "number", "is_current", "published_at", "published_by", "change_note", "renderer", "links"]
    list_filter = [("document", admin.RelatedOnlyFieldListFilter), "renderer"]
    search_fields = ["title", "change_note"]
    list_select_related = ["document", "published_by"]
    fields = readonly_fields = ("document", "number", "published_at", "published_by", "change_note", "renderer")
    ordering = ["-published_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("facts", "outline")

    def get_urls(self) -> list[URLPattern]:
        name = "theses_documentedition_restore"
        return [
            path("<int:pk>/retablir/", self.admin_site.admin_view(self.restore_edition), name=name),
            *super().get_urls(),
        ]

    def restore_edition(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_publish(request.user, Document):  # type: ignore[arg-type]
            raise PermissionDenied
        edition = get_object_or_404(DocumentEdition.objects.select_related("document"), pk=pk)
        address = reverse("admin:theses_document_change", args=[edition.document_id])
        if request.method == "POST":
            try:
                restore(edition=edition, user=request.user)  # type: ignore[arg-type]
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, RESTORE.done % {"work": edition.number})
            return HttpResponseRedirect(address)
        context = {
            **self.admin_site.each_context(request),
            "title": RESTORE.question,
            "opts": self.opts,
            "decision": RESTORE,
            "form": RESTORE.form(),
            "works": [{"work": edition, "address": address, "state": edition.document.get_state_display()}],
        }
        return TemplateResponse(request, "admin/publishing/decide.html", context)

    @admin.display(description=gettext_lazy("lue"), boolean=True)
    def is_current(self, edition: DocumentEdition) -> bool:
        return edition.document.is_public and edition.document.current_edition_id == edition.pk

    @admin.display(description=gettext_lazy("voir"))
    def links(self, edition: DocumentEdition) -> str:
        shown = format_html('<a href="{}">{}</a>', edition.get_absolute_url(), _("Page"))
        if self.is_current(edition):
            return shown
        address = reverse("admin:theses_documentedition_restore", args=[edition.pk])
        return format_html('{} · <a href="{}">{}</a>', shown, address, RESTORE.label)
