"""Pictures that editors upload: checked by their content, bounded, written again without what a camera adds."""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.db.models.fields.files import FieldFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_PIXELS = 50_000_000
"""A picture of 8,000 by 6,000 pixels: about 200 MB while it is decoded."""
MAX_SIDE = 3200
"""Pixels of the longer side that is kept: twice the widest place in the design, for dense screens."""
_FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
_IN_BODY = re.compile(r"!\[[^\]\n]{0,2000}\]\(<?([^)\s>]{1,1000})")


def checked_picture(upload: File[bytes]) -> ContentFile[bytes]:
    """The upload as a clean picture under a name that tells its true format.

    Raises ValidationError with a sentence for the editor. Pixels are decoded and written again: what a file may hide
    besides them (metadata, places, another file behind the picture) does not survive.
    """
    limit = settings.IMAGE_MAX_SIZE
    if upload.size and upload.size > limit:
        raise ValidationError(_("Cette image dépasse %s : réduisez-la.") % filesizeformat(limit), code="too-big")
    upload.seek(0)
    data = upload.read(limit + 1)
    upload.seek(0)
    if b"<svg" in data[:4096].lower():
        raise ValidationError(
            _("Une image SVG peut contenir un programme : donnez-la en PNG, en JPEG ou en WebP."), code="svg"
        )
    try:
        with Image.open(io.BytesIO(data), formats=list(_FORMATS)) as image:
            kind = image.format or ""
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            if kind == "GIF" and getattr(image, "is_animated", False):
                raise ValidationError(
                    _("Une image animée n’est pas acceptée : donnez une image fixe."), code="animated"
                )
            clean = ImageOps.exif_transpose(image)
            clean.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("Cette image compte trop de pixels : réduisez-la."), code="too-many-pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise ValidationError(
            _("Ce fichier n’est pas une image lisible : donnez un JPEG, un PNG, un WebP ou un GIF."),
            code="unreadable",
        ) from error
    clean.thumbnail((MAX_SIDE, MAX_SIDE))
    name = PurePosixPath(str(upload.name or "image")).stem[:80] or "image"
    return ContentFile(_written(clean, kind), name=f"{name}.{_FORMATS[kind]}")


def _written(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        image.convert("RGB").save(out, "JPEG", quality=88, optimize=True, progressive=True)
    elif kind == "WEBP":
        image.save(out, "WEBP", quality=88, method=4)
    else:
        image.save(out, kind, optimize=True)
    return out.getvalue()


def size_of(image: FieldFile) -> tuple[int, int] | None:
    """Width and height in pixels of a stored picture, from its first bytes; None where it cannot be read."""
    return _size(image.storage, image.name or "")


def sizes_in(body: str) -> dict[str, tuple[int, int]]:
    """Address to size of the pictures of a text that are kept by this site, for a page that does not jump."""
    sizes: dict[str, tuple[int, int]] = {}
    for address in dict.fromkeys(_IN_BODY.findall(body)):
        if address.startswith(settings.MEDIA_URL):
            size = _size(default_storage, unquote(address.removeprefix(settings.MEDIA_URL)))
            if size:
                sizes[address] = size
    return sizes


def _size(storage: Storage, name: str) -> tuple[int, int] | None:
    try:
        with storage.open(name) as stream, Image.open(stream) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, SuspiciousOperation, Image.DecompressionBombError):
        return None
