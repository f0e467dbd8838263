"""The bibliography of a document on one screen: what is cited, what is twice there, what is missing, dead links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from publishing.citation import format_reference
from publishing.citation_files import FORMATS, csl_json_list
from theses.actions.check_reference_links import ask_for_links, follow_in_background
from theses.actions.merge_entries import merge_entries
from theses.actions.take_references import proposals, take_references
from theses.alike import duplicates
from theses.citing import Citing, citations_of
from theses.editing.bibliography_forms import MergeForm, ReferencesForm
from theses.editing.shared import context_of, document_or_404
from theses.models import BibliographyEntry, Document, LinkCheck

A_PAGE = 50
RIGHT = "theses.change_bibliographyentry"
VIEWS = {
    "": gettext_lazy("Toutes"),
    "jamais-citees": gettext_lazy("Jamais citées"),
    "doublons": gettext_lazy("Doublons possibles"),
    "sans-reference": gettext_lazy("Citations sans référence"),
    "liens": gettext_lazy("Liens à revoir"),
}


@dataclass(frozen=True, slots=True)
class Row:
    entry: BibliographyEntry
    shown: str
    """As readers see it: safe HTML."""
    cited: list[Citing]
    link: LinkCheck | None


@require_GET
def bibliography(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk, RIGHT)
    view = request.GET.get("vue", "")
    if view not in VIEWS:
        raise Http404
    entries = list(document.bibliography.select_related("link").order_by("position", "pk"))
    cited = citations_of(document)
    known = {entry.key for entry in entries}
    groups = duplicates(entries)
    chosen = {
        "": entries,
        "jamais-citees": [entry for entry in entries if entry.key not in cited],
        "liens": [entry for entry in entries if (check := _link(entry)) and check.state not in FINE],
    }
    unknown = [(key, places) for key, places in cited.items() if key not in known]
    counts = {
        **{name: len(rows) for name, rows in chosen.items()},
        "doublons": len(groups),
        "sans-reference": len(unknown),
    }
    page = Paginator(chosen.get(view, []), A_PAGE).get_page(request.GET.get("page"))
    context = context_of(
        request,
        document,
        _("Bibliographie"),
        views=[(name, label, counts[name]) for name, label in VIEWS.items()],
        view=view,
        page_obj=page,
        rows=[_row(entry, document, cited) for entry in page],
        groups=[[_row(entry, document, cited) for entry in group] for group in groups[:A_PAGE]]
        if view == "doublons"
        else [],
        unknown=unknown[:200] if view == "sans-reference" else [],
        waiting=sum(1 for entry in entries if (check := _link(entry)) and check.state == LinkCheck.State.WAITING),
        formats=list(FORMATS),
    )
    return render(request, "admin/theses/editing/bibliography.html", context)


FINE = {LinkCheck.State.ALIVE, LinkCheck.State.WAITING}


def _link(entry: BibliographyEntry) -> LinkCheck | None:
    return getattr(entry, "link", None)


def _row(entry: BibliographyEntry, document: Document, cited: dict[str, list[Citing]]) -> Row:
    shown = format_reference(entry.csl, document.language, entry.raw).html
    return Row(entry, shown, cited.get(entry.key, []), _link(entry))


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk, RIGHT)
    form = MergeForm(request.POST, keys=list(document.bibliography.values_list("pk", flat=True)))
    if not form.is_valid():
        messages.error(request, _("Choisissez la référence à garder, et celles qui sont la même."))
        return HttpResponseRedirect(address(document, "doublons"))
    keep, chosen = form.cleaned_data["keep"], form.cleaned_data["entries"]
    try:
        kept = merge_entries(document=document, user=_user(request), keep=keep, others=chosen)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("« %s » est gardée ; les citations des autres la citent.") % str(kept)[:100])
    return HttpResponseRedirect(address(document, "doublons"))


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """References from elsewhere: given, then shown with what each would do, then taken."""
    document = document_or_404(request, pk, RIGHT)
    form = ReferencesForm(request.POST or None, request.FILES or None)
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        items = form.cleaned_data["items"]
        if "confirm" in request.POST:
            chosen = {int(n) for n in request.POST.getlist("take") if n.isdecimal() and len(n) < 6}
            taken = [item for index, item in enumerate(items) if index in chosen]
            added, updated = take_references(document=document, user=_user(request), items=taken)
            said = ngettext("%d référence ajoutée", "%d références ajoutées", added) % added
            messages.success(request, said + ngettext(", %d mise à jour.", ", %d mises à jour.", updated) % updated)
            return HttpResponseRedirect(address(document))
        found = list(enumerate(proposals(document, items)))
        form = ReferencesForm(initial={"text": form.cleaned_data["text"]})
    context = context_of(request, document, _("Ajouter des références"), form=form, found=found)
    return render(request, "admin/theses/editing/take_references.html", context)


@require_GET
def give(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The whole bibliography as a file of a reference manager."""
    document = document_or_404(request, pk, RIGHT)
    if ending not in FORMATS:
        raise Http404
    write, kind = FORMATS[ending]
    items = [{"type": "document", **entry.csl, "id": entry.key} for entry in document.bibliography.all()]
    text = csl_json_list(items) if ending == "json" else "\n".join(write(item) for item in items)
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{document.slug}.{ending}"'
    return response


@require_POST
def links(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk, RIGHT)
    count = ask_for_links(document=document, user=_user(request))
    follow_in_background()
    said = ngettext("%d lien va être suivi", "%d liens vont être suivis", count) % count
    messages.success(request, _("%s : rechargez cette page dans une minute.") % said)
    return HttpResponseRedirect(address(document, "liens"))


def address(document: Document, view: str = "") -> str:
    found = reverse("admin:theses_bibliographyentry_desk", args=[document.pk])
    return f"{found}?vue={view}" if view else found


def _user(request: HttpRequest) -> User:
    """Only accounts of the staff come here."""
    return cast(User, request.user)


def urls(wrap: Any) -> list[URLPattern]:
    name = "theses_bibliographyentry"
    return [
        path("ouvrage/<int:pk>/", wrap(bibliography), name=f"{name}_desk"),
        path("ouvrage/<int:pk>/fondre/", wrap(merge), name=f"{name}_merge"),
        path("ouvrage/<int:pk>/ajouter/", wrap(take), name=f"{name}_take"),
        path("ouvrage/<int:pk>/liens/", wrap(links), name=f"{name}_links"),
        path("ouvrage/<int:pk>/bibliographie.<slug:ending>", wrap(give), name=f"{name}_give"),
    ]
