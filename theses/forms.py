"""Forms for the parts of a document: what the database keeps as JSON is shown to editors as plain fields."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.editing import VersionedForm
from publishing.models import AI_FIELDS, AIDisclosure
from theses.csl_words import CSL_TYPES, date_text, name_line
from theses.disclosures import said_above
from theses.models import Abstract, BibliographyEntry, Figure, Section

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class TextForm(VersionedForm):
    """A form that also has fields which no column holds: `shown` gives their values for a row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in self.shown(self.instance).items():
            self.fields[name].initial = value

    def shown(self, row: Any) -> dict[str, str]:
        return {}

    def _conflict(self, stored: Any) -> str:
        for name, value in self.shown(stored).items():
            setattr(stored, name, value)
        return super()._conflict(stored)


class SectionForm(TextForm):
    speaker_name = forms.CharField(label=gettext_lazy("Personne interrogée"), max_length=200, required=False)
    speaker_role = forms.CharField(label=capfirst(gettext_lazy("qualité")), max_length=300, required=False)
    speaker_organisation = forms.CharField(label=capfirst(gettext_lazy("organisation")), max_length=300, required=False)

    class Meta:
        model = Section
        fields = (
            *("document", "position", "depth", "kind", "number", "title", "slug", "body", "language"),
            *("starts_page", "printed_page"),
            *AI_FIELDS,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "body" in self.fields:
            self.fields["body"].widget.attrs |= {
                "data-preview": reverse("admin:theses_section_text_preview", args=[self.instance.pk]),
                "data-pick": reverse("admin:theses_section_pick", args=[self.instance.pk]),
            }
        if (field := self.fields.get("starts_page")) is not None:
            # The words of the plan, where Django would say "unknown".
            choices = [("unknown", _("Selon le document")), ("true", _("Oui")), ("false", _("Non"))]
            field.widget.choices = choices
            field.help_text = ""
        as_above(self)
        if self.instance.pk and "ai_level" in self.fields and not self.is_bound:
            self.fields["ai_level"].help_text = _said_without(self.instance)

    def shown(self, row: Section) -> dict[str, str]:
        return {f"speaker_{name}": (row.speaker or {}).get(name, "") for name in ("name", "role", "organisation")}

    def save(self, commit: bool = True) -> Any:
        words = {name: self.cleaned_data.get(f"speaker_{name}", "") for name in ("name", "role", "organisation")}
        self.instance.speaker = words if any(words.values()) else {}
        return super().save(commit)


def _said_without(section: Section) -> str:
    """What an empty level means for this section today."""
    said, where = said_above(section)
    if not said:
        return _("Rien n’est dit au-dessus de cette section.")
    values = {"said": Truncator(said).words(20), "where": where}
    return (
        _("Sans réponse : « %(said)s », comme « %(where)s ».")
        if where
        else _("Sans réponse : « %(said)s », comme le document.")
    ) % values


def as_above(form: forms.BaseForm) -> None:
    """Say what no answer on the use of AI means for a section."""
    if "ai_level" in form.fields:
        unsaid = gettext_lazy("Comme ce qui la contient")
        form.fields["ai_level"].choices = [("", unsaid), *AIDisclosure.Level.choices]  # type: ignore[attr-defined]


class AbstractForm(forms.ModelForm):  # type: ignore[type-arg]  # Not generic when it runs.
    keywords = forms.CharField(
        label=gettext_lazy("mots-clés"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Séparés par des virgules."),
    )

    class Meta:
        model = Abstract
        fields = ("language", "text", "keywords")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["keywords"] = ", ".join(self.instance.keywords or [])

    def clean_keywords(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["keywords"].split(",") if word.strip()]


class FigureForm(TextForm):
    class Meta:
        model = Figure
        fields = ("document", "number", "position", "key", "caption", "credit", "image", "alt", "image_name")


class EntryForm(TextForm):
    """An entry field by field; fields of CSL that have no place here stay as they are."""

    type = forms.ChoiceField(label=capfirst(gettext_lazy("nature")), choices=CSL_TYPES, required=False)
    authors = forms.CharField(
        label=capfirst(gettext_lazy("auteurs")),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=gettext_lazy("Un par ligne : « Nom, Prénom », ou le nom d’une organisation sans virgule."),
    )
    title = forms.CharField(
        label=capfirst(gettext_lazy("titre")), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    container = forms.CharField(
        label=capfirst(gettext_lazy("dans")), required=False, help_text=gettext_lazy("Revue, site, ouvrage.")
    )
    publisher = forms.CharField(label=capfirst(gettext_lazy("éditeur")), required=False)
    issued = forms.CharField(
        label=capfirst(gettext_lazy("date")), required=False, help_text=gettext_lazy("2024, 2024-05 ou 2024-05-17.")
    )
    address = forms.URLField(
        label=capfirst(gettext_lazy("adresse web")), required=False, assume_scheme="https", max_length=2000
    )
    doi = forms.CharField(label="DOI", required=False)

    PLAIN = {"type": "type", "title": "title", "container": "container-title", "publisher": "publisher"}
    ADDRESSES = {"address": "URL", "doi": "DOI"}

    class Meta:
        model = BibliographyEntry
        fields = ("document", "position", "key", "raw")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = (self.instance.csl or {}).get("type", "")
        if kind and kind not in dict(CSL_TYPES):
            self.fields["type"].choices = [*CSL_TYPES, (kind, kind)]  # type: ignore[attr-defined]

    def shown(self, row: BibliographyEntry) -> dict[str, str]:
        csl = row.csl or {}
        return {
            **{name: csl.get(key, "") for name, key in {**self.PLAIN, **self.ADDRESSES}.items()},
            "authors": "\n".join(name_line(name) for name in csl.get("author", [])),
            "issued": date_text(csl.get("issued", {})),
        }

    def clean_issued(self) -> str:
        text = str(self.cleaned_data["issued"]).strip()
        if text and not _DATE.fullmatch(text) and text != self.fields["issued"].initial:
            raise forms.ValidationError(_("Écrivez la date ainsi : 2024, 2024-05 ou 2024-05-17."))
        return text

    def save(self, commit: bool = True) -> Any:
        csl = dict(self.instance.csl or {})
        for name, key in {**self.PLAIN, **self.ADDRESSES}.items():
            csl[key] = self.cleaned_data[name]
        if "authors" in self.changed_data:
            lines = self.cleaned_data["authors"].splitlines()
            csl["author"] = [_name(line) for line in lines if line.strip()]
        if "issued" in self.changed_data:
            match = _DATE.fullmatch(self.cleaned_data["issued"])
            csl["issued"] = {"date-parts": [[int(part) for part in match.groups() if part]]} if match else {}
        self.instance.csl = {key: value for key, value in csl.items() if value not in ("", [], {}, None)}
        return super().save(commit)


def _name(line: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in line.partition(","))
    return {"family": family, "given": given} if comma else {"literal": family}
