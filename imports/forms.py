"""The two forms of an import: which files, and what they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from imports.ai_sentence import guess_level
from imports.decisions import Decisions
from imports.drafts.facts import proposed_slug, proposed_title, settled_slug
from imports.refusals import ImportRefused
from manuscript.dates import read_date
from manuscript.model import DocumentKind, Manuscript, Person
from manuscript.names import read_people
from publishing.models import LANGUAGES, AIDisclosure
from theses.models import Document

KINDS = [(DocumentKind.ARTICLE.value, _("Article")), *Document.Kind.choices]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; an empty one is kept, so that its own message can name it."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


class UploadForm(forms.Form):
    sources = FilesField(
        label=_("Fichiers"),
        help_text=_("Markdown ou texte seul (.md, .txt) ; un ou plusieurs fichiers."),
        error_messages={"required": _("Choisissez au moins un fichier.")},
        allow_empty_file=True,
    )
    sources.widget.attrs.update({"accept": ".md,.markdown,.txt,.text,text/plain,text/markdown"})


class DecisionForm(forms.Form):
    """What was read, to be confirmed or corrected. Only what was changed becomes a decision."""

    kind = forms.ChoiceField(label=_("Nature"), choices=KINDS)
    title = forms.CharField(label=_("Titre"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    subtitle = forms.CharField(label=_("Sous-titre"), max_length=1000, required=False)
    authors = forms.CharField(
        label=_("Auteurs"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un par ligne : prénom et nom, puis, après une virgule, la qualité."),
    )
    date = forms.CharField(
        label=_("Date"),
        required=False,
        max_length=40,
        help_text=_("2025, 2025-09, 14/09/2025 ou « septembre 2025 »."),
    )
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES)
    slug = forms.CharField(
        label=_("Adresse"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
        help_text=_("La fin de l’adresse de la page. Elle ne change plus une fois le texte publié."),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Le chapeau d’un article ; le résumé d’un document, s’il n’en a pas."),
    )

    ai_level = forms.ChoiceField(
        label=_("Usage de l’IA"),
        required=False,
        choices=[("", _("À dire avant de publier")), *AIDisclosure.Level.choices],
    )

    field_order = ["kind", "title", "subtitle", "authors", "date", "language", "ai_level", "slug", "description"]

    def __init__(
        self, manuscript: Manuscript, values: Mapping[str, Any] | None = None, sent: Mapping[str, str] | None = None
    ) -> None:
        """`values` confirm; `sent` are fields that came with another decision, to be shown again unconfirmed."""
        initial = _as_read(manuscript)
        super().__init__(values, initial=initial if values is not None else {**initial, **(sent or {})})

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_date(self) -> str:
        text = self.cleaned_data["date"].strip()
        date = read_date(text) if text else ""
        if text and not date:
            raise forms.ValidationError(
                _("Cette date n’est pas comprise : écrivez 2025, 2025-09, 14/09/2025 ou « septembre 2025 ».")
            )
        return date

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        model = Article if values.get("kind") == DocumentKind.ARTICLE.value else Document
        if "slug" in values and "slug" in self.changed_data:
            try:
                settled_slug(model, values["slug"], values.get("title", ""))
            except ImportRefused as refusal:
                self.add_error("slug", str(refusal))
        return values

    def decisions(self) -> Decisions:
        """Once the form is valid."""
        values = {name: self.cleaned_data[name] for name in self.changed_data}
        if "kind" in values:
            values["kind"] = DocumentKind(values["kind"])
        if "authors" in values:
            lines = values["authors"].splitlines()
            values["authors"] = tuple(person for line in lines for person in read_people(line))
        return Decisions(**values)


def _as_read(manuscript: Manuscript) -> dict[str, Any]:
    metadata = manuscript.metadata
    model = Article if metadata.kind == DocumentKind.ARTICLE else Document
    title = " ".join(proposed_title(manuscript).split())
    return {
        "kind": metadata.kind.value,
        "title": title,
        "subtitle": metadata.subtitle,
        "authors": "\n".join(_line(person) for person in metadata.authors),
        "date": metadata.date,
        "language": metadata.language,
        "slug": proposed_slug(model, title),
        "description": metadata.description,
        "ai_level": guess_level(metadata.ai_disclosure),
    }


def _line(person: Person) -> str:
    name = person.literal or f"{person.given} {person.family}".strip()
    return ", ".join(part for part in (name, person.role, person.organisation) if part)
