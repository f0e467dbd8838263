"""The forms of the screen of figures: which files, where each goes, and what each figure says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from publishing.editing import VersionedForm
from theses.actions.attach_pictures import Choice
from theses.models import Figure, WaitingPicture

FILES_AT_ONCE = 60


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """One picture or several. An empty file is kept: it is named among those that were refused."""

    widget = PicturesInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        if not data:
            raise forms.ValidationError(_("Choisissez au moins une image."), code="required")
        if len(data) > FILES_AT_ONCE:
            raise forms.ValidationError(
                _("Envoyez %(most)d images au plus à la fois."), code="too-many", params={"most": FILES_AT_ONCE}
            )
        return list(data)


class PicturesForm(forms.Form):
    pictures = PicturesField(
        label=_("Images"),
        help_text=_("PNG, JPEG, WebP ou GIF. Le numéro dans le nom du fichier dit la figure : « figure-3.png »."),
        allow_empty_file=True,
    )


class WaitingForm(forms.Form):
    """One waiting picture: the figure it is for, what it shows, or away with it."""

    figure = forms.TypedChoiceField(label=_("Figure"), required=False, coerce=int, empty_value=None)
    alternative = forms.CharField(
        label=_("Texte de remplacement"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ce que l’image montre, pour qui ne la voit pas."),
    )
    discard = forms.BooleanField(label=_("Écarter"), required=False)

    def __init__(self, data: Any, *, waiting: WaitingPicture, choices: Sequence[tuple[Any, str]]) -> None:
        super().__init__(data, prefix=f"image-{waiting.pk}", label_suffix="")
        self.waiting = waiting
        self.fields["figure"].choices = choices  # type: ignore[attr-defined]
        self.fields["figure"].initial = waiting.figure_id
        if waiting.figure:
            self.fields["alternative"].initial = waiting.figure.alt

    def choice(self) -> Choice:
        values = self.cleaned_data
        return Choice(values["figure"], values["alternative"], values["discard"])


class FigureRow(VersionedForm):
    """What one figure says, in the list. A row that nobody touched is never in conflict, whoever changed it since."""

    class Meta:
        model = Figure
        fields = ("caption", "credit", "alt")
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 2}),
            "alt": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, data: Any, *, figure: Figure) -> None:
        super().__init__(data, instance=figure, prefix=f"figure-{figure.pk}", label_suffix="")
        for name in self._meta.fields or ():
            self.fields[name].show_hidden_initial = True

    @property
    def changed_fields(self) -> list[str]:
        return [name for name in self.changed_data if name != "version"]

    def clean(self) -> dict[str, Any] | None:
        return super().clean() if self.changed_fields else self.cleaned_data

    def description(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.changed_fields}
