"""An upload as a new version of a known work: what the source changes, and the conflicts, decided one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article
from imports import comparing, staging
from imports.actions.merge_source import ConflictsOpen, Readings, compare, merge_source, read_both, summary
from imports.decisions import Decisions
from imports.forms import DecisionForm
from imports.merging import Choice, Merged
from imports.recognising import mergeable, name_of
from imports.refusals import ImportRefused
from imports.versions import version_of_source
from imports.views.shared import context_of
from imports.views.staged import Waiting, read_kept, waiting_or_404
from theses.models import Document

Work = Article | Document
LONGEST_TEXT = 100_000
"""Characters of a passage that is written by hand."""


@require_http_methods(["GET", "POST"])
def merge_upload(request: HttpRequest, token: str) -> HttpResponse:
    """POST with `work` settles which work it is; with choices it keeps them; with `merge` it writes the draft."""
    waiting = waiting_or_404(request, token)
    if "work" in request.POST:
        fields = {name: request.POST[name] for name in DecisionForm.base_fields if name in request.POST}
        kept = {"fields": fields or waiting.rows.get("fields", {}), "work": request.POST["work"], "choices": {}}
        staging.keep_decided(request.user, token, {**waiting.rows, **kept})
        if not request.POST["work"]:
            messages.warning(request, _("Choisissez d’abord l’œuvre dont ce texte est une nouvelle version."))
            return redirect("admin:imports_sourcefile_review", token)
        return redirect("admin:imports_sourcefile_merge", token)
    work = _work_or_404(request, waiting)
    try:
        readings = read_both(
            work=work,
            data=waiting.data,
            name=waiting.staged.name,
            decisions=_decisions(waiting),
            read=read_kept,
        )
        choices = _choices(waiting)
        if request.method == "POST":
            choices = _chosen(request, compare(readings, work, choices), choices)
            _keep(request, waiting, choices)
            if "merge" not in request.POST:
                return redirect("admin:imports_sourcefile_merge", token)
            source, merged = merge_source(
                work=work,
                data=waiting.data,
                name=waiting.staged.name,
                user=request.user,
                choices=choices,
                readings=readings,
            )
            staging.discard(request.user, token)
            messages.success(
                request, _("« %(work)s » est à jour. %(summary)s") % {"work": work, "summary": summary(merged)}
            )
            return redirect("admin:imports_sourcefile_change", source.pk)
    except ConflictsOpen as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:imports_sourcefile_merge", token)
    except ImportRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:imports_sourcefile_review", token)
    merged = compare(readings, work, choices)
    return render(
        request, "admin/imports/sourcefile/merge.html", _context(request, waiting, work, readings, merged, choices)
    )


def _context(
    request: HttpRequest, waiting: Waiting, work: Work, readings: Readings, merged: Merged, choices: dict[str, Choice]
) -> dict[str, Any]:
    titles = comparing.titles_of(version_of_source(readings.before, work), version_of_source(readings.now, work))
    titles |= comparing.titles_of(merged.version)
    decided = [row for row in merged.conflicts if row.key in choices]
    return context_of(
        request,
        _("Nouvelle version de « %s »") % work,
        staged=waiting.staged,
        work=work,
        earlier=readings.earlier,
        merged=merged,
        conflicts=comparing.shown_conflicts(merged.open[: comparing.FEW], {}, titles),
        decided=comparing.shown_conflicts(decided, choices, titles),
        changes=comparing.shown_changes(merged.changes, titles),
        hidden_changes=max(0, len(merged.changes) - comparing.SHOWN_CHANGES),
    )


def _work_or_404(request: HttpRequest, waiting: Waiting) -> Work:
    """Only works that this account may update are found."""
    found = next((work for work in mergeable(request.user) if name_of(work) == waiting.rows.get("work")), None)
    if found is None:
        raise Http404(_("Cette œuvre n’existe pas, ou votre compte ne permet pas de la mettre à jour."))
    return found


def _decisions(waiting: Waiting) -> Decisions:
    """What was decided on the review, the fields of the form among it. Raises ImportRefused where one is not valid."""
    made, fields = waiting.decisions, waiting.rows.get("fields")
    if not fields:
        return made
    form = DecisionForm(waiting.read(), fields)
    if not form.is_valid():
        raise ImportRefused(_("Corrigez d’abord les champs de la relecture."))
    decided = form.decisions()
    rows = {**decided.as_json(), **{name: made.as_json().get(name, []) for name in ("corrections", "answers")}}
    rows.pop("slug", None)
    return Decisions.from_json(rows)


def _choices(waiting: Waiting) -> dict[str, Choice]:
    return {key: Choice(row["side"], row.get("text", "")) for key, row in waiting.rows.get("choices", {}).items()}


def _chosen(request: HttpRequest, merged: Merged, choices: dict[str, Choice]) -> dict[str, Choice]:
    """The choices with those of this request; choices about conflicts that are no more are forgotten."""
    known = {row.key: row for row in merged.conflicts}
    out = {key: choice for key, choice in choices.items() if key in known}
    for key in request.POST.getlist("again"):
        out.pop(key, None)
    rest = request.POST.get("rest", "")
    for key, row in known.items():
        side = request.POST.get(f"choice-{key}", "")
        if side == "hand" and row.by_hand:
            text = request.POST.get(f"text-{key}", "").replace("\r\n", "\n").strip()
            if text or row.name != "title":
                out[key] = Choice("hand", text[:LONGEST_TEXT])
        elif side == "mine" or (not side and rest == "mine" and key not in out):
            out[key] = Choice("mine")
        elif side == "source" or (not side and rest == "source" and key not in out):
            out[key] = Choice("source")
    return out


def _keep(request: HttpRequest, waiting: Waiting, choices: dict[str, Choice]) -> None:
    rows = {key: {"side": choice.side, "text": choice.text} for key, choice in choices.items()}
    staging.keep_decided(request.user, waiting.staged.token, {**waiting.rows, "choices": rows})
