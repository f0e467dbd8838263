"""References that an editor pastes or uploads, in any of the three formats of reference managers, as CSL fields."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from manuscript.reference_files import kind_of_file
from manuscript.references import read_bibtex, read_csl_json, read_ris
from manuscript.steps.bibliography import reference_key

LONGEST = 2_000_000
"""Characters of a file: about four thousand entries."""
MOST = 1000
_READERS = {"bibtex": read_bibtex, "ris": read_ris, "csl-json": read_csl_json}


def read_references(text: str) -> list[dict[str, Any]]:
    """The entries in their order. Raises ValidationError with a sentence for the editor."""
    if len(text) > LONGEST:
        raise ValidationError(_("Ce fichier est trop long : donnez-le en plusieurs parties."))
    kind = kind_of_file(text)
    if not kind:
        raise ValidationError(_("Ce texte n’est ni du BibTeX, ni du RIS, ni du CSL-JSON."))
    try:
        items: list[dict[str, Any]] = _READERS[kind](text)
    except Exception as error:
        # The readers of other people's formats raise what they like.
        raise ValidationError(_("Ce fichier n’a pas pu être lu : il est peut-être coupé.")) from error
    if not items:
        raise ValidationError(_("Ce fichier ne contient aucune référence."))
    if len(items) > MOST:
        raise ValidationError(_("Ce fichier compte plus de %d références : donnez-le en plusieurs parties.") % MOST)
    return items


def new_key(csl: dict[str, Any], taken: set[str]) -> str:
    return reference_key(csl, taken)[:100]
