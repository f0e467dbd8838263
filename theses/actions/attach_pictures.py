"""Give waiting pictures to the figures that they were chosen for, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.renditions import write_renditions
from theses.actions.changing import changing
from theses.actions.permission import require_right
from theses.models import Document, Figure, WaitingPicture

RIGHT = "theses.change_figure"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor decided for one waiting picture."""

    figure: int | None = None
    """Key of the figure that gets it; None where it goes on waiting."""
    alternative: str = ""
    """Put in the place of the alternative text that the figure has, where it is not empty."""
    discard: bool = False


def attach_pictures(*, document: Document, user: User | None, choices: Mapping[int, Choice]) -> list[Figure]:
    """The figures that have a picture now. `choices` is by key of the waiting picture; the others go on waiting.

    Raises PermissionDenied, and ValidationError where two pictures were chosen for one figure, or where a picture or
    a figure is no longer there. The picture that a figure had stays on the disk: editions may show it.
    """
    require_right(user, RIGHT)
    wanted = [choice.figure for choice in choices.values() if choice.figure is not None and not choice.discard]
    if len(set(wanted)) < len(wanted):
        raise ValidationError(_("Deux images sont attribuées à la même figure : choisissez."), code="twice")
    written: list[tuple[Storage, str]] = []
    try:
        count = len(wanted)
        what = ngettext("%d image reçue.", "%d images reçues.", count) % count
        around = changing(document=document, user=user, what=what, rights=(RIGHT,)) if wanted else transaction.atomic()
        with around:
            waiting = {row.pk: row for row in document.waiting_pictures.select_for_update().filter(pk__in=choices)}
            figures = {row.pk: row for row in document.figures.select_for_update().filter(pk__in=wanted)}
            if len(waiting) < len(choices) or len(figures) < len(wanted):
                raise ValidationError(
                    _("Une image ou une figure n’est plus là : quelqu’un s’en est occupé. Voici ce qui reste."),
                    code="gone",
                )
            changed = []
            for key, choice in choices.items():
                if choice.discard:
                    _let_go(waiting[key])
                elif choice.figure is not None:
                    changed.append(_attach(waiting[key], figures[choice.figure], choice.alternative, written))
                    _let_go(waiting[key])
    except BaseException:
        for storage, name in written:
            storage.delete(name)
        raise
    return changed


def _attach(waiting: WaitingPicture, figure: Figure, alternative: str, written: list[tuple[Storage, str]]) -> Figure:
    name = PurePosixPath(waiting.name)
    ending = PurePosixPath(waiting.file.name or "").suffix
    try:
        with waiting.file.open("rb") as file:
            picture = ContentFile(file.read())
    except FileNotFoundError as error:
        raise ValidationError(
            _("L’image « %s » n’est plus dans le dépôt : écartez-la et renvoyez-la.") % waiting.name, code="lost"
        ) from error
    figure.image.save(f"{slugify(name.stem)[:80] or figure.key}{ending}", picture, save=False)
    storage, path = figure.image.storage, str(figure.image.name)
    written.append((storage, path))
    written += [(storage, rendition) for rendition in write_renditions(path, storage)]
    if alternative.strip():
        figure.alt = alternative.strip()
    figure.save()
    return figure


def _let_go(waiting: WaitingPicture) -> None:
    storage, path = waiting.file.storage, str(waiting.file.name)
    waiting.delete()
    transaction.on_commit(lambda: storage.delete(path))
