"""The two addresses of django-markdownx, for editors alone: the preview of a text, and the upload of a picture."""

from __future__ import annotations

from secrets import token_hex

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from publishing.markdown import preview
from publishing.pasting import markdown_of
from publishing.pictures import checked_picture
from publishing.renditions import write_renditions

LONGEST = 1_000_000
"""Characters of a text that is previewed."""
WRITERS = ("articles.change_article", "articles.add_article", "theses.change_section", "theses.change_document")


def require_writer(request: HttpRequest) -> None:
    if not any(request.user.has_perm(permission) for permission in WRITERS):
        raise PermissionDenied


@staff_member_required
@never_cache
@require_POST
def markdownify(request: HttpRequest) -> HttpResponse:
    require_writer(request)
    return HttpResponse(preview(request.POST.get("content", "")[:LONGEST]))


@staff_member_required
@never_cache
@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """The picture, checked and stored, as the Markdown that shows it; the shape is that of django-markdownx."""
    require_writer(request)
    file = request.FILES.get("image")
    try:
        if file is None:
            raise ValidationError("Choisissez une image.")
        picture = checked_picture(file)
    except ValidationError as error:
        return JsonResponse({"image": error.messages}, status=400)
    # Nobody can tell which text a picture will be shown in: only its address, which cannot be guessed, protects it.
    stem, dot, suffix = str(picture.name).rpartition(".")
    name = default_storage.save(f"{settings.MARKDOWNX_MEDIA_PATH}{stem}-{token_hex(8)}{dot}{suffix}", picture)
    write_renditions(name)
    return JsonResponse({"image_code": f"![]({default_storage.url(name)})"})


@staff_member_required
@never_cache
@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """What a word processor put on the clipboard, as Markdown."""
    require_writer(request)
    try:
        return HttpResponse(markdown_of(request.POST.get("html", "")), content_type="text/plain; charset=utf-8")
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=400, content_type="text/plain; charset=utf-8")


markdownx_patterns = [
    path("coller/", paste, name="markdownx_paste"),
    path("upload/", upload, name="markdownx_upload"),
    path("markdownify/", markdownify, name="markdownx_markdownify"),
]
