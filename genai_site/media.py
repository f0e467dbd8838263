"""Pictures that editors uploaded, served where no web server in front of the site does it.

A picture that is not public is for editors alone, like the draft that shows it; `genai_site.previews` serves it to
those who have a link.
"""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

from genai_site.public_pictures import WORKS, is_public
from publishing.actions.permission import may_read_drafts

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
    public = is_public(name)
    if not public and not may_see(request.user, name):
        raise Http404
    response = served(request, name)
    if response.status_code == 200:
        response["Cache-Control"] = f"public, max-age={A_MONTH}" if public else "private, no-store"
    return response


def may_see(user: User | AnonymousUser, name: str) -> bool:
    """Whether this user sees in the admin what shows the picture: drafts of that kind, or authors."""
    folder = name.partition("/")[0]
    if folder == "authors":
        return user.is_staff and user.has_perm("publishing.view_author")
    return folder in WORKS and may_read_drafts(user, WORKS[folder])


def served(request: HttpRequest, name: str) -> HttpResponseBase:
    """The bytes of a picture in the folder of the media; who may see it is settled before. Raises Http404."""
    kind = TYPES.get(Path(name).suffix.lower())
    # With « .. », a name of a public folder would be that of a file which is not: it was not what was settled.
    if kind is None or normpath(name) != name:
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
    response["X-Content-Type-Options"] = "nosniff"
    return response
