"""A link by which somebody without an account reads a draft for a while: a jury, the author."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_SEEN = 9999
"""The count of visits stops there."""
A_VISIT = timedelta(minutes=1)
"""Requests within this time are counted once: pages and pictures of one reading, mostly."""


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> PreviewLinkQuerySet:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def with_token(self, token: str) -> PreviewLink | None:
        return self.filter(digest=digest_of(token)).select_related("kind").first()


class PreviewLink(models.Model):
    """Only a digest of the token is stored: who reads the database learns no link, and a link is shown once."""

    kind = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    key = models.PositiveBigIntegerField(_("clé"))
    work = GenericForeignKey("kind", "key")
    digest = models.CharField(_("empreinte du jeton"), max_length=64, unique=True)
    label = models.CharField(_("pour qui"), max_length=200)
    created_at = models.DateTimeField(_("créé le"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("créé par"),
    )
    expires_at = models.DateTimeField(_("expire le"))
    revoked_at = models.DateTimeField(_("fermé le"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("dernière visite"), null=True, blank=True)
    seen = models.PositiveSmallIntegerField(_("visites"), default=0)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien d’aperçu")
        verbose_name_plural = _("liens d’aperçu")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "key"], name="preview_link_work")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="preview_link_expires_later")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def note_visit(self) -> None:
        now = timezone.now()
        if self.last_seen_at is not None and self.last_seen_at > now - A_VISIT:
            return
        # Two visits at one moment count as one: once a minute is what is counted anyway.
        PreviewLink.objects.filter(pk=self.pk).update(last_seen_at=now, seen=min(self.seen + 1, MOST_SEEN))


def digest_of(token: str) -> str:
    """A token has more chance in it than a digest can be searched for: no salt is needed, nor a slow function."""
    return hashlib.sha256(token.encode()).hexdigest()
