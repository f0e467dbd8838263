"""Move a section with all that stands under it, or change its level."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from theses.actions.changing import changing, name
from theses.actions.outline import seen_plan, write_rows
from theses.models import Change, Document
from theses.plan import down, moved, releveled, up

STEPS = {
    "up": (up, gettext_lazy("Monté : %s")),
    "down": (down, gettext_lazy("Descendu : %s")),
    "deeper": (lambda plan, pk: releveled(plan, pk, 1), gettext_lazy("Un niveau plus bas : %s")),
    "shallower": (lambda plan, pk: releveled(plan, pk, -1), gettext_lazy("Un niveau plus haut : %s")),
}


def step_section(*, document: Document, user: User | None, section: int, step: str, version: str | None) -> Change:
    """One step: "up" or "down" among its sisters, "deeper" or "shallower".

    Raises PermissionDenied, OutlineChanged, or ValidationError where there is no such step.
    """
    do, words = STEPS[step]
    with changing(document=document, user=user, what=str(words)) as change:
        plan = seen_plan(document, version)
        rows = do(plan, section)
        name(change, words % plan.rows[plan.index(section)].title)
        write_rows(document, plan, rows)
    return change


def move_section(
    *,
    document: Document,
    user: User | None,
    section: int,
    before: int | None,
    depth: int | None = None,
    version: str | None,
) -> Change:
    """Before another section, or to the end where `before` is None; `depth` is brought to what fits there.

    Raises PermissionDenied, OutlineChanged, or ValidationError.
    """
    with changing(document=document, user=user, what=_("Section déplacée.")) as change:
        plan = seen_plan(document, version)
        rows = moved(plan, section, before, depth)
        if [(row.pk, row.depth) for row in rows] == [(row.pk, row.depth) for row in plan.rows]:
            raise ValidationError(_("Cette section est déjà là."))
        name(change, _("Déplacé : %s") % plan.rows[plan.index(section)].title)
        write_rows(document, plan, rows)
    return change
