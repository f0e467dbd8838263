"""Errors that readers report on a passage: a short form, without an account, that shows what it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from genai_site.guard import GuardedForm, allowed, now_signed, reopened, send_to_editors
from genai_site.models import PassageReport
from genai_site.passages import Place, place_at


class ReportForm(GuardedForm):
    class Meta:
        model = PassageReport
        fields = ["message", "email", "address", "anchor"]
        widgets = {
            "message": forms.Textarea(attrs={"rows": 6, "maxlength": 5000}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "address": forms.HiddenInput,
            "anchor": forms.HiddenInput,
        }


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        address, anchor = (request.GET.get(name, "").replace("\x00", "") for name in ("adresse", "passage"))
        place = place_at(address[:500], anchor[:200])
        initial = {"address": place.address, "anchor": place.anchor, "opened": now_signed()}
        return _show(request, ReportForm(initial=initial), place)
    form = ReportForm(request.POST)
    if form.is_trapped:
        # A program is told that all went well, so that it does not try another way.
        return redirect("report_sent")
    # What is quoted comes from the site itself, never from the form.
    place = place_at(str(form.data.get("address", "")), str(form.data.get("anchor", "")))
    if not form.is_valid():
        return _show(request, reopened(form), place, status=422)
    if not allowed(request, "report"):
        form.add_error(None, _("Trop de messages sont venus de votre adresse : réessayez dans une heure."))
        return _show(request, reopened(form), place, status=429)
    told = form.save(commit=False)
    told.address, told.anchor = place.address, place.anchor
    told.work, told.passage = place.title[:500], place.text
    told.save()
    tell_editors(told, request)
    back = {"adresse": place.address, "passage": place.anchor} if place.address else {}
    return redirect(f"{reverse('report_sent')}?{urlencode(back)}" if back else "report_sent")


@require_safe
@cache_control(private=True, no_store=True)
def report_sent(request: HttpRequest) -> HttpResponse:
    place = place_at(request.GET.get("adresse", "")[:500], request.GET.get("passage", "")[:200])
    return render(request, "report_sent.html", {"place": place})


def _show(request: HttpRequest, form: ReportForm, place: Place, **options: Any) -> HttpResponse:
    return render(request, "report.html", {"form": form, "place": place}, **options)


def tell_editors(report: PassageReport, request: HttpRequest) -> None:
    lines = [report.work, request.build_absolute_uri(report.link) if report.address else ""]
    lines += ["", *(f"> {line}" for line in report.passage.splitlines()), "", report.message]
    subject = _("Erreur signalée : %s") % (report.work or report.message[:60])
    send_to_editors(" ".join(subject.split()), lines, reply_to=report.email, stored_as=f"The report {report.pk}")
