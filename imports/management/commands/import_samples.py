"""Imports and publishes the documents that are shipped with the site, each once and never again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from imports.actions.import_source import import_source
from imports.models import SourceFile
from imports.pictures import PicturesBeside
from imports.publication import publish
from imports.quiet import quiet
from imports.refusals import ImportRefused
from imports.samples import FOLDER, missing_samples, unpublished_samples


class Command(BaseCommand):
    help = _("Importe et publie les documents d’exemple, la première fois.")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = missing_samples()
        with quiet(options["verbosity"]):
            for path in tqdm(paths, unit=_("fichier"), disable=not self.stderr.isatty(), leave=False):
                self._import(path)
            # Also what an interrupted first time had imported and not published.
            for source in unpublished_samples():
                self._publish(source)
        if paths:
            self.stdout.write(_("Documents d’exemple importés et publiés : %d.") % len(paths))
        else:
            self.stdout.write(_("Les documents d’exemple sont déjà là."))

    def _import(self, path: Path) -> None:
        try:
            import_source(data=path.read_bytes(), name=path.name, user=None, pictures=PicturesBeside(path, FOLDER))
        except ImportRefused as refusal:
            raise CommandError(_("%(name)s : %(sentence)s") % {"name": path.name, "sentence": refusal}) from None

    def _publish(self, source: SourceFile) -> None:
        work = source.work
        if work is None:
            return
        try:
            publish(work=work, user=None)
        except ValidationError as error:
            sentences = " ".join(error.messages)
            raise CommandError(_("%(name)s : %(sentence)s") % {"name": source.name, "sentence": sentences}) from None
