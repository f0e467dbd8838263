"""The contact page: messages are stored, sent to the editors, and protected against spam without a puzzle."""

from __future__ import annotations

import hashlib
import hmac
import logging
from smtplib import SMTPException
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from genai_site.models import ContactMessage

SOONEST = 3
"""Seconds that a person needs at least to write a message."""
LATEST = 60 * 60 * 12
"""Seconds during which an open form can be sent."""
MOST = 5
"""Messages an hour from one address."""

logger = logging.getLogger(__name__)
signer = signing.TimestampSigner(salt="genai_site.contact")


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    website = forms.CharField(
        label=gettext_lazy("Laissez ce champ vide"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    """Hidden from people; programs fill it in."""
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    """When the form was opened, signed."""

    class Meta:
        model = ContactMessage
        fields = ["name", "email", "subject", "message", "page"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "message": forms.Textarea(attrs={"rows": 9, "maxlength": 10_000}),
            "page": forms.HiddenInput,
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> None:
        super().clean()
        try:
            opened = signer.unsign(self.cleaned_data.get("opened", ""), max_age=LATEST)
        except signing.BadSignature as error:
            raise ValidationError(_("Ce formulaire a expiré\u202f: envoyez-le de nouveau.")) from error
        if timezone.now().timestamp() - float(opened) < SOONEST:
            raise ValidationError(_("C’est allé trop vite\u202f: attendez quelques secondes, puis envoyez de nouveau."))

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("website"))


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def contact(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "contact.html", {"form": opened_form(request)})
    form = ContactForm(request.POST)
    if form.is_trapped:
        # A program is told that all went well, so that it does not try another way.
        return redirect("contact_sent")
    if not form.is_valid():
        return render(request, "contact.html", {"form": reopened(form)}, status=422)
    if not allowed(request):
        form.add_error(None, _("Trop de messages sont venus de votre adresse\u202f: réessayez dans une heure."))
        return render(request, "contact.html", {"form": reopened(form)}, status=429)
    tell_editors(form.save())
    return redirect("contact_sent")


@require_safe
def contact_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "contact_sent.html")


def opened_form(request: HttpRequest) -> ContactForm:
    """An empty form, which knows from which page of this site the reader comes."""
    page = request.GET.get("page", "")
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    if not page and came_from.netloc == request.get_host():
        page = came_from.path
    return ContactForm(initial={"page": page.replace("\x00", "")[:500], "opened": now_signed()})


def reopened(form: ContactForm) -> ContactForm:
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


def allowed(request: HttpRequest) -> bool:
    """Count a message of this address; the address itself is not kept, only a digest that nobody can turn back."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    key = f"contact:{digest}"
    cache.add(key, 0, 60 * 60)
    try:
        return bool(cache.incr(key) <= MOST)
    except ValueError:
        # The hour ended between the two lines.
        return True


def tell_editors(message: ContactMessage) -> None:
    """An e-mail to the recipients of the settings. The message is stored already: a failure is logged, not shown."""
    if not settings.CONTACT_RECIPIENTS:
        return
    subject = message.subject or " ".join(message.message[:60].split())
    lines = [f"{message.name} <{message.email}>", message.page, "", message.message]
    email = EmailMessage(
        subject=f"[{settings.SITE_NAME}] {subject}",
        body="\n".join(lines),
        to=settings.CONTACT_RECIPIENTS,
        reply_to=[message.email],
    )
    try:
        email.send()
    except (SMTPException, OSError, ValueError):
        logger.exception("The message %s was stored and could not be sent.", message.pk)
