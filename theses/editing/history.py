"""The history of a document, and of one section: who, when, which parts, the difference by word, and putting back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from publishing.acts import difference
from publishing.version_screens import Versions
from theses.actions.put_back import put_back, put_section_back
from theses.editing.shared import context_of, document_or_404
from theses.models import Document, Section
from theses.parts import PARTS, which

VERSIONS = 20
"""Versions of a section on its page, each compared with the one before."""


WORK = Versions(
    model=Document,
    right="theses.change_document",
    parts=lambda document: [(model, which(model, document)) for model in (Document, *PARTS)],
    put_back=lambda document, user, moment: put_back(document=document, user=user, moment=moment),
    consequence=gettext_lazy(
        "Le texte, les figures, la bibliographie et la notice. L’adresse et les éditions publiées restent ; cela "
        "s’annule."
    ),
    done=gettext_lazy("Cette version est remise en place. « Annuler », dans le plan, la défait."),
)


@require_http_methods(["GET", "POST"])
def section_history(request: HttpRequest, pk: int) -> HttpResponse:
    """The last versions of one section, also of one that was deleted."""
    versions: Any = Section.history.model.objects.filter(id=pk).order_by("-history_id")
    last = versions.first()
    if last is None:
        raise Http404
    document = document_or_404(request, last.document_id, "theses.change_section")
    if request.method == "POST":
        number = request.POST.get("version", "")
        version = get_object_or_404(versions, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
        try:
            put_section_back(section_id=pk, user=_user(request), version_id=version.pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Cette version est remise en place."))
        return HttpResponseRedirect(request.path)
    found = list(versions.select_related("history_user")[: VERSIONS + 1])
    pairs = zip(found[:VERSIONS], [*found[1:], None], strict=False)
    shown = [difference(Section, version, old) for version, old in pairs]
    context = context_of(request, document, _("Historique de « %s »") % last.title, shown=shown, section=pk)
    return render(request, "admin/theses/editing/section_history.html", context)


def _user(request: HttpRequest) -> User:
    """Only accounts of the staff come here."""
    return cast(User, request.user)


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    own = path("section/<int:pk>/historique/", wrap(section_history), name="theses_section_versions")
    return [*WORK.urls(wrap), own]
