"""Articles in the admin: their draft; publication goes through `articles.actions`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import comparing
from articles.actions.publish import publish
from articles.models import Article, ArticleContribution, ArticleEdition
from articles.rendering import render_body
from articles.screens import SCREENS
from publishing.admin import AI_FIELDSET, PublicationAdmin


class ContributionInline(admin.StackedInline):  # type: ignore[type-arg]
    model = ArticleContribution
    autocomplete_fields = ["author"]
    fields = [("author", "role", "position"), ("occupation", "organisation")]
    extra = 0


class EditionInline(admin.TabularInline):  # type: ignore[type-arg]
    """The editions, to look at: they never change."""

    model = ArticleEdition
    fk_name = "article"
    fields = ["number_shown", "published_at", "published_by", "change_note"]
    readonly_fields = ["number_shown", "published_at", "published_by", "change_note"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        return found.select_related("article", "published_by").defer("html", "body", "article__body")

    @admin.display(description=gettext_lazy("édition"))
    def number_shown(self, edition: ArticleEdition) -> str:
        return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), edition.number)


@admin.register(Article)
class ArticleAdmin(PublicationAdmin):
    screens = SCREENS
    search_fields = ["title", "slug", "description", "authors__name"]
    inlines = [ContributionInline, EditionInline]
    fieldsets = [
        (None, {"fields": ["version", "title", "slug", "description", "body"]}),
        (
            gettext_lazy("Image d’ouverture"),
            {"fields": ["hero_image", "hero_image_alt", "hero_image_name"]},
        ),
        (
            gettext_lazy("Notice"),
            {"fields": [("date", "date_precision"), "language", "tags", "featured"]},
        ),
        AI_FIELDSET,
    ]

    def get_urls(self) -> list[URLPattern]:
        return [*comparing.urls(self.admin_site.admin_view), *super().get_urls()]

    def publish_work(self, work: Any, user: User, change_note: str) -> None:
        publish(article=work, user=user, change_note=change_note)

    def problems(self, work: Any) -> list[str]:
        found = []
        if not work.body.strip():
            found.append(_("L’article n’a pas de texte."))
        if not work.ai_level:
            found.append(_("L’usage de l’intelligence artificielle n’est pas dit."))
        if work.date is None:
            found.append(_("L’article n’a pas de date."))
        if not work.contributions.exists():
            found.append(_("L’article n’a pas d’auteur."))
        if work.hero_image and not work.hero_image_alt.strip():
            found.append(_("L’image d’ouverture n’a pas de texte de remplacement."))
        if work.hero_image_name and not work.hero_image:
            found.append(_("L’image d’ouverture « %s » est à fournir.") % work.hero_image_name)
        return found + [problem.message for problem in render_body(work.body, work.language).problems]
