"""Take in pictures for the figures of a document: each is checked, and waits until an editor says where it goes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from publishing.pictures import checked_picture
from theses.actions.permission import require_right
from theses.models import Document, WaitingPicture
from theses.picture_names import proposed_figure

MOST = 100
"""Pictures that may wait for one document."""


@dataclass(frozen=True, slots=True)
class Received:
    waiting: list[WaitingPicture] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Name of each file that was not kept, and the sentence that says why."""


def receive_pictures(*, document: Document, user: User | None, files: Sequence[File[Any]]) -> Received:
    """Raises PermissionDenied. A file that is no picture is named in `refused`; the others are kept all the same."""
    require_right(user, "theses.change_figure")
    received = Received()
    figures = list(document.figures.order_by("position", "pk"))
    room = MOST - document.waiting_pictures.count()
    checked: list[tuple[str, ContentFile[bytes]]] = []
    for file in files:
        name = str(file.name or "image")[-300:]
        if len(checked) >= room:
            received.refused.append((name, _("%d images attendent déjà : attribuez-les d’abord.") % MOST))
            continue
        try:
            checked.append((name, checked_picture(file)))
        except ValidationError as error:
            received.refused.append((name, " ".join(error.messages)))
    written: list[WaitingPicture] = []
    try:
        with transaction.atomic():
            for name, picture in checked:
                row = WaitingPicture(
                    document=document, name=name, figure=proposed_figure(name, figures), received_from=user
                )
                ending = str(picture.name).rpartition(".")[2]
                row.file.save(f"{secrets.token_hex(12)}.{ending}", picture, save=False)
                written.append(row)
                row.save()
    except BaseException:
        for row in written:
            row.file.storage.delete(str(row.file.name))
        raise
    received.waiting.extend(written)
    return received
