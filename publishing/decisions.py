"""What a publisher may decide about a work in the admin: the words, the form and the works that each decision fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.models import Publication, State


class PublishForm(forms.Form):
    change_note = forms.CharField(
        label=_("Ce qui change"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Facultatif ; gardé avec l’édition."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Raison"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Facultative ; gardée dans l’historique, que les lecteurs ne voient pas."),
    )


class ScheduleForm(forms.Form):
    moment = forms.DateTimeField(
        label=_("Publier le"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


@dataclass(frozen=True, slots=True)
class Decision:
    path: str
    label: str | Promise
    question: str | Promise
    consequence: str | Promise
    done: str | Promise
    fits: Callable[[Publication], bool]
    form: type[forms.Form] = forms.Form
    checks: bool = False
    """Whether what could be mended first is shown."""

    @property
    def button(self) -> str:
        return str(self.label).rstrip("…")


DECISIONS = {
    "publish": Decision(
        path="publier",
        label=_("Publier…"),
        question=_("Publier ?"),
        consequence=_(
            "Le brouillon devient une édition numérotée, que les lecteurs voient aussitôt et qui ne changera plus. Les "
            "éditions précédentes gardent leur adresse."
        ),
        done=_("« %(work)s » est publié."),
        fits=lambda work: not work.is_public or work.has_unpublished_changes,
        form=PublishForm,
        checks=True,
    ),
    "schedule": Decision(
        path="programmer",
        label=_("Programmer…"),
        question=_("Programmer la publication ?"),
        consequence=_("Le brouillon sera publié à ce moment-là, tel qu’il sera alors."),
        done=_("La publication de « %(work)s » est programmée."),
        fits=lambda work: work.scheduled_for is None and (not work.is_public or work.has_unpublished_changes),
        form=ScheduleForm,
        checks=True,
    ),
    "unschedule": Decision(
        path="deprogrammer",
        label=_("Annuler la programmation…"),
        question=_("Annuler la publication programmée ?"),
        consequence=_("Le brouillon reste un brouillon jusqu’à ce que vous le publiiez."),
        done=_("La publication de « %(work)s » n’est plus programmée."),
        fits=lambda work: work.scheduled_for is not None,
    ),
    "withdraw": Decision(
        path="retirer",
        label=_("Retirer…"),
        question=_("Retirer du site ?"),
        consequence=_(
            "Les lecteurs ne verront plus ce texte, ni aucune de ses éditions : son adresse dira qu’il a été "
            "retiré. Rien n’est effacé, et vous pourrez le publier de nouveau."
        ),
        done=_("« %(work)s » est retiré."),
        fits=lambda work: work.state == State.PUBLISHED,
        form=WithdrawForm,
    ),
}
