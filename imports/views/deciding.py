"""One decision, or one about many lines at once: kept beside the upload; the reading is made again with it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from imports import deciding, staging
from imports.decisions import Decisions, Verdict
from imports.forms import DecisionForm
from imports.refusals import ImportRefused
from imports.views.shared import lines_of
from imports.views.staged import Waiting, waiting_or_404
from manuscript.corrections import Ruling
from manuscript.model import Finding, SectionKind

VERDICTS = {"accept": Verdict.ACCEPTED, "dismiss": Verdict.DISMISSED}


@require_POST
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """`what` is a ruling, `accept`, `dismiss` or nothing; `remove` names what is taken back."""
    waiting = waiting_or_404(request, token)
    fields = {name: request.POST[name] for name in DecisionForm.base_fields if name in request.POST}
    before = waiting.decisions
    try:
        after = _decided(request, waiting)
        staging.keep_decided(
            request.user,
            token,
            {**waiting.rows, "decisions": after.as_json(), "fields": fields or waiting.rows.get("fields", {})},
        )
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, before, after)
    return redirect(_next(request, token))


def _decided(request: HttpRequest, waiting: Waiting) -> Decisions:
    decisions, what = waiting.decisions, request.POST.get("what", "")
    if "remove" in request.POST:
        return deciding.without(decisions, request.POST.getlist("remove"))
    lines = lines_of(waiting.data)
    if what in VERDICTS or what.partition(":")[0] in VERDICTS:
        verdict, _colon, code = what.partition(":")
        chosen = _findings(request, waiting.read().findings, code)
        return deciding.with_verdict(decisions, lines, chosen, VERDICTS[verdict])
    if what not in list(Ruling):
        return decisions
    kind = request.POST.get("section_kind", "")
    return deciding.with_ruling(
        decisions,
        lines,
        [_number(line) for line in request.POST.getlist("lines")],
        Ruling(what),
        depth=_number(request.POST.get("depth", "")) or None,
        kind=SectionKind(kind) if kind in list(SectionKind) else None,
    )


def _findings(request: HttpRequest, findings: tuple[Finding, ...], code: str) -> list[Finding]:
    """Those of a code, or those that were ticked."""
    if code:
        return [finding for finding in findings if finding.code == code]
    ticked = set(request.POST.getlist("findings"))
    return [finding for finding in findings if f"{finding.line}:{finding.code}" in ticked]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _say(request: HttpRequest, before: Decisions, after: Decisions) -> None:
    if before == after:
        messages.warning(request, _("Rien n’a changé : cochez d’abord ce que la décision concerne."))
        return
    count = len(deciding.listed(after))
    if not count:
        messages.success(request, _("Décision retirée : plus rien n’est décidé."))
        return
    sentence = ngettext(
        "C’est noté, et la lecture est refaite : %d décision en tout.",
        "C’est noté, et la lecture est refaite : %d décisions en tout.",
        count,
    )
    messages.success(request, sentence % count)


def _next(request: HttpRequest, token: str) -> str:
    """Where one goes on: to the line, or to the part of the review from which the decision came."""
    if request.POST.get("back") == "source":
        line = _number(request.POST.get("page_line", "")) or 1
        lines = [number for text in request.POST.getlist("lines") if (number := _number(text))]
        line = min(lines, default=line)
        address = reverse("admin:imports_sourcefile_facing", args=[token])
        return f"{address}?{urlencode({'ligne': line})}#L{line}"
    what = request.POST.get("what", "")
    place = "decided" if "remove" in request.POST else "findings" if what.partition(":")[0] in VERDICTS else "outline"
    return f"{reverse('admin:imports_sourcefile_review', args=[token])}#{place}"
