"""The source files as received: the bytes are kept for ever, the reading can be made again."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from theses.models import Document


def source_storage():  # type: ignore[no-untyped-def]
    """Where sources are kept; a callable, so that migrations do not freeze a folder."""
    return storages["sources"]


class SourceFile(models.Model):
    name = models.CharField(_("nom du fichier"), max_length=300)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveIntegerField(_("taille en octets"))
    file = models.FileField(_("fichier"), upload_to="%Y/", storage=source_storage, max_length=300)
    reader = models.CharField(_("version de la lecture"), max_length=20)
    report = models.JSONField(
        _("constats"), default=dict, help_text=_("Ce que la lecture a compris, compté et signalé.")
    )
    decisions = models.JSONField(
        _("décisions"),
        default=dict,
        blank=True,
        help_text=_("Ce que l’importateur a corrigé : une relecture le garde."),
    )
    imported_at = models.DateTimeField(_("importé le"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("importé par"),
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("article"),
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("document"),
    )

    class Meta:
        verbose_name = _("fichier source")
        verbose_name_plural = _("fichiers sources")
        ordering = ["-imported_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def work(self) -> Article | Document | None:
        return self.article or self.document
