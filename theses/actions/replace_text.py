"""Replace words in a whole draft, at the places that an editor chose, in one act that can be undone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from theses.actions.changing import changing
from theses.finding import FIELDS, LONGEST, MOST, Search, digest, rows_of
from theses.models import Change, Document

RIGHTS = (
    "theses.change_document",
    "theses.change_section",
    "theses.change_figure",
    "theses.change_bibliographyentry",
)
_KEY = re.compile(r"([a-z]{1,30})-(\d{1,18})-([a-z]{1,30})-(\d{1,9})-([0-9a-f]{12})", re.ASCII)


def replace_text(
    *, document: Document, user: User | None, search: Search, replacement: str, chosen: Sequence[str]
) -> Change:
    """`chosen` are keys of hits that `theses.finding.hits` found with this search.

    Raises PermissionDenied, or ValidationError where nothing is chosen, where a text changed since it was searched, or
    where a title would become empty or too long: nothing is written then.
    """
    if not search.words or len(search.words) > LONGEST or len(replacement) > LONGEST:
        raise ValidationError(_("Écrivez ce qu’il faut chercher, en %d signes au plus.") % LONGEST)
    if not chosen or len(chosen) > MOST:
        raise ValidationError(_("Choisissez les endroits où remplacer, %d au plus.") % MOST)
    what = _("« %(old)s » remplacé par « %(new)s » (%(count)d)") % {
        "old": search.words,
        "new": replacement,
        "count": len(set(chosen)),
    }
    with changing(document=document, user=user, what=what, rights=RIGHTS) as change:
        places = _places(chosen)
        for model, names in FIELDS:
            aimed = places.pop(model._meta.model_name, {})
            rows = list(rows_of(model, document).filter(pk__in=aimed))
            if len(rows) < len(aimed):
                raise _changed()
            for row in rows:
                for name, starts in aimed[row.pk].items():
                    if name not in names:
                        raise _changed()
                    setattr(row, name, _replaced(getattr(row, name), starts, search, replacement))
                row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name not in aimed[row.pk]])
                row.updated_at = timezone.now()
            if rows:
                model.objects.bulk_update(rows, [*names, "updated_at"], batch_size=100)
        if places:
            raise _changed()
    return change


def _places(chosen: Sequence[str]) -> dict[str, dict[int, dict[str, dict[int, str]]]]:
    """Model, row and field to the places in it, each with the digest of the text. Raises ValidationError."""
    found: Any = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    for key in chosen:
        match = _KEY.fullmatch(key)
        if match is None:
            raise _changed()
        found[match[1]][int(match[2])][match[3]][int(match[4])] = match[5]
    return dict(found)


def _replaced(text: str, starts: dict[int, str], search: Search, replacement: str) -> str:
    if set(starts.values()) != {digest(text)}:
        raise _changed()
    ends = dict(search.places(text))
    for start in sorted(starts, reverse=True):
        if start not in ends:
            raise _changed()
        text = text[:start] + replacement + text[ends[start] :]
    return text


def _changed() -> ValidationError:
    return ValidationError(
        _("Un texte a changé depuis la recherche : rien n’a été remplacé. Voici ce qui s’y trouve à présent."),
        code="stale",
    )
