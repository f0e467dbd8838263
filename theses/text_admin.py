"""The parts of the text of a document in the admin: sections, figures, references, each in a list of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length, Replace
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.models import MarkdownxField

from publishing import screens
from publishing.admin import AI_FIELDSET
from publishing.editing import PictureField
from publishing.presence import PresenceAdmin
from publishing.renditions import write_renditions
from publishing.widgets import WritingWidget
from theses.editing import bibliography, disclosing, figures, outline, writing
from theses.forms import EntryForm, FigureForm, SectionForm
from theses.models import BibliographyEntry, Document, Figure, Section

AI_OF_SECTION: Any = (
    AI_FIELDSET[0],
    {
        **AI_FIELDSET[1],
        "classes": ["collapse"],
        "description": gettext_lazy(
            "Vide, la section dit ce que dit celle qui la contient, ou le document. Une réponse vaut aussi pour ses "
            "sous-sections, jusqu’à ce que l’une d’elles réponde autrement ; les lecteurs la voient sous le titre."
        ),
    },
)
MARKDOWN = {MarkdownxField: {"widget": WritingWidget}}


class TextAdmin(PresenceAdmin):
    """A part of the text of a document: the document learns of each change."""

    list_filter = [("document", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["document"]
    list_per_page = 100
    show_full_result_count = False
    formfield_overrides = {**MARKDOWN, models.ImageField: {"form_class": PictureField}}

    change_form_template = "admin/theses/part.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list of one document is a screen of its desk."""
        chosen = request.GET.get("document__id__exact", "")
        work = Document.objects.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 19 else None
        desk = {"work": work, "screens": screens.links(request, work)} if work is not None else {}
        return super().changelist_view(request, {**desk, **(extra_context or {})})

    def neighbours(self, part: Any) -> list[dict[str, str]]:
        """Links to what stands around a part in its document."""
        return []

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
            context["title"] = str(obj)
            context["work"] = obj.document
            context["screens"] = screens.links(request, obj.document)
            context["neighbours"] = self.neighbours(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A part that is added from the list of one document belongs to it and comes last."""
        initial: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        kept = request.GET.get("_changelist_filters", "")
        document = initial.get("document") or kept.partition("document__id__exact=")[2].partition("&")[0]
        if str(document).isdecimal():
            last = self.model._default_manager.filter(document=document).aggregate(last=models.Max("position"))["last"]
            initial = {"document": document, "position": (last or 0) + 1, **initial}
        return initial

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A part stays in its document."""
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, "document"] if obj is not None else fixed

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        Document.objects.text_changed(obj.document_id)

    def desk(self, part: Any) -> str:
        """The screen of the document that shows this part among the others."""
        raise NotImplementedError

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the work, where the editor came from; to the list, where that is where they came from."""
        if "_changelist_filters" in request.GET:
            return super().response_post_save_change(request, obj)
        return HttpResponseRedirect(self.desk(obj))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        if "_changelist_filters" in request.GET:
            return super().response_post_save_add(request, obj)
        return HttpResponseRedirect(self.desk(obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        Document.objects.text_changed(obj.document_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        documents = set(queryset.values_list("document", flat=True))
        super().delete_queryset(request, queryset)
        for document in documents:
            Document.objects.text_changed(document)


@admin.register(Section)
class SectionAdmin(TextAdmin):
    form = SectionForm
    list_display = ["indented", "number", "kind", "depth", "words", "opens_page", "printed_page", "ai_level"]
    list_filter = [*TextAdmin.list_filter, "kind", "ai_level"]
    actions = ["say_ai"]
    search_fields = ["title", "number", "body"]
    ordering = ["document", "position"]
    list_per_page = 200
    fieldsets = [
        (None, {"fields": ["version", "document", "title", ("number", "kind", "depth", "position"), "body"]}),
        (gettext_lazy("Page et adresse"), {"fields": [("starts_page", "printed_page"), "slug", "language"]}),
        (
            gettext_lazy("Entretien"),
            {"fields": ["speaker_name", ("speaker_role", "speaker_organisation")], "classes": ["collapse"]},
        ),
        AI_OF_SECTION,
    ]

    def get_urls(self) -> list[URLPattern]:
        return [*writing.urls(self.admin_site.admin_view), *super().get_urls()]

    def desk(self, part: Section) -> str:
        return f"{outline.address(part.document)}?section={part.pk}#s{part.pk}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """In the list the database counts the words, and the texts stay where they are."""
        found = super().get_queryset(request).select_related("document")
        if request.resolver_match and request.resolver_match.url_name == "theses_section_changelist":
            spaces = Length("body") - Length(Replace(F("body"), models.Value(" "), models.Value("")))
            found = found.annotate(spaces=spaces, letters=Length("body")).defer("body")
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Links of readers lead to the slug of a section: once published it stays."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "slug"] if obj is not None and obj.document.first_published_at else fixed

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {"slug": ["number", "title"]} if obj is None else {}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A section takes its place: those after it move on by one."""
        if not change or "position" in form.changed_data:
            after = Section.objects.filter(document=obj.document_id, position__gte=obj.position).exclude(pk=obj.pk)
            if after.filter(position=obj.position).exists():
                after.update(position=F("position") + 1)
        super().save_model(request, obj, form, change)

    def neighbours(self, part: Section) -> list[dict[str, str]]:
        """The sections before and after, and the history of this one."""
        sisters = Section.objects.filter(document=part.document_id).only("pk", "title", "number")
        before = sisters.filter(position__lt=part.position).order_by("-position").first()
        after = sisters.filter(position__gt=part.position).order_by("position").first()
        links = []
        for arrow, other in (("←", before), ("→", after)):
            if other is not None:
                address = reverse("admin:theses_section_change", args=[other.pk])
                links.append({"address": address, "label": f"{arrow} {str(other)[:40]}"})
        return [*links, {"address": reverse("admin:theses_section_versions", args=[part.pk]), "label": _("Versions")}]

    @admin.action(description=disclosing.LABEL, permissions=["change"])
    def say_ai(self, request: HttpRequest, sections: QuerySet[Any]) -> HttpResponse | None:
        return disclosing.choose(request, sections)

    @admin.display(description=gettext_lazy("titre"), ordering="position")
    def indented(self, section: Section) -> str:
        indent = "\u2003" * (section.depth - 1)
        return f"{indent}{section.title}"

    @admin.display(description=gettext_lazy("mots"), ordering="letters")
    def words(self, section: Any) -> str:
        return str(section.spaces + 1) if section.letters else "—"

    @admin.display(description=gettext_lazy("ouvre une page"), boolean=True, ordering="starts_page")
    def opens_page(self, section: Section) -> bool | None:
        return section.starts_page


class ImageMissing(admin.SimpleListFilter):
    title = gettext_lazy("image")
    parameter_name = "image"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("missing", _("à fournir")), ("mute", _("sans texte de remplacement")), ("complete", _("complète"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Figure]) -> QuerySet[Figure]:
        chosen = {
            "missing": Q(image=""),
            "mute": ~Q(image="") & Q(alt=""),
            "complete": ~Q(image="") & ~Q(alt=""),
        }.get(self.value() or "")
        return queryset.filter(chosen) if chosen is not None else queryset


@admin.register(Figure)
class FigureAdmin(TextAdmin):
    form = FigureForm
    list_display = ["label", "caption", "credit", "has_image", "has_alternative"]
    list_filter = [*TextAdmin.list_filter, ImageMissing]
    search_fields = ["number", "caption", "credit", "alt", "image_name"]
    ordering = ["document", "position"]
    fieldsets = [
        (None, {"fields": ["version", "document", ("number", "position", "key"), "caption", "credit"]}),
        (gettext_lazy("Image"), {"fields": ["image", "alt", "image_name"]}),
    ]

    def get_urls(self) -> list[URLPattern]:
        return [*figures.urls(self.admin_site.admin_view), *super().get_urls()]

    def desk(self, part: Figure) -> str:
        return reverse("admin:theses_figure_desk", args=[part.document_id])

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.image and "image" in form.changed_data:
            write_renditions(obj.image.name, obj.image.storage)

    @admin.display(description=gettext_lazy("figure"), ordering="position")
    def label(self, figure: Figure) -> str:
        return f"{_('Figure')} {figure.number}" if figure.number else figure.key

    @admin.display(description=gettext_lazy("image"), boolean=True)
    def has_image(self, figure: Figure) -> bool:
        return bool(figure.image)

    @admin.display(description=gettext_lazy("texte de remplacement"), boolean=True)
    def has_alternative(self, figure: Figure) -> bool:
        return bool(figure.alt.strip())


@admin.register(BibliographyEntry)
class BibliographyEntryAdmin(TextAdmin):
    form = EntryForm

    def get_urls(self) -> list[URLPattern]:
        return [*bibliography.urls(self.admin_site.admin_view), *super().get_urls()]

    def desk(self, part: BibliographyEntry) -> str:
        return bibliography.address(part.document)

    list_display = ["short_title", "key", "kind", "year", "raw"]
    search_fields = ["raw", "key"]
    ordering = ["document", "position"]
    fieldsets = [
        (None, {"fields": ["version", "document", ("key", "position"), "raw"]}),
        (
            gettext_lazy("Champs"),
            {
                "fields": ["type", "authors", "title", "container", "publisher", "issued", "address", "doi"],
                "description": gettext_lazy("La référence est mise en forme d’après ces champs."),
            },
        ),
    ]

    @admin.display(description=gettext_lazy("titre"))
    def short_title(self, entry: BibliographyEntry) -> str:
        return str(entry)[:100]

    @admin.display(description=gettext_lazy("nature"))
    def kind(self, entry: BibliographyEntry) -> str:
        return str(entry.csl.get("type", ""))

    @admin.display(description=gettext_lazy("année"))
    def year(self, entry: BibliographyEntry) -> str:
        parts = (entry.csl.get("issued", {}).get("date-parts") or [[""]])[0]
        return str(parts[0]) if parts else ""
