"""Find and replace over a work: the hits with what stands around them, and a box for each."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from theses.actions.replace_text import replace_text
from theses.editing.shared import context_of, document_or_404
from theses.finding import LONGEST, MOST, Search, hits

RIGHT = "theses.change_section"


class SearchForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("Chercher"), max_length=LONGEST, strip=False)
    replacement = forms.CharField(label=gettext_lazy("Remplacer par"), max_length=LONGEST, required=False, strip=False)
    case = forms.BooleanField(label=gettext_lazy("Respecter les majuscules"), required=False)
    bare = forms.BooleanField(label=gettext_lazy("Ignorer les accents"), required=False)
    whole = forms.BooleanField(label=gettext_lazy("Mots entiers"), required=False)

    def search(self) -> Search:
        values = self.cleaned_data
        return Search(values["words"], case=values["case"], accents=not values["bare"], whole=values["whole"])


@require_http_methods(["GET", "POST"])
def replacing(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk, RIGHT)
    data = request.POST if request.method == "POST" else request.GET
    form = SearchForm(data if "words" in data else None, label_suffix="")
    searched = form.is_bound and form.is_valid()
    if request.method == "POST" and searched:
        chosen = request.POST.getlist("hit")[: MOST + 1]
        try:
            replace_text(
                document=document,
                user=cast(User, request.user),
                search=form.search(),
                replacement=form.cleaned_data["replacement"],
                chosen=chosen,
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            count = len(set(chosen))
            said = ngettext("%d endroit remplacé.", "%d endroits remplacés.", count) % count
            messages.success(request, f"{said} {_('« Annuler », dans le plan, le défait.')}")
            return HttpResponseRedirect(request.path)
    found = hits(document, form.search()) if searched else []
    context = context_of(
        request,
        document,
        _("Chercher et remplacer"),
        form=form,
        searched=searched,
        hits=found[:MOST],
        more=len(found) > MOST,
        most=MOST,
    )
    return render(request, "admin/theses/editing/replacing.html", context)


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    return [path("<int:pk>/remplacer/", wrap(replacing), name="theses_document_replace")]
