"""Pictures that editors uploaded, served where no web server in front of the site does it.

The picture of a work that is not public is for editors alone, like the work itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from articles.models import Article
from publishing.models import State
from publishing.renditions import original
from theses.models import Document

A_MONTH = 60 * 60 * 24 * 30
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""What is served, by the end of its name. SVG is not: it can hold a program."""


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    kind = TYPES.get(Path(name).suffix.lower())
    if kind is None:
        raise Http404
    try:
        path = Path(safe_join(settings.MEDIA_ROOT, name)).resolve(strict=True)
        inside = path.is_relative_to(Path(settings.MEDIA_ROOT).resolve()) and path.is_file()
    except (OSError, ValueError, SuspiciousFileOperation) as error:
        raise Http404 from error
    if not inside:
        raise Http404
    public = is_public(name)
    if not public and not getattr(request.user, "is_staff", False):
        raise Http404
    changed = path.stat().st_mtime
    if not was_modified_since(request.META.get("HTTP_IF_MODIFIED_SINCE"), changed):
        return HttpResponseNotModified()
    response = FileResponse(path.open("rb"), content_type=kind)
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = f"public, max-age={A_MONTH}" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def is_public(name: str) -> bool:
    """Whether no work holds this picture, or a published one does: one query at most.

    A picture that an edition froze and that its draft replaced since is held by none. The renditions of a picture go
    with it.
    """
    name = original(name)
    folder = name.partition("/")[0]
    works: QuerySet[Any] | None = {
        "articles": Article.objects.filter(hero_image=name),
        "covers": Document.objects.filter(cover_image=name),
        "figures": Document.objects.filter(figures__image=name),
    }.get(folder)
    states = list(works.values_list("state", flat=True)) if works is not None else []
    return not states or State.PUBLISHED in states
