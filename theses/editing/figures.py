"""The figures of a document on one screen: pictures to supply, pictures that wait, captions and alternative texts."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from theses.actions.attach_pictures import attach_pictures
from theses.actions.describe_figures import describe_figures
from theses.actions.receive_pictures import receive_pictures
from theses.editing.figure_forms import FILES_AT_ONCE, FigureRow, PicturesForm, WaitingForm
from theses.editing.shared import context_of, document_or_404
from theses.models import Document, Figure, WaitingPicture

A_PAGE = 50
RIGHT = "theses.change_figure"
UPLOAD_MAX_SIZE = 20 * settings.IMAGE_MAX_SIZE
"""Bytes of one sending, all its pictures together."""


def ordered(document: Document) -> QuerySet[Figure]:
    """The figures without image first, then those without alternative text, then the others; in order each."""
    urgency = Case(When(image="", then=Value(0)), When(alt="", then=Value(1)), default=Value(2))
    return document.figures.annotate(urgency=urgency).order_by("urgency", "position", "pk")


@require_http_methods(["GET", "POST"])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The list; posted, what its figures say."""
    document = document_or_404(request, pk, RIGHT)
    if request.method != "POST":
        return show(request, document)
    keys = [int(key) for key in request.POST.getlist("figure")[:A_PAGE] if key.isdecimal() and len(key) < 19]
    with transaction.atomic():
        rows = [FigureRow(request.POST, figure=figure) for figure in ordered(document).filter(pk__in=keys)]
        # Every row is checked, so that all that is wrong is said at once.
        if not [row for row in rows if row.errors]:
            descriptions = {row.instance.pk: row.description() for row in rows if row.changed_fields}
            changed = len(describe_figures(document=document, user=_user(request), descriptions=descriptions))
            said = ngettext("%d figure est enregistrée.", "%d figures sont enregistrées.", changed) % changed
            messages.success(request, said if changed else _("Rien n’avait changé."))
            return HttpResponseRedirect(request.get_full_path())
    return show(request, document, rows=rows)


# The size is looked at before the check of the token, which would already read the whole request.
@csrf_exempt
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_or_404(request, pk, RIGHT)
    if int(request.META.get("CONTENT_LENGTH") or 0) > UPLOAD_MAX_SIZE:
        limit = UPLOAD_MAX_SIZE // (1024 * 1024)
        messages.error(request, _("Cet envoi dépasse %d Mo en tout : envoyez moins d’images à la fois.") % limit)
        return HttpResponseRedirect(address(document))
    return _receive(request, document)


@csrf_protect
def _receive(request: HttpRequest, document: Document) -> HttpResponse:
    form = PicturesForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, document, upload=form)
    received = receive_pictures(document=document, user=_user(request), files=form.cleaned_data["pictures"])
    for name, sentence in received.refused:
        messages.error(request, _("« %(name)s » : %(sentence)s") % {"name": name, "sentence": sentence})
    unmatched = [row.name for row in received.waiting if row.figure is None]
    if unmatched:
        names = ", ".join(f"«\u202f{name}\u202f»" for name in unmatched)
        messages.warning(request, _("Aucune figure reconnue pour %s : choisissez-la ci-dessous.") % names)
    return HttpResponseRedirect(f"{address(document)}#attente" if received.waiting else address(document))


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm where the waiting pictures go."""
    document = document_or_404(request, pk, RIGHT)
    forms = waiting_forms(document, request.POST)
    if [form for form in forms if form.errors]:
        return show(request, document, waiting=forms)
    # A picture that arrived since the page was shown was not decided about.
    shown = set(request.POST.getlist("image"))
    choices = {form.waiting.pk: form.choice() for form in forms if str(form.waiting.pk) in shown}
    try:
        changed = len(attach_pictures(document=document, user=_user(request), choices=choices))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return show(request, document, waiting=waiting_forms(document, request.POST))
    if changed:
        said = ngettext("%d image est à sa place.", "%d images sont à leur place.", changed) % changed
        messages.success(request, said)
    return HttpResponseRedirect(address(document))


@require_GET
@never_cache
def waiting_picture(request: HttpRequest, pk: int) -> FileResponse:
    """A picture that waits, for those who decide about it alone."""
    document_of = get_object_or_404(WaitingPicture.objects.select_related("document"), pk=pk)
    document_or_404(request, document_of.document_id, RIGHT)
    try:
        return FileResponse(document_of.file.open("rb"))
    except FileNotFoundError:
        raise Http404 from None


def waiting_forms(document: Document, data: Any = None) -> list[WaitingForm]:
    waiting = list(document.waiting_pictures.select_related("figure"))
    if not waiting:
        return []
    choices = [("", _("— plus tard —")), *((figure.pk, _label(figure)) for figure in document.figures.all())]
    return [WaitingForm(data, waiting=row, choices=choices) for row in waiting]


def show(request: HttpRequest, document: Document, **forms: Any) -> HttpResponse:
    counts = document.figures.aggregate(
        all=Count("pk"), missing=Count("pk", filter=Q(image="")), mute=Count("pk", filter=~Q(image="") & Q(alt=""))
    )
    page = Paginator(ordered(document), A_PAGE).get_page(request.GET.get("page"))
    rows = forms.get("rows") or [FigureRow(None, figure=figure) for figure in page]
    context = context_of(
        request,
        document,
        _("Figures"),
        counts=counts,
        page_obj=page,
        rows=rows,
        waiting=forms.get("waiting") or waiting_forms(document),
        upload=forms.get("upload") or PicturesForm(),
        limit=settings.IMAGE_MAX_SIZE,
        most=FILES_AT_ONCE,
    )
    return render(request, "admin/theses/editing/figures.html", context)


def address(document: Document) -> str:
    return reverse("admin:theses_figure_desk", args=[document.pk])


def _label(figure: Figure) -> str:
    name = f"{_('Figure')} {figure.number}" if figure.number else figure.key
    caption = f" – {figure.caption[:60]}" if figure.caption else ""
    return f"{name}{caption}{_(' (remplace son image)') if figure.image else ''}"


def _user(request: HttpRequest) -> User:
    """Only accounts of the staff come here."""
    return cast(User, request.user)


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    return [
        path("ouvrage/<int:pk>/", wrap(figures), name="theses_figure_desk"),
        path("ouvrage/<int:pk>/recevoir/", csrf_exempt(wrap(receive)), name="theses_figure_receive"),
        path("ouvrage/<int:pk>/attribuer/", wrap(attach), name="theses_figure_attach"),
        path("en-attente/<int:pk>/", wrap(waiting_picture), name="theses_figure_waiting"),
    ]
