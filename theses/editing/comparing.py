"""The comparison of two editions of a document, or of an edition and the draft."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from publishing.comparing.screen import comparison_screen, require_reader
from theses.comparing import side_of
from theses.models import Document, DocumentEdition


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    require_reader(request, Document)
    document = get_object_or_404(Document, pk=pk)
    return comparison_screen(
        request,
        work=document,
        editions=DocumentEdition.objects.filter(document=document),
        side=lambda edition: side_of(document, edition),
    )


def urls(wrap: Any) -> list[URLPattern]:
    """`wrap` is that of the admin: no view is reached without an account of the staff."""
    return [path("<int:pk>/comparer/", wrap(compare), name="theses_document_compare")]
