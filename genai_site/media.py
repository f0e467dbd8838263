"""Pictures that editors uploaded, served where no web server in front of the site does it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

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
    changed = path.stat().st_mtime
    if not was_modified_since(request.META.get("HTTP_IF_MODIFIED_SINCE"), changed):
        return HttpResponseNotModified()
    response = FileResponse(path.open("rb"), content_type=kind)
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = f"public, max-age={A_MONTH}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
