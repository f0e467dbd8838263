"""What belongs to the site as a whole: messages left by readers, and old addresses that lead to new pages."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactMessage(models.Model):
    received_at = models.DateTimeField(_("reçu le"), auto_now_add=True)
    name = models.CharField(_("nom"), max_length=200)
    email = models.EmailField(_("courriel"))
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    message = models.TextField(_("message"), max_length=10_000)
    page = models.CharField(_("page d’origine"), max_length=500, blank=True)
    answered = models.BooleanField(_("répondu"), default=False)

    class Meta:
        verbose_name = _("message reçu")
        verbose_name_plural = _("messages reçus")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.name} : {self.subject or self.message[:60]}"


class OldAddress(models.Model):
    """A path that other sites and older texts still use, and where it leads now."""

    path = models.CharField(
        _("ancienne adresse"),
        max_length=500,
        unique=True,
        help_text=_("Le chemin seul, par exemple /contactez-nous"),
    )
    target = models.CharField(
        _("mène à"),
        max_length=500,
        help_text=_("Un chemin du site, par exemple /contact/, ou une adresse complète."),
    )

    class Meta:
        verbose_name = _("ancienne adresse")
        verbose_name_plural = _("anciennes adresses")
        ordering = ["path"]

    def __str__(self) -> str:
        return f"{self.path} → {self.target}"

    def clean(self) -> None:
        if not self.path.startswith("/"):
            raise ValidationError({"path": _("L’ancienne adresse commence par « / ».")})
        if not self.target.startswith(("/", "https://", "http://")) or self.target.startswith("//"):
            raise ValidationError({"target": _("Donnez un chemin du site, ou une adresse https:// complète.")})
        if self.path.rstrip("/") == self.target.rstrip("/"):
            raise ValidationError({"target": _("Cette adresse mènerait à elle-même.")})


class PassageReport(models.Model):
    """An error that a reader found in a passage."""

    class State(models.TextChoices):
        NEW = "new", _("À traiter")
        HANDLED = "handled", _("Traité")

    received_at = models.DateTimeField(_("reçu le"), auto_now_add=True)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.NEW)
    work = models.CharField(_("texte"), max_length=500, blank=True)
    address = models.CharField(_("page"), max_length=500, blank=True)
    anchor = models.CharField(_("ancre"), max_length=200, blank=True)
    passage = models.TextField(_("passage"), blank=True, help_text=_("Tel que le lecteur l’a vu."))
    message = models.TextField(_("l’erreur"), max_length=5000)
    email = models.EmailField(_("courriel"), blank=True, help_text=_("Pour que la rédaction puisse vous répondre."))

    class Meta:
        verbose_name = _("erreur signalée")
        verbose_name_plural = _("erreurs signalées")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.work} : {self.message[:60]}" if self.work else self.message[:60]

    @property
    def link(self) -> str:
        return f"{self.address}#{self.anchor}" if self.anchor else self.address
