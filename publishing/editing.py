"""Forms of the admin that keep two editors from overwriting each other, and that check pictures."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.pictures import checked_picture
from publishing.word_diff import side_by_side

_DIFFERENCE = (
    '<details open><summary>{}</summary><div class="two-texts">'
    '<div><p class="whose">{}</p>{}</div><div><p class="whose">{}</p>{}</div></div></details>'
)


class PictureField(forms.ImageField):
    """A picture that is checked by its content and written again; see `publishing.pictures`."""

    default_validators = []

    def to_python(self, data: Any) -> Any:
        upload = forms.FileField.to_python(self, data)
        return checked_picture(upload) if isinstance(upload, File) else upload


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]  # Not generic when it runs.
    """A form that remembers which state of the row it was made from: the model needs `updated_at`.

    Where the row changed meanwhile, nothing is stored: the editor sees what the other one wrote, keeps the own text in
    the form, and may save again knowingly. It must run in a transaction, as the admin does.
    """

    class Media:
        css = {"all": ["editing/writing.css"]}

    version = forms.CharField(widget=forms.HiddenInput, required=False, label=gettext_lazy("version"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "version" in self.fields:
            self.fields["version"].initial = version_of(self.instance)

    def clean(self) -> dict[str, Any] | None:
        values = super().clean()
        if self.instance.pk and "version" in self.fields:
            stored = self._meta.model._base_manager.select_for_update().filter(pk=self.instance.pk).first()
            if stored is not None and self.data.get(self.add_prefix("version")) != version_of(stored):
                data: Any = self.data
                data = data.copy()
                data[self.add_prefix("version")] = version_of(stored)
                self.data = data
                raise ValidationError(self._conflict(stored), code="conflict")
        return values

    def _conflict(self, stored: models.Model) -> str:
        """What the other editor stored in the fields where the two differ."""
        rows = []
        for name, field in self.fields.items():
            theirs = getattr(stored, name, None)
            if name == "version":
                continue
            plain = isinstance(theirs, (str, int, float, bool)) or theirs is None
            if plain and name in self.cleaned_data and (self.cleaned_data[name] or "") != (theirs or ""):
                own = "" if self.cleaned_data[name] is None else str(self.cleaned_data[name])
                rows.append((str(field.label or name), *side_by_side(own, "" if theirs is None else str(theirs))))
        return format_html(
            "{} {}",
            _(
                "%s a enregistré cette page pendant que vous l’écriviez. Rien n’est perdu : votre texte est "
                "encore dans le formulaire, le sien est enregistré. Comparez, puis enregistrez de nouveau "
                "pour garder le vôtre."
            )
            % last_editor(stored),
            format_html_join(
                "", _DIFFERENCE, ((label, _("Le vôtre"), mine, _("Le sien"), theirs) for label, mine, theirs in rows)
            ),
        )


def version_of(row: models.Model) -> str:
    return str(row.updated_at.isoformat())  # type: ignore[attr-defined]


def last_editor(row: models.Model) -> str:
    """Who changed a row last, as its history says."""
    entry = (
        LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
        .select_related("user")
        .order_by("-action_time", "-pk")
        .first()
    )
    return (entry.user.get_full_name() or entry.user.get_username()) if entry else _("Quelqu’un")
