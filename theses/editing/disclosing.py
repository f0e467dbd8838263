"""What the sections of a document say on the use of AI, on one screen: tick some, answer for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from publishing.facts import ai_values
from publishing.models import AI_FIELDS
from theses.actions.disclose_ai import disclose_ai
from theses.editing.shared import context_of, document_or_404
from theses.forms import as_above
from theses.models import Document, Section

RIGHT = "theses.change_section"


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]  # Not generic when it runs.
    class Meta:
        model = Section
        fields = AI_FIELDS
        widgets = {
            "ai_purpose": forms.TextInput(),
            "ai_reviewed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ai_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_above(self)


@dataclass(frozen=True, slots=True)
class Row:
    section: Section
    says: str
    """The label of the level that holds for it; empty where nothing is said."""
    own: bool
    """Whether it says so itself."""
    chosen: bool


@require_http_methods(["GET", "POST"])
def disclosing(request: HttpRequest, pk: int) -> HttpResponse:
    """The sections with what each says; posted, the answer for those that are ticked."""
    document = document_or_404(request, pk, RIGHT)
    data = request.POST if request.method == "POST" else request.GET
    chosen = _keys(data.getlist("section"))
    form = AnswerForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            change = disclose_ai(
                document=document, user=cast(User, request.user), sections=chosen, values=form.cleaned_data
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"{change.what}. {_('« Annuler », dans le plan, le défait.')}")
            return HttpResponseRedirect(request.path)
    return shown(request, document, chosen, form)


def shown(request: HttpRequest, document: Document, chosen: Iterable[int], form: AnswerForm) -> HttpResponse:
    rows = said(document, set(chosen))
    own = [ai_values(row.section) for row in rows if row.chosen]
    if not form.is_bound and own and all(values == own[0] for values in own):
        form.initial = dict(own[0])
    context = context_of(
        request,
        document,
        _("Usage de l’IA"),
        rows=rows,
        form=form,
        work_says=document.get_ai_level_display() if document.ai_level else document.ai_note,
    )
    return render(request, "admin/theses/editing/disclosing.html", context)


def said(document: Document, chosen: set[int]) -> list[Row]:
    """One query, no text. What holds for a section is what `theses.disclosures` says of the published text."""
    names = ("pk", "depth", "number", "title", "document_id", *AI_FIELDS)
    sections = document.sections.order_by("position", "pk").only(*names)
    above: list[tuple[int, str]] = []
    rows = []
    for section in sections:
        while above and above[-1][0] >= section.depth:
            above.pop()
        own = bool(ai_values(section))
        label = str(section.get_ai_level_display() if section.ai_level else _("mention")) if own else ""
        says = label or (above[-1][1] if above else "")
        above.append((section.depth, says))
        rows.append(Row(section, says, own, section.pk in chosen))
    return rows


def choose(request: HttpRequest, sections: Any) -> HttpResponse | None:
    """The screen with these sections ticked, from a list of sections; they must be of one document."""
    found = dict(sections.values_list("pk", "document_id"))
    if len(set(found.values())) != 1:
        messages.warning(request, _("Choisissez des sections d’un seul document."))
        return None
    document = document_or_404(request, next(iter(found.values())), RIGHT)
    return shown(request, document, found, AnswerForm(label_suffix=""))


def _keys(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 19]


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    return [path("<int:pk>/usage-ia/", wrap(disclosing), name="theses_document_ai")]


LABEL = gettext_lazy("Usage de l’IA…")
