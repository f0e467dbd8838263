"""What happens where no page is: an old address that an editor mapped leads on, any other gets the 404 page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.defaults import page_not_found

from genai_site.models import OldAddress

LONGEST = OldAddress._meta.get_field("path").max_length


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    target = target_of(request.path) if request.method in {"GET", "HEAD"} else ""
    if not target:
        return page_not_found(request, exception)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query and "?" not in target else target)


def target_of(path: str) -> str:
    """Where an old path leads, with or without its last slash; nothing where nobody mapped it."""
    if len(path) > (LONGEST or 0) or "\x00" in path:
        return ""
    bare = path.rstrip("/")
    found = OldAddress.objects.filter(path__in=[bare, f"{bare}/"]).first() if bare else None
    return found.target if found else ""
