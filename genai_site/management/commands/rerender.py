"""Write the HTML of editions again after the renderer changed: `manage.py rerender`. A deployment runs it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.actions import rerender as articles
from publishing.renditions import pictures_without, write_renditions
from theses.actions import rerender as documents


class Command(BaseCommand):
    help = "Met à jour le HTML des éditions qu’une autre version du rendu a écrites\u202f; leur texte ne change pas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="dit seulement combien sont à mettre à jour")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = [(kind, key) for kind in (articles, documents) for key in list(kind.stale_editions())]
        if options["check"]:
            self.stdout.write(f"{len(waiting)} édition(s) à mettre à jour.")
            return
        if waiting:
            # Pictures that came before there were renditions of them: the pages are about to be written anyway.
            for name in pictures_without():
                write_renditions(name)
        # No bar where nobody watches: `disable=None` asks whether the output is a terminal.
        for kind, key in tqdm(waiting, unit="édition", disable=None, file=self.stderr):
            kind.rerender(edition_id=key)
        self.stdout.write(f"{len(waiting)} édition(s) mise(s) à jour.")
