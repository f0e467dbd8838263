"""Long documents in the admin: their notice on one form, their editions; `theses.text_admin` has their text.

No form loads the whole text.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.forms import BaseInlineFormSet, ModelForm
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import edition_admin
from publishing.admin import AI_FIELDSET, PublicationAdmin
from publishing.progress import Tell
from theses import text_admin  # noqa: F401  # Registers sections, figures and references.
from theses.actions.make_draft import has_notice, make_draft
from theses.actions.publish import publish
from theses.actions.restore import restore
from theses.editing import comparing, disclosing, history, outline, replacing
from theses.editing.screens import SCREENS
from theses.forms import AbstractForm
from theses.models import (
    Abstract,
    Document,
    DocumentContribution,
    DocumentEdition,
)
from theses.parts import RIGHTS


class ContributionFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # Not generic when it runs.
    """The heads of the columns name the fields for the eye only: each field says its name itself."""

    def add_fields(self, form: ModelForm[Any], index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.label:
                field.widget.attrs["aria-label"] = capfirst(field.label)


class ContributionInline(admin.TabularInline):  # type: ignore[type-arg]  # Not generic when it runs.
    model = DocumentContribution
    formset = ContributionFormSet
    autocomplete_fields = ["author"]
    extra = 0


class AbstractInline(admin.StackedInline):  # type: ignore[type-arg]
    model = Abstract
    form = AbstractForm
    extra = 0


class EditionInline(edition_admin.EditionInline):
    model = DocumentEdition
    fk_name = work = "document"
    rights = RIGHTS


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
        own = (outline, disclosing, history, comparing, replacing)
        return [*(each for module in own for each in module.urls(wrap)), *super().get_urls()]

    @admin.display(description=gettext_lazy("voir"))
    def links(self, work: Any) -> str:
        plan = reverse("admin:theses_document_outline", args=[work.pk])
        return format_html('<a href="{}">{}</a> · {}', plan, _("Plan"), super().links(work))

    def publish_work(self, work: Any, user: User, change_note: str, tell: Tell) -> None:
        publish(document=work, user=user, change_note=change_note, progress=partial(tell, work.title))


@admin.register(DocumentEdition)
class DocumentEditionAdmin(edition_admin.EditionAdmin):
    work = "document"
    rights = RIGHTS
    list_filter = [("document", admin.RelatedOnlyFieldListFilter), "renderer"]
    restore = staticmethod(restore)
    make_draft = staticmethod(make_draft)
    has_notice = staticmethod(has_notice)
