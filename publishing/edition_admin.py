"""The editions of works in the admin: looked at, compared, shown again, made the draft again; never changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.actions.permission import may_publish
from publishing.comparing.screen import DRAFT
from publishing.decisions import Decision

RESTORE = Decision(
    path="retablir",
    label=gettext_lazy("Rétablir…"),
    question=gettext_lazy("Montrer de nouveau cette édition ?"),
    consequence=gettext_lazy(
        "Les lecteurs verront cette édition à l’adresse du texte. Le brouillon et les autres éditions restent ce "
        "qu’ils sont."
    ),
    done=gettext_lazy("L’édition %(work)s est rétablie."),
    fits=lambda work: True,
)
MAKE_DRAFT = Decision(
    path="reprendre",
    label=gettext_lazy("Reprendre comme brouillon…"),
    question=gettext_lazy("Reprendre cette édition comme brouillon ?"),
    consequence=gettext_lazy(
        "Le texte, les figures, la bibliographie, les personnes et la notice du brouillon redeviennent ce que cette "
        "édition a figé ; les mots-clés restent. Les lecteurs continuent de voir l’édition actuelle jusqu’à la "
        "prochaine publication. Le brouillon d’aujourd’hui n’est pas perdu : l’écran « Versions » y revient."
    ),
    done=gettext_lazy("L’édition %(work)s est redevenue le brouillon. L’écran « Versions » rend celui d’avant."),
    fits=lambda work: True,
)
OLDER = gettext_lazy(
    "Cette édition est d’avant que les champs de la notice soient gardés : le texte et le titre reviendront, la notice "
    "et les personnes resteront celles du brouillon."
)
DECISIONS = {"restore": RESTORE, "draft": MAKE_DRAFT}


class EditionColumns:
    """What lists of editions show; of each subclass `opts` are those of the editions, `work` names their work."""

    opts: Any
    work: str
    rights: Sequence[str]
    """What one must be allowed in order to write the draft of a work."""

    def ways(self, request: HttpRequest) -> Callable[[Any], str]:
        """The column of what this user may do with an edition; one object for the same rights, as the admin asks."""
        may = may_publish(request.user, self.model_of_work), self.may_write(request.user)  # type: ignore[arg-type]
        return self.columns.setdefault(may, self._column(*may))

    @cached_property
    def columns(self) -> dict[tuple[bool, bool], Callable[[Any], str]]:
        return {}

    def _column(self, may_restore: bool, may_write: bool) -> Callable[[Any], str]:
        @admin.display(description=gettext_lazy("que faire"))
        def ways(edition: Any) -> str:
            links = [(self.comparison(edition), _("Comparer"))]
            if may_restore and not self.is_current(edition):
                links.append((self.address("restore", edition), str(RESTORE.label)))
            if may_write:
                links.append((self.address("draft", edition), str(MAKE_DRAFT.label)))
            return format_html_join(" · ", '<a href="{}">{}</a>', links)

        return ways

    def may_write(self, user: User) -> bool:
        return user.has_perms(self.rights)

    @cached_property
    def model_of_work(self) -> Any:
        return self.opts.model._meta.get_field(self.work).related_model

    def address(self, verb: str, edition: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{verb}", args=[edition.pk])

    @admin.display(description=gettext_lazy("édition"))
    def number_shown(self, edition: Any) -> str:
        return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), edition.number)

    @admin.display(description=gettext_lazy("publiée par"))
    def publisher(self, edition: Any) -> str:
        """The name alone: the admin would link to an account that few may open."""
        user = edition.published_by
        return (user.get_full_name() or user.get_username()) if user else "—"

    def comparison(self, edition: Any) -> str:
        """Where the edition is compared with the draft."""
        name = f"admin:{self.opts.app_label}_{self.work}_compare"
        return f"{reverse(name, args=[getattr(edition, f'{self.work}_id')])}?de={edition.number}&a={DRAFT}"

    @admin.display(description=gettext_lazy("lue"), boolean=True)
    def is_current(self, edition: Any) -> bool:
        work = getattr(edition, self.work)
        return bool(work.is_public and work.current_edition_id == edition.pk)


class ReadOnly:
    """For the admin of what never changes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EditionInline(ReadOnly, EditionColumns, admin.TabularInline):  # type: ignore[type-arg]  # Not generic when it runs.
    """The editions in the form of their work."""

    extra = 0
    can_delete = False
    unread: Sequence[str] = ("facts", "outline")
    """Columns that no list needs."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["number_shown", self.ways(request), "published_at", "publisher", "change_note"]

    get_readonly_fields = get_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        return found.select_related(self.work, "published_by").defer(*self.unread)


class EditionAdmin(ReadOnly, EditionColumns, admin.ModelAdmin):  # type: ignore[type-arg]
    """The editions of all works of one kind."""

    list_filter = ["renderer"]
    search_fields = ["title", "change_note"]
    ordering = ["-published_at"]
    unread: Sequence[str] = ("facts", "outline")
    restore: Callable[..., Any]
    """The action that shows an edition to readers again."""
    make_draft: Callable[..., Any]
    has_notice: Callable[[Any], bool]
    """Whether the edition has the fields of its notice, which the first ones did not keep."""

    def get_list_display(self, request: HttpRequest) -> Any:
        return [
            "title",
            "number_shown",
            "is_current",
            self.ways(request),
            "published_at",
            "published_by",
            "change_note",
        ]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [self.work, "number", "published_at", "publisher", "change_note", "renderer", self.ways(request)]

    get_readonly_fields = get_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset(request)
        return found.select_related(self.work, "published_by").defer(*self.unread)

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(f"<int:pk>/{decision.path}/", wrap(self.decide), {"verb": verb}, name=f"{name}_{verb}")
            for verb, decision in DECISIONS.items()
        ]
        return [*own, *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Ask once, with what will happen and what would differ; then do it."""
        user: Any = request.user
        decision = DECISIONS[verb]
        if not (may_publish(user, self.model_of_work) if verb == "restore" else self.may_write(user)):
            raise PermissionDenied
        edition = get_object_or_404(self.model._default_manager.select_related(self.work), pk=pk)
        work = getattr(edition, self.work)
        address = reverse(f"admin:{self.opts.app_label}_{self.work}_change", args=[work.pk])
        if request.method == "POST":
            try:
                (self.restore if verb == "restore" else self.make_draft)(edition=edition, user=user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, decision.done % {"work": edition.number})
            return HttpResponseRedirect(address)
        compare = reverse(f"admin:{self.opts.app_label}_{self.work}_compare", args=[work.pk])
        now = DRAFT if verb == "draft" else ""
        row = {
            "work": edition,
            "address": address,
            "state": work.get_state_display(),
            "comparison": f"{compare}?de={now}&a={edition.number}",
            "problems": [OLDER] if verb == "draft" and not self.has_notice(edition) else [],
        }
        context = {
            **self.admin_site.each_context(request),
            "title": decision.question,
            "opts": self.opts,
            "decision": decision,
            "form": decision.form(),
            "works": [row],
        }
        return TemplateResponse(request, "admin/publishing/decide.html", context)
