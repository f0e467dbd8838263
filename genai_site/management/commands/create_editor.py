"""Creates the first account, which edits and administers; prints its password, once."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from genai_site.groups import editors

PASSWORD_BYTES = 15
"""120 bits: 20 characters to copy."""


class Command(BaseCommand):
    help = _("Crée le premier compte de la rédaction, s’il n’y en a pas, et affiche son mot de passe une fois.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="redaction", help=_("nom du compte (redaction)"))
        parser.add_argument("--email", default="", help=_("adresse de courriel du compte"))

    def handle(self, *args: Any, **options: Any) -> None:
        name, email = options["username"], options["email"]
        try:
            User.username_validator(name)
            if email:
                validate_email(email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        with transaction.atomic():
            group = editors()
            existing = User.objects.filter(is_staff=True, is_active=True).order_by("pk").first()
            if existing is None:
                if User.objects.filter(username=name).exists():
                    raise CommandError(_("Le compte « %s » existe, mais sans accès à l’administration.") % name)
                # The first one also makes the accounts of the others.
                user = User.objects.create_superuser(name, email, password)
                user.groups.add(group)
        if existing is not None:
            self.stdout.write(_("La rédaction a déjà un compte : « %s ».") % existing.get_username())
            self.stdout.write(_("Mot de passe oublié : manage.py changepassword %s") % existing.get_username())
            return
        self.stdout.write(_("Compte créé pour la rédaction. Ce mot de passe n’est montré qu’une fois :"))
        self.stdout.write(_("  nom           %s") % name)
        self.stdout.write(_("  mot de passe  %s") % password)
