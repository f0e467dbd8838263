"""Follow the links of bibliographies that editors asked to have followed: `manage.py check_reference_links`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from theses.actions.check_reference_links import ask_for_links, follow_waiting
from theses.models import Document


class Command(BaseCommand):
    help = "Suit les liens des bibliographies qui attendent de l’être, et garde la réponse de chacun."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--document", metavar="SLUG", help="demande d’abord tous les liens de ce document")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["document"]:
            document = Document.objects.filter(slug=options["document"]).first()
            if document is None:
                raise CommandError(f"Aucun document à l’adresse «\u202f{options['document']}\u202f».")
            ask_for_links(document=document, user=None)
        self.stdout.write(f"{follow_waiting()} lien(s) suivi(s).")
