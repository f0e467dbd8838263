"""What may be decided about a work in the admin: the words, the form, who may, and which works it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.actions.permission import may_edit, may_publish
from publishing.actions.review import LONGEST
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


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Un mot"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Facultatif ; montré avec le brouillon, et gardé dans son journal."),
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
    """Whether what should be mended first is shown."""
    stops: bool = False
    """Whether what blocks forbids it."""
    may: Callable[[User, type[Publication]], bool] = may_publish
    """Who is offered it; the action asks again."""

    @property
    def button(self) -> str:
        return str(self.label).rstrip("…")


DECISIONS = {
    "review": Decision(
        path="relecture",
        label=_("Envoyer en relecture…"),
        question=_("Envoyer en relecture ?"),
        consequence=_(
            "Ceux qui publient verront que le brouillon est prêt à relire. Rien ne change pour les lecteurs, et le "
            "brouillon reste modifiable."
        ),
        done=_("« %(work)s » est en relecture."),
        fits=lambda work: (
            work.review_asked_at is None
            and work.scheduled_for is None
            and (not work.is_public or work.has_unpublished_changes)
        ),
        form=NoteForm,
        checks=True,
        may=may_edit,
    ),
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
        stops=True,
    ),
    "return": Decision(
        path="rendre",
        label=_("Rendre à la rédaction…"),
        question=_("Rendre à la rédaction ?"),
        consequence=_("La relecture s’arrête ; votre mot dit à la rédaction ce qui reste à faire."),
        done=_("« %(work)s » est rendu à la rédaction."),
        fits=lambda work: work.review_asked_at is not None and work.scheduled_for is None,
        form=NoteForm,
        may=lambda user, kind: may_edit(user, kind) or may_publish(user, kind),
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
        stops=True,
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
