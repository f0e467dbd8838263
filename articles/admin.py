"""Articles in the admin: their draft; publication goes through `articles.actions`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import URLPattern
from django.utils.translation import gettext_lazy

from articles import comparing
from articles.actions.make_draft import make_draft
from articles.actions.publish import publish
from articles.actions.restore import restore
from articles.models import Article, ArticleContribution, ArticleEdition
from articles.parts import RIGHTS
from articles.screens import SCREENS
from articles.versions import VERSIONS
from publishing import edition_admin
from publishing.admin import AI_FIELDSET, PublicationAdmin
from publishing.progress import Tell


class ContributionInline(admin.StackedInline):  # type: ignore[type-arg]
    model = ArticleContribution
    autocomplete_fields = ["author"]
    fields = [("author", "role", "position"), ("occupation", "organisation")]
    extra = 0


class EditionInline(edition_admin.EditionInline):
    model = ArticleEdition
    fk_name = work = "article"
    rights = RIGHTS
    unread = ("facts", "outline", "notice", "html", "body", "article__body")


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
        wrap = self.admin_site.admin_view
        return [*comparing.urls(wrap), *VERSIONS.urls(wrap), *super().get_urls()]

    def publish_work(self, work: Any, user: User, change_note: str, tell: Tell) -> None:
        publish(article=work, user=user, change_note=change_note)


@admin.register(ArticleEdition)
class ArticleEditionAdmin(edition_admin.EditionAdmin):
    work = "article"
    rights = RIGHTS
    list_filter = [("article", admin.RelatedOnlyFieldListFilter), "renderer"]
    unread = EditionInline.unread
    restore = staticmethod(restore)
    make_draft = staticmethod(make_draft)
    has_notice = staticmethod(lambda edition: bool(edition.notice))
