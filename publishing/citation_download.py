"""The reference of an edition as a file to download, for articles and documents alike."""

from __future__ import annotations

from typing import Any, Protocol

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from publishing.citation_files import FORMATS, work_csl


class Edition(Protocol):
    number: int
    facts: Any

    def get_absolute_url(self) -> str: ...


def download(request: HttpRequest, edition: Edition, ending: str) -> HttpResponse:
    """`ending` is bib, ris or json; raises Http404 for any other. The reference names the address of the edition."""
    if ending not in FORMATS:
        raise Http404
    address = request.build_absolute_uri(edition.get_absolute_url())
    csl = work_csl(edition.facts, address=address, site=settings.SITE_NAME, edition=edition.number)
    write, media_type = FORMATS[ending]
    response = HttpResponse(write(csl), content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{csl["id"]}.{ending}"'
    return response
