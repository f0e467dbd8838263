"""What several screens of an import begin with."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from imports.models import SourceFile
from imports.publication import publish
from imports.reports import count_labels
from manuscript.decoding import decode
from publishing.check_screen import check_address


def context_of(request: HttpRequest, title: str, **context: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "opts": SourceFile._meta, "title": title, **context}


def importers_only(request: HttpRequest) -> None:
    if not request.user.has_perm("imports.add_sourcefile"):
        raise PermissionDenied


def already_imported(sha256: str) -> SourceFile | None:
    source = SourceFile.objects.select_related("article", "document").filter(sha256=sha256).first()
    return source if source is not None and source.work is not None else None


def counted(read: dict[str, Any]) -> list[tuple[str, int]]:
    return [(label, read["counts"].get(name, 0)) for name, label in count_labels().items()]


def lines_of(data: bytes) -> list[str]:
    return decode(data).text.split("\n")


def publish_and_say(request: HttpRequest, source: SourceFile) -> bool:
    """Publish the work of a source, say what came of it, and tell whether it is public now."""
    work = source.work
    if work is None:
        return False
    try:
        # Only accounts of the staff come here.
        publish(work=work, user=cast(User, request.user))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        link = format_html('<a href="{}">{}</a>', check_address(work), _("Voir le contrôle"))
        messages.info(request, format_html(_("Le texte est gardé en brouillon. {}"), link))
    except PermissionDenied:
        messages.error(request, _("Votre compte ne permet pas de publier."))
    else:
        page = format_html('<a href="{}">{}</a>', work.get_absolute_url(), _("voir la page"))
        messages.success(request, format_html(_("« {} » est publié : {}."), work.title, page))
        return True
    return False
