"""What keeps programs out of the forms that readers fill in without an account, and how editors are told of them.

A hidden field that only programs fill in, the signed time at which the form was opened, and a count for each address.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Sequence
from smtplib import SMTPException
from typing import TypeVar

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SOONEST = 3
"""Seconds that a person needs at least to write a message."""
LATEST = 60 * 60 * 12
"""Seconds during which an open form can be sent."""
MOST = 5
"""Messages an hour from one address, by one form."""

logger = logging.getLogger(__name__)
signer = signing.TimestampSigner(salt="genai_site.contact")


class GuardedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Its Meta names the fields of the model; those that guard it come after them."""

    website = forms.CharField(
        label=gettext_lazy("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    """Hidden from people; programs fill it in."""
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    """When the form was opened, signed."""

    def clean(self) -> None:
        super().clean()
        try:
            opened = signer.unsign(self.cleaned_data.get("opened", ""), max_age=LATEST)
        except signing.BadSignature as error:
            raise ValidationError(_("Ce formulaire a expiré : envoyez-le de nouveau.")) from error
        if timezone.now().timestamp() - float(opened) < SOONEST:
            raise ValidationError(_("C’est allé trop vite : attendez quelques secondes, puis envoyez de nouveau."))

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))


AnyForm = TypeVar("AnyForm", bound=GuardedForm)


def reopened(form: AnyForm) -> AnyForm:
    """The form with what was written, fit to be sent again."""
    written = dict(form.data.items())
    if not _is_signed(written.get("opened", "")):
        written["opened"] = now_signed()
    form.data = written
    return form


def now_signed() -> str:
    return signer.sign(str(int(timezone.now().timestamp())))


def _is_signed(value: str) -> bool:
    try:
        signer.unsign(value, max_age=LATEST)
    except signing.BadSignature:
        return False
    return True


def allowed(request: HttpRequest, form: str, *, most: int = MOST, seconds: int = 60 * 60) -> bool:
    """Count a message of this address; the address itself is not kept, only a digest that nobody can turn back."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    key = f"{form}:{digest}"
    cache.add(key, 0, seconds)
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:
        # The time ended between the two lines.
        return True


def send_to_editors(subject: str, lines: Sequence[str], reply_to: str, stored_as: str) -> None:
    """An e-mail to the recipients of the settings. What it says is stored already: a failure is logged, not shown."""
    if not settings.CONTACT_RECIPIENTS:
        return
    email = EmailMessage(
        subject=f"[{settings.SITE_NAME}] {subject}",
        body="\n".join(lines),
        to=settings.CONTACT_RECIPIENTS,
        reply_to=[reply_to] if reply_to else [],
    )
    try:
        email.send()
    except (SMTPException, OSError, ValueError):
        logger.exception("%s was stored and could not be sent.", stored_as)
