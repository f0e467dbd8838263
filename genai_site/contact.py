"""The contact page: messages are stored, sent to the editors, and protected against spam without a puzzle."""

from __future__ import annotations

from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from genai_site.guard import GuardedForm, allowed, now_signed, reopened, send_to_editors
from genai_site.models import ContactMessage


class ContactForm(GuardedForm):
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
    if not allowed(request, "contact"):
        form.add_error(None, _("Trop de messages sont venus de votre adresse : réessayez dans une heure."))
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


def tell_editors(message: ContactMessage) -> None:
    subject = message.subject or " ".join(message.message[:60].split())
    lines = [f"{message.name} <{message.email}>", message.page, "", message.message]
    send_to_editors(subject, lines, reply_to=message.email, stored_as=f"The message {message.pk}")
