"""Write the caption, the credit and the alternative text of several figures at once."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.utils.translation import ngettext

from theses.actions.changing import changing
from theses.actions.permission import require_right
from theses.models import Document, Figure

RIGHT = "theses.change_figure"
DESCRIBED = ("caption", "credit", "alt")


def describe_figures(
    *, document: Document, user: User | None, descriptions: Mapping[int, Mapping[str, str]]
) -> list[Figure]:
    """The figures that changed. `descriptions` is by key of the figure, then by field. Raises PermissionDenied."""
    require_right(user, RIGHT)
    if not descriptions:
        return []
    count = len(descriptions)
    what = ngettext("%d figure décrite.", "%d figures décrites.", count) % count
    with changing(document=document, user=user, what=what, rights=(RIGHT,)):
        changed = []
        for figure in document.figures.select_for_update().filter(pk__in=descriptions):
            for name, text in descriptions[figure.pk].items():
                if name in DESCRIBED:
                    setattr(figure, name, text)
            figure.save()
            changed.append(figure)
    return changed
