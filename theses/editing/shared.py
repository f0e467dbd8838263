"""What every screen of the desk of a document begins with."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from publishing import screens
from theses.models import Document


def document_or_404(request: HttpRequest, pk: int, permission: str) -> Document:
    """The document of that key, for those who may change this part of it. Raises PermissionDenied, Http404."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return get_object_or_404(Document, pk=pk)


def context_of(request: HttpRequest, document: Document, title: str, **context: Any) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "opts": Document._meta,
        "document": document,
        "work": document,
        "title": title,
        "screens": screens.links(request, document),
        **context,
    }
