"""Creates the first account, which edits and administers, or one with a role alone; prints its password, once."""

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

from genai_site.groups import ROLES, group_of

PASSWORD_BYTES = 15
"""120 bits: 20 characters to copy."""


class Command(BaseCommand):
    help = _(
        "Crée le premier compte, s’il n’y en a pas, ou un compte pour un rôle ; affiche son mot de passe une fois."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", default="redaction", help=_("nom du compte (redaction)"))
        parser.add_argument("--email", default="", help=_("adresse de courriel du compte"))
        parser.add_argument(
            "--role",
            action="append",
            choices=ROLES,
            help=_("un compte de plus, qui peut ce que peut ce rôle ; plusieurs fois pour plusieurs rôles"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name, email, roles = options["username"], options["email"], options["role"] or []
        try:
            User.username_validator(name)
            if email:
                validate_email(email)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        with transaction.atomic():
            existing = None if roles else User.objects.filter(is_staff=True, is_active=True).order_by("pk").first()
            if existing is None:
                self._create(name, email, password, roles)
        if existing is not None:
            self.stdout.write(_("La rédaction a déjà un compte : « %s ».") % existing.get_username())
            self.stdout.write(_("Mot de passe oublié : manage.py changepassword %s") % existing.get_username())
            return
        self.stdout.write(_("Compte créé pour la rédaction. Ce mot de passe n’est montré qu’une fois :"))
        self.stdout.write(_("  nom           %s") % name)
        self.stdout.write(_("  mot de passe  %s") % password)

    def _create(self, name: str, email: str, password: str, roles: list[str]) -> None:
        found = User.objects.filter(username=name).first()
        if found is not None:
            sentence = (
                _("Le compte « %s » existe déjà : ses groupes se changent dans l’administration.")
                if found.is_staff
                else _("Le compte « %s » existe, mais sans accès à l’administration.")
            )
            raise CommandError(sentence % name)
        if roles:
            User.objects.create_user(name, email, password, is_staff=True).groups.add(*map(group_of, roles))
        else:
            # The first one also makes the accounts of the others.
            User.objects.create_superuser(name, email, password)
