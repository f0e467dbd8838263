"""The service worker, at the root of the site since its place bounds what it answers for; the page it falls back on."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from publishing.page_version import page_version

STATIC = ("css/site.css", "css/pages.css", "js/way.js", "js/offline.js")
"""What the page for what is not kept loads."""


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """`static/js/worker.js`, told what to keep for itself: it changes with that, and browsers then replace it."""
    pages = []
    for language in ("fr", "en"):
        with translation.override(language):
            pages.append(reverse("offline"))
    shell = [*pages, *(staticfiles_storage.url(name) for name in STATIC)]
    version = blake2b(repr(shell).encode(), key=page_version(), digest_size=8).hexdigest()
    source = Path(str(finders.find("js/worker.js"))).read_text(encoding="utf-8")
    lines = f"const SHELL = {json.dumps([*shell, version])};\n{source}"
    return HttpResponse(lines, content_type="text/javascript; charset=utf-8")


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html")
