"""The links by which strangers read the draft of one work: on a screen of the admin, made, shown once and closed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from publishing import screens
from publishing.actions.permission import may_publish
from publishing.actions.preview_links import DAYS, MOST_DAYS, create_preview_link, revoke_preview_link
from publishing.models import Publication
from publishing.preview_link import PreviewLink

MOST_SHOWN = 50
OFFERED = (1, 7, DAYS, 30, MOST_DAYS)


def durations() -> list[tuple[int, str]]:
    return [(days, ngettext("%d jour", "%d jours", days) % days) for days in OFFERED]


class LinkForm(forms.Form):
    label = forms.CharField(
        label=gettext_lazy("Pour qui"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField", "placeholder": gettext_lazy("le jury")}),
        help_text=gettext_lazy("Pour vous y retrouver ; ceux qui ouvrent le lien ne le voient pas."),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Pendant"), coerce=int, choices=durations, initial=DAYS)


def urls(model: type[Publication], wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""

    @never_cache
    @require_http_methods(["GET", "POST"])
    def previews(request: HttpRequest, pk: int) -> HttpResponse:
        return preview_links(request, model, pk)

    name = f"{model._meta.app_label}_{model._meta.model_name}_previews"
    return [path("<int:pk>/apercus/", wrap(previews), name=name)]


def preview_links(request: HttpRequest, model: type[Publication], pk: int) -> HttpResponse:
    """The links of a work; posted, one more, whose address is in the answer alone, or with `revoke` one less."""
    user = cast(User, request.user)
    if not may_publish(user, model):
        raise PermissionDenied
    work = get_object_or_404(model, pk=pk)
    if "revoke" in request.POST:
        return _revoke(request, user, work)
    form = LinkForm(request.POST if request.method == "POST" else None)
    made = _make(request, user, work, form) if request.method == "POST" and form.is_valid() else None
    context = {
        **admin.site.each_context(request),
        "opts": work._meta,
        "work": work,
        "title": _("Liens d’aperçu"),
        "screens": screens.links(request, work),
        "form": LinkForm() if made else form,
        "made": made,
        "links": work.preview_links.select_related("created_by")[:MOST_SHOWN],
    }
    return render(request, "admin/publishing/previews.html", context)


def _make(request: HttpRequest, user: User, work: Publication, form: LinkForm) -> dict[str, Any] | None:
    """The new link with its whole address; None where it was refused, which the form says."""
    try:
        link, token = create_preview_link(work=work, user=user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return {"link": link, "address": request.build_absolute_uri(reverse("shared_preview", args=[token]))}


def _revoke(request: HttpRequest, user: User, work: Publication) -> HttpResponse:
    number = request.POST["revoke"]
    try:
        link = revoke_preview_link(
            work=work, user=user, link_id=int(number) if number.isdecimal() and len(number) < 19 else 0
        )
    except PreviewLink.DoesNotExist:
        raise Http404 from None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Le lien (%s) n’ouvre plus rien.") % link.label)
    return HttpResponseRedirect(request.path)
