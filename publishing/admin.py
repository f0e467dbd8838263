"""Authors in the admin, and what the admin of every kind of work shares: state, preview, publication, withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.models import MarkdownxField

from publishing import check_screen, checks, preview_screen, progress, screens
from publishing.actions.permission import may_publish
from publishing.actions.review import return_to_draft, send_to_review
from publishing.actions.schedule import schedule, unschedule
from publishing.actions.withdraw import withdraw
from publishing.comparing.screen import comparison_address
from publishing.decisions import DECISIONS
from publishing.editing import PictureField, VersionedForm
from publishing.models import Author, Publication, State
from publishing.presence import PresenceAdmin
from publishing.progress import Tell
from publishing.reviewing import review_sentence
from publishing.screens import Screen
from publishing.widgets import WritingWidget

AI_FIELDSET: Any = (
    gettext_lazy("Usage de l’intelligence artificielle"),
    {
        "fields": [
            ("ai_level", "ai_tool"),
            "ai_purpose",
            ("ai_reviewer", "ai_reviewed_on"),
            "ai_responsible",
            "ai_note",
        ],
        "description": gettext_lazy(
            "Ce que les lecteurs verront près du titre. Le règlement (UE) 2024/1689 demande de dire quand un texte a "
            "été généré par une intelligence artificielle sans contrôle humain."
        ),
    },
)
MAX_AT_ONCE = 100
"""Works that one confirmation page publishes or withdraws."""


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Not generic when it runs.
    list_display = ["name", "kind", "occupation", "orcid"]
    list_filter = ["kind"]
    search_fields = ["name", "family_name", "given_name", "orcid"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = {
        models.ImageField: {"form_class": PictureField},
        models.URLField: {"assume_scheme": "https"},
    }
    fieldsets = [
        (None, {"fields": ["kind", "name", ("given_name", "family_name"), "slug", "occupation"]}),
        (gettext_lazy("Présentation"), {"fields": ["biography", "portrait", "portrait_alt", "orcid", "website"]}),
    ]


class PublicationAdmin(PresenceAdmin):
    """A kind of work: subclasses say how it is published, and which fields it has."""

    form = VersionedForm
    change_form_template = "admin/publishing/change_form.html"
    formfield_overrides = {
        models.ImageField: {"form_class": PictureField},
        MarkdownxField: {"widget": WritingWidget},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
    }
    list_display = ["title", "state_shown", "date", "updated_at", "links"]
    list_filter = ["state", "language", "featured", "ai_level"]
    search_fields = ["title", "slug"]
    list_per_page = 50
    actions = ["publish_selected", "withdraw_selected"]
    screens: Sequence[Screen] = ()
    """The screens of the desk of one work."""

    # What subclasses say ---------------------------------------------------------------------------------------------

    def publish_work(self, work: Publication, user: User, change_note: str, tell: Tell) -> None:
        raise NotImplementedError

    # The list --------------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        in_list = request.resolver_match and request.resolver_match.url_name == self._name("changelist")
        return found.defer("body") if in_list and hasattr(self.model, "body") else found

    @admin.display(description=gettext_lazy("état"), ordering="state")
    def state_shown(self, work: Publication) -> str:
        state = work.get_state_display()
        if work.is_public and work.has_unpublished_changes:
            state = _("%s, modifié depuis") % state
        if work.review_asked_at is not None and work.state != State.IN_REVIEW:
            state = _("%s, brouillon en relecture") % state
        return state

    @admin.display(description=gettext_lazy("voir"))
    def links(self, work: Publication) -> str:
        shown = format_html('<a href="{}">{}</a>', self.preview_address(work), _("Aperçu"))
        if work.is_public:
            shown = format_html('{} · <a href="{}">{}</a>', shown, work.get_absolute_url(), _("Page publique"))
        return shown

    def preview_address(self, work: Publication) -> str:
        return reverse(f"{self.opts.app_label}:preview", args=[work.slug])

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Works are deleted one by one, and only those that were never published."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        if not may_publish(request.user, self.model):  # type: ignore[arg-type]
            actions.pop("publish_selected", None)
            actions.pop("withdraw_selected", None)
        return actions

    @admin.action(description=gettext_lazy("Publier…"))
    def publish_selected(self, request: HttpRequest, works: QuerySet[Any]) -> HttpResponse:
        return self._to_decision("publish", works)

    @admin.action(description=gettext_lazy("Retirer…"))
    def withdraw_selected(self, request: HttpRequest, works: QuerySet[Any]) -> HttpResponse:
        return self._to_decision("withdraw", works)

    def _to_decision(self, verb: str, works: QuerySet[Any]) -> HttpResponse:
        keys = list(works.values_list("pk", flat=True)[:MAX_AT_ONCE])
        return HttpResponseRedirect(f"{self._address(verb)}?{urlencode({'pk': keys}, doseq=True)}")

    # One work --------------------------------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was published is kept: it is withdrawn instead."""
        if obj is not None and obj.first_published_at is not None:
            return False
        return super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address of what was published stays for ever."""
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "slug"] if obj is not None and obj.first_published_at is not None else fixed

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {"slug": ["title"]} if obj is None else {}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context["screens"] = screens.links(request, obj)
            context["title"] = next((screen.label for screen in context["screens"] if screen.current), str(obj))
            context["work_state"] = self.state_shown(obj)
            context["review"] = review_sentence(obj)
            context["preview_address"] = self.preview_address(obj)
            context["comparison_address"] = comparison_address(obj)
            offered = {
                verb: decision
                for verb, decision in DECISIONS.items()
                if decision.may(request.user, self.model) and decision.fits(obj)  # type: ignore[arg-type]
            }
            main = "publish" if "publish" in offered else next(iter(offered), "")
            context["decisions"] = [
                {"label": decision.label, "address": f"{self._address(verb)}?pk={obj.pk}", "main": verb == main}
                for verb, decision in offered.items()
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Decisions -------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"{decision.path}/",
                self.admin_site.admin_view(self.decide),
                {"verb": verb},
                name=self._name(verb),
            )
            for verb, decision in DECISIONS.items()
        ]
        wrap = self.admin_site.admin_view
        screens_of_one = [*check_screen.urls(self.model, wrap), *preview_screen.urls(self.model, wrap)]
        return [*own, *screens_of_one, *super().get_urls()]

    def decide(self, request: HttpRequest, verb: str) -> HttpResponseBase:
        """Ask once, with what will happen and what could be mended first; then do it, work by work."""
        decision = DECISIONS[verb]
        if not decision.may(request.user, self.model):  # type: ignore[arg-type]
            raise PermissionDenied
        keys = [int(key) for key in request.GET.getlist("pk")[:MAX_AT_ONCE] if key.isdecimal() and len(key) < 19]
        works = list(self.model._default_manager.filter(pk__in=keys))
        form = decision.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and works and form.is_valid():
            if verb == "publish" and progress.is_wanted(request):
                values, user = form.cleaned_data, request.user
                return progress.streamed(
                    lambda tell: [each for work in works for each in self._carry_out(user, verb, work, values, tell)]
                )
            for work in works:
                for level, sentence in self._carry_out(request.user, verb, work, form.cleaned_data):
                    messages.add_message(request, messages.SUCCESS if level == "success" else messages.ERROR, sentence)
            if len(works) == 1:
                return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[works[0].pk]))
            return HttpResponseRedirect(reverse(f"admin:{self._name('changelist')}"))
        rows: list[dict[str, Any]] = [
            {
                "work": work,
                "address": reverse(f"admin:{self._name('change')}", args=[work.pk]),
                "state": self.state_shown(work),
                "comparison": comparison_address(work) if decision.checks else "",
                "report": checks.report(work) if decision.checks else None,
                "check_address": check_screen.check_address(work),
            }
            for work in works
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": decision.question,
            "opts": self.opts,
            "decision": decision,
            "verb": verb,
            "form": form,
            "works": rows,
            "blocked": bool(rows) and decision.stops and all(row["report"].blocks for row in rows),
        }
        return TemplateResponse(request, "admin/publishing/decide.html", context)

    def _carry_out(
        self, user: Any, verb: str, work: Publication, values: dict[str, Any], tell: Tell = lambda *_counted: None
    ) -> list[progress.Outcome]:
        try:
            if verb == "publish":
                self.publish_work(work, user, values["change_note"], tell)
            elif verb == "withdraw":
                withdraw(work=work, user=user, reason=values["reason"])
            elif verb == "review":
                send_to_review(work=work, user=user, note=values["note"])
            elif verb == "return":
                return_to_draft(work=work, user=user, note=values["note"])
            elif verb == "schedule":
                schedule(work=work, user=user, moment=values["moment"])
            else:
                unschedule(work=work, user=user)
        except ValidationError as error:
            return [("error", f"{work}\u202f: {message}") for message in error.messages]
        return [("success", self._done(verb, work))]

    def _done(self, verb: str, work: Publication) -> str:
        sentence = DECISIONS[verb].done % {"work": work}
        if verb != "publish":
            return sentence
        return format_html('{} <a href="{}">{}</a>', sentence, work.get_absolute_url(), _("Voir la page"))

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _address(self, verb: str) -> str:
        return reverse(f"admin:{self._name(verb)}")
