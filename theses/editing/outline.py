"""The outline of a document on one screen: one form, whose buttons act on the section that is chosen.

Without JavaScript it is radio buttons and buttons; the script adds keys, dragging and filtering to the same form.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publishing.editing import version_of
from theses.actions.describe_section import describe_section, renumber
from theses.actions.move_section import STEPS, move_section, step_section
from theses.actions.reshape_section import add_section, delete_section, merge_section, paragraphs, split_section
from theses.actions.undo import redo, undo
from theses.editing.shared import context_of, document_or_404
from theses.models import Change, Document, Section
from theses.numbering import proposed_numbers
from theses.plan import load_plan

RIGHT = "theses.change_section"
PAGES = {"yes": True, "no": False, "": None}
NOT_LOADED = ("lead",)


@require_http_methods(["GET", "POST"])
def outline(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan; posted, one operation on it, after which the plan is shown afresh."""
    if request.method == "POST":
        document = document_or_404(request, pk, RIGHT)
        return HttpResponseRedirect(_carried_out(request, document))
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    document = get_object_or_404(_with_changes(_user(request)), pk=pk)
    plan = load_plan(document)
    chosen = _key(request.GET, "section")
    context = context_of(
        request,
        document,
        _("Plan"),
        plan=plan,
        rows=plan.rows,
        chosen=next((row for row in plan.rows if row.pk == chosen), plan.rows[0] if plan.rows else None),
        kinds=Section.Kind.choices,
        problems=sum(1 for row in plan.rows if row.problems),
    )
    return render(request, "admin/theses/editing/outline.html", context)


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """The paragraphs of one section, to choose where a new one begins."""
    document = document_or_404(request, pk, RIGHT)
    row = get_object_or_404(Section, document=document, pk=section)
    if request.method == "POST":
        try:
            split_section(
                document=document,
                user=_user(request),
                section=section,
                paragraph=_key(request.POST, "paragraph") or 0,
                title=request.POST.get("title", ""),
                version=request.POST.get("version", ""),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return HttpResponseRedirect(f"{address(document)}?section={section}#s{section}")
    context = context_of(
        request,
        document,
        _("Couper « %s »") % row.title,
        section=row,
        version=version_of(row),
        paragraphs=paragraphs(row.body),
        wished=request.POST.get("title", ""),
    )
    return render(request, "admin/theses/editing/split.html", context)


@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers that the outline proposes, beside those that the sections have."""
    document = document_or_404(request, pk, RIGHT)
    if request.method == "POST":
        try:
            renumber(document=document, user=_user(request), version=request.POST.get("version", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(address(document))
    plan = load_plan(document)
    rows = [(row, number) for row, number in proposed_numbers(plan.rows) if row.number != number]
    context = context_of(request, document, _("Numérotation proposée"), plan=plan, rows=rows)
    return render(request, "admin/theses/editing/numbers.html", context)


def _carried_out(request: HttpRequest, document: Document) -> str:
    """The address to go on from, with the section that is in hand."""
    data, user, verb = request.POST, _user(request), request.POST.get("do", "")
    section = _key(data, "section")
    if verb == "split" and section is not None:
        return reverse("admin:theses_document_split", args=[document.pk, section])
    if verb == "text" and section is not None:
        return reverse("admin:theses_section_change", args=[section])
    # A section that is joined or deleted leaves the one before it in hand, so that nobody is thrown back to the top.
    before = _before(document, section) if verb in {"merge", "delete"} and section is not None else None
    try:
        if verb in {"undo", "redo"}:
            (undo if verb == "undo" else redo)(document=document, user=user)
        elif verb == "add":
            add_section(
                document=document,
                user=user,
                after=section,
                title=data.get("new_title", ""),
                version=data.get("version", ""),
            )
        elif section is None:
            raise ValidationError(_("Choisissez d’abord une section."))
        else:
            _on_section(verb, document, user, section, data)
            section = before or section
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    here = address(document)
    return f"{here}?section={section}#s{section}" if section is not None else here


def _on_section(verb: str, document: Document, user: User, section: int, data: QueryDict) -> None:
    aimed: dict[str, Any] = {
        "document": document,
        "user": user,
        "section": section,
        "version": data.get("version", ""),
    }
    if verb in STEPS:
        step_section(step=verb, **aimed)
    elif verb == "move":
        move_section(before=_key(data, "before"), depth=_key(data, "depth"), **aimed)
    elif verb == "describe":
        values = {
            "title": data.get("title", ""),
            "number": data.get("number", "").strip(),
            "kind": data.get("kind", ""),
            "starts_page": PAGES.get(data.get("starts_page", "")),
        }
        # Without a script the fields may be those of another section than the one that is chosen now.
        describe_section(values=values, **{**aimed, "section": _key(data, "described") or section})
    elif verb == "merge":
        merge_section(**aimed)
    elif verb == "delete":
        delete_section(**aimed)
    else:
        raise Http404


def _before(document: Document, section: int) -> int | None:
    here = document.sections.filter(pk=section).values("position")[:1]
    earlier = document.sections.filter(position__lt=Subquery(here)).order_by("-position")
    return earlier.values_list("pk", flat=True).first()


def _with_changes(user: User) -> Any:
    """Documents with what this user can undo and redo there, in the same query."""
    mine = Change.objects.filter(document=OuterRef("pk"), user=user)
    return Document.objects.defer(*NOT_LOADED).annotate(
        to_undo=Subquery(mine.filter(done=True).order_by("-pk").values("what")[:1]),
        to_redo=Subquery(mine.filter(done=False).order_by("pk").values("what")[:1]),
    )


def address(document: Document) -> str:
    return reverse("admin:theses_document_outline", args=[document.pk])


def _key(data: QueryDict, name: str) -> int | None:
    value = data.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


def _user(request: HttpRequest) -> User:
    """Only accounts of the staff come here."""
    return cast(User, request.user)


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    return [
        path("<int:pk>/plan/", wrap(outline), name="theses_document_outline"),
        path("<int:pk>/plan/<int:section>/couper/", wrap(split), name="theses_document_split"),
        path("<int:pk>/plan/numeros/", wrap(numbers), name="theses_document_numbers"),
    ]
