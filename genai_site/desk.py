"""The first page of the admin: what waits for the person who opens it, and where each thing is dealt with.

A block is shown to those who may act on it, and only where it holds something. What is counted costs a fixed number of
queries, and no text is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from articles.models import Article
from genai_site.models import ContactMessage, PassageReport
from imports import staging
from imports.checking import left
from imports.models import SourceFile
from publishing.models import Publication, State
from theses.models import Document, Figure

SHOWN = 6
"""Rows of a block; the list behind it has all."""
MOST = 300
"""Works of a kind that are looked at, those changed last first."""
MOST_SOURCES = 30
"""Sources whose findings are read, those imported last first."""
KINDS = (Document, Article)


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    address: str
    detail: str = ""
    late: bool = False
    """Whether it should have been dealt with already."""


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    title: str
    rows: list[Row]
    count: int
    advice: str = ""
    address: str = ""
    """The list that has all of them, where there is one."""

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


@dataclass(slots=True)
class Works:
    """The works on which something is open, by what is open."""

    in_review: list[Publication] = field(default_factory=list)
    scheduled: list[Publication] = field(default_factory=list)
    changed: list[Publication] = field(default_factory=list)
    drafts: list[Publication] = field(default_factory=list)


@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The index of the admin, with the desk above its lists."""
    blocks = list(desk(request))
    return admin.site.index(request, {"desk": blocks, "started": bool(blocks) or _has_works(request)})


def desk(request: HttpRequest) -> Iterator[Block]:
    """The blocks for this user, what is most urgent first."""
    works = open_works(request)
    for block in (
        _scheduled(works.scheduled),
        _of_works("review", _("En relecture"), works.in_review),
        _incomplete(works),
        _uploads(request),
        _doubts(request),
        _reports(request),
        _messages(request),
        _of_works("changed", _("Modifiés depuis leur publication"), works.changed, "compare"),
        _of_works("drafts", _("Brouillons"), works.drafts),
    ):
        if block is not None:
            yield block


def _may(request: HttpRequest, verb: str, model: Any) -> bool:
    return request.user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


def _has_works(request: HttpRequest) -> bool:
    return any(_may(request, "view", kind) and kind._default_manager.exists() for kind in KINDS)


def _admin(work: Publication, page: str) -> str:
    return reverse(f"admin:{work._meta.app_label}_{work._meta.model_name}_{page}", args=[work.pk])


# Works ---------------------------------------------------------------------------------------------------------------


def open_works(request: HttpRequest) -> Works:
    found = Works()
    for kind in KINDS:
        if not _may(request, "change", kind):
            continue
        for work in _open(kind):
            if work.scheduled_for is not None:
                found.scheduled.append(work)
            elif work.review_asked_at is not None:
                found.in_review.append(work)
            elif work.is_public:
                found.changed.append(work)
            else:
                found.drafts.append(work)
    found.scheduled.sort(key=lambda work: work.scheduled_for or timezone.now())
    for works in (found.in_review, found.changed, found.drafts):
        works.sort(key=_touched, reverse=True)
    return found


def _open(kind: Any) -> QuerySet[Any]:
    """What is neither withdrawn nor published as it stands, or is in review; of one kind, in one query."""
    fields = ["title", "state", "scheduled_for", "published_at", "updated_at", "ai_level", "date"]
    fields += ["current_edition", "review_asked_at", "review_note"]
    changed = Q(updated_at__gt=F("published_at"))
    if kind is Document:
        fields.append("text_changed_at")
        changed |= Q(text_changed_at__gt=F("published_at"))
    waiting = Q(state__in=[State.DRAFT, State.IN_REVIEW, State.SCHEDULED]) | Q(scheduled_for__isnull=False) | changed
    waiting &= ~Q(state=State.WITHDRAWN)
    works: QuerySet[Any] = kind._default_manager.filter(waiting | Q(review_asked_at__isnull=False))
    if kind is Document:
        missing = Figure.objects.filter(document=OuterRef("pk"), image="").order_by().values("document")
        works = works.annotate(pictures=Subquery(missing.annotate(n=Count("pk")).values("n")))
    return works.only(*fields).order_by("-updated_at")[:MOST]


def _incomplete(works: Works) -> Block | None:
    """What the check would say of these works and what the database can count: the check itself renders every page."""
    rows = []
    for work in sorted((*works.in_review, *works.scheduled, *works.changed, *works.drafts), key=_touched, reverse=True):
        lacks = []
        if not work.ai_level:
            lacks.append(_("usage de l’IA à dire"))
        if work.date is None:
            lacks.append(_("date manquante"))
        if pictures := getattr(work, "pictures", None):
            lacks.append(ngettext("%d figure sans image", "%d figures sans image", pictures) % pictures)
        if lacks:
            rows.append(Row(work.title, _admin(work, "check"), " · ".join(lacks)))
    return Block("checks", _("À compléter avant de publier"), rows[:SHOWN], len(rows)) if rows else None


def _touched(work: Any) -> datetime:
    text: datetime | None = getattr(work, "text_changed_at", None)
    touched: datetime = work.updated_at
    return max(touched, text) if text else touched


def _of_works(name: str, title: str, works: list[Publication], page: str = "change") -> Block | None:
    if not works:
        return None
    rows = []
    for work in works[:SHOWN]:
        note = [f"«\u202f{Truncator(work.review_note).chars(90)}\u202f»"] if work.review_note else []
        touched = _("modifié %s") % _ago(_touched(work))
        rows.append(Row(work.title, _admin(work, page), " · ".join([*note, touched])))
    return Block(name, title, rows, len(works))


def _scheduled(works: list[Publication]) -> Block | None:
    if not works:
        return None
    now = timezone.now()
    rows, late = [], 0
    for work in works:
        moment = work.scheduled_for or now
        overdue = moment <= now
        late += overdue
        when = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
        detail = _("prévu le %s, en retard") % when if overdue else _("le %s") % when
        rows.append(Row(work.title, _admin(work, "change"), detail, overdue))
    advice = ""
    if late:
        advice = _(
            "Une publication en retard a échoué, ou rien ne lance « manage.py publish_scheduled » : cette commande dit "
            "pourquoi."
        )
    return Block("scheduled", _("Publications programmées"), rows[:SHOWN], len(rows), advice)


def _ago(moment: datetime) -> str:
    if timezone.now() - moment < timedelta(minutes=1):
        return _("à l’instant")
    return _("il y a %s") % timesince(moment, depth=1)


# Imports -------------------------------------------------------------------------------------------------------------


def _uploads(request: HttpRequest) -> Block | None:
    """Files that this person uploaded and has not decided about."""
    if not _may(request, "add", SourceFile):
        return None
    found = staging.waiting(request.user)
    rows = [
        Row(
            staged.name,
            reverse("admin:imports_sourcefile_review", args=[staged.token]),
            _("s’efface dans %s") % timesince(timezone.now(), staged.expires, depth=1),
        )
        for staged in found[:SHOWN]
    ]
    return Block("uploads", _("Imports à relire"), rows, len(found)) if found else None


def _doubts(request: HttpRequest) -> Block | None:
    """Imports of works that were never published, with doubts of the reading that nobody answered."""
    if not _may(request, "view", SourceFile):
        return None
    unpublished = Q(document__first_published_at=None, document__isnull=False) | Q(
        article__first_published_at=None, article__isnull=False
    )
    found = SourceFile.objects.filter(unpublished).order_by("-imported_at").only("name", "report", "decisions")
    rows = []
    for source in found[:MOST_SOURCES]:
        if doubts := len(left(source)):
            detail = ngettext("%d constat à vérifier", "%d constats à vérifier", doubts) % doubts
            rows.append(Row(source.name, reverse("admin:imports_sourcefile_change", args=[source.pk]), detail))
    return Block("doubts", _("Lectures à vérifier"), rows[:SHOWN], len(rows)) if rows else None


# Readers -------------------------------------------------------------------------------------------------------------


def _reports(request: HttpRequest) -> Block | None:
    if not _may(request, "change", PassageReport):
        return None
    found = _counted(PassageReport.objects.filter(state=PassageReport.State.NEW))
    if not found:
        return None
    rows = [
        Row(
            report.message[:90],
            reverse("admin:genai_site_passagereport_change", args=[report.pk]),
            " · ".join(part for part in (report.work[:80], _ago(report.received_at)) if part),
        )
        for report in found
    ]
    address = f"{reverse('admin:genai_site_passagereport_changelist')}?state__exact=new"
    return Block("reports", _("Erreurs signalées par les lecteurs"), rows, found[0].total, address=address)


def _messages(request: HttpRequest) -> Block | None:
    if not _may(request, "change", ContactMessage):
        return None
    found = _counted(ContactMessage.objects.filter(answered=False))
    if not found:
        return None
    rows = [
        Row(
            message.subject or message.message[:90],
            reverse("admin:genai_site_contactmessage_change", args=[message.pk]),
            f"{message.name[:80]} · {_ago(message.received_at)}",
        )
        for message in found
    ]
    address = f"{reverse('admin:genai_site_contactmessage_changelist')}?answered__exact=0"
    return Block("messages", _("Messages sans réponse"), rows, found[0].total, address=address)


def _counted(rows: QuerySet[Any]) -> list[Any]:
    """The first rows of a block, each with how many there are in `total`."""
    return list(rows.annotate(total=Window(Count("pk")))[:SHOWN])
