"""The forms of the bibliography of a document: references from elsewhere, and which of several stays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manuscript.decoding import decode
from publishing.reference_files import LONGEST, read_references


class ReferencesForm(forms.Form):
    """References pasted, or a file of them; `items` holds what was read."""

    text = forms.CharField(
        label=_("Références"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("BibTeX, RIS ou CSL-JSON : collez-les ici, ou choisissez un fichier."),
    )
    file = forms.FileField(
        label=_("Fichier"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".bib,.ris,.json,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = self.cleaned_data
        if (file := values.get("file")) is not None:
            if (file.size or 0) > 4 * LONGEST:
                raise forms.ValidationError(_("Ce fichier est trop long : donnez-le en plusieurs parties."))
            values["text"] = decode(file.read()).text
        if not str(values.get("text") or "").strip():
            raise forms.ValidationError(_("Collez des références, ou choisissez un fichier."))
        values["items"] = read_references(values["text"])
        return values


class MergeForm(forms.Form):
    keep = forms.IntegerField()
    entries = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, data: Any, *, keys: list[int]) -> None:
        super().__init__(data)
        self.fields["entries"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
