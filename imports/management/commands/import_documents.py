"""Imports source files, or whole folders of them, as drafts; publishes them too where asked."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from imports.actions.import_source import (
    Imported,
    clean_name,
    import_source,
    read_source,
    refuse_unreadable,
    too_large,
)
from imports.decisions import Decisions, decided
from imports.drafts.facts import proposed_title
from imports.folders import source_paths
from imports.models import SourceFile
from imports.pictures import PicturesBeside
from imports.publication import publish
from imports.quiet import quiet
from imports.refusals import ImportRefused
from imports.summary import Outcome, kind_label, table
from imports.updating import updated, work_of
from manuscript.interchange import as_json
from manuscript.model import DocumentKind, Manuscript


class Command(BaseCommand):
    help = _("Importe des fichiers ou des dossiers ; une image nommée par un texte et posée à côté de lui est prise.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_("fichiers ou dossiers"))
        parser.add_argument("--publish", action="store_true", help=_("publier aussitôt ce qui est importé"))
        parser.add_argument("--dry-run", action="store_true", help=_("lire et rendre compte, sans rien enregistrer"))
        parser.add_argument("--json", metavar="FILE", help=_("écrire la lecture (manuscript/1) ; « - » : à l’écran"))
        parser.add_argument("--kind", choices=[kind.value for kind in DocumentKind], help=_("nature des textes"))
        parser.add_argument(
            "--update", metavar="SLUG", help=_("le fichier est une nouvelle version de l’œuvre de cette adresse")
        )
        parser.add_argument(
            "--keep-draft", action="store_true", help=_("avec --update : en cas de conflit, garder le brouillon")
        )
        parser.add_argument("--as-user", metavar="NAME", help=_("compte au nom duquel importer, avec ses droits"))

    def handle(self, *args: Any, **options: Any) -> None:
        user = self._user(options["as_user"])
        decisions = Decisions(kind=DocumentKind(options["kind"]) if options["kind"] else None)
        sources = [(path, root) for root in options["paths"] for path in self._sources(root)]
        work = work_of(options["update"], len(sources)) if options["update"] else None
        outcomes: list[Outcome] = []
        with quiet(options["verbosity"]):
            for path, root in tqdm(sources, unit=_("fichier"), disable=not sys.stderr.isatty(), leave=False):
                if work is not None:
                    outcomes.append(
                        updated(
                            path, work, user, decisions, options["dry_run"], options["keep_draft"], options["publish"]
                        )
                    )
                    continue
                folder = root if root.is_dir() else path.parent
                outcomes.append(self._one(path, folder, user, decisions, options["dry_run"], options["publish"]))
        self._write_json(options["json"], outcomes)
        report = self.stderr if options["json"] == "-" else self.stdout
        report.write(table(outcomes))
        if options["dry_run"]:
            report.write(_("Essai : rien n’a été enregistré."))
        failed = sum(outcome.failed for outcome in outcomes)
        if failed:
            raise CommandError(
                _("%(failed)d fichier(s) sur %(total)d n’ont pas abouti.") % {"failed": failed, "total": len(outcomes)}
            )

    def _user(self, name: str | None) -> User | None:
        if not name:
            return None
        try:
            return User.objects.get(username=name)
        except User.DoesNotExist:
            raise CommandError(_("Aucun compte ne s’appelle « %s ».") % name) from None

    def _sources(self, root: Path) -> list[Path]:
        if not root.exists():
            raise CommandError(_("« %s » n’existe pas.") % clean_name(str(root)))
        found = list(source_paths(root))
        if not found:
            raise CommandError(_("Le dossier « %s » ne contient aucun fichier .md ou .txt.") % clean_name(str(root)))
        return found

    def _one(
        self, path: Path, root: Path, user: User | None, decisions: Decisions, dry_run: bool, to_publish: bool
    ) -> Outcome:
        name = clean_name(path.name)
        outcome = Outcome(name, _("refusé"), failed=True)
        try:
            if path.stat().st_size > settings.SOURCE_MAX_SIZE:
                raise ImportRefused(too_large(path.stat().st_size))
            data = path.read_bytes()
            read = read_source(data, name=name)
            refuse_unreadable(read)
            read = outcome.manuscript = decided(read, decisions)
            outcome.title, outcome.kind = proposed_title(read), kind_label(read.metadata.kind.value)
            if dry_run:
                self._announce(outcome, read)
            else:
                imported = import_source(
                    data=data,
                    name=name,
                    user=user,
                    decisions=decisions,
                    pictures=PicturesBeside(path, root),
                    manuscript=read,
                )
                self._record(outcome, imported, user, to_publish)
        except ImportRefused as refusal:
            outcome.messages.append(str(refusal))
        except PermissionDenied as denied:
            outcome.messages.append(str(denied) or _("Ce compte n’en a pas le droit."))
        except OSError as error:
            outcome.messages.append(_("le fichier ne peut pas être lu (%s).") % (error.strerror or error))
        except DatabaseError as error:
            outcome.messages.append(_("la base de données a refusé l’écriture (%s).") % error)
        return outcome

    def _announce(self, outcome: Outcome, manuscript: Manuscript) -> None:
        known = SourceFile.objects.filter(sha256=manuscript.source.sha256).exists()
        outcome.result, outcome.failed = _("déjà importé") if known else _("lu"), False

    def _record(self, outcome: Outcome, imported: Imported, user: User | None, to_publish: bool) -> None:
        outcome.failed = False
        outcome.title = imported.work.title
        if not imported.created:
            outcome.result = _("déjà importé")
            outcome.messages.append(
                _("ces octets ont déjà été importés (%(name)s) ; rien n’a changé. État : %(state)s.")
                % {"name": imported.source.name, "state": imported.work.get_state_display().lower()}
            )
            return
        outcome.result = _("importé")
        outcome.messages += imported.remarks
        if not to_publish:
            return
        try:
            # Nobody is there to ask: what can be published is, and the check in the admin has what is left to mend.
            publish(work=imported.work, user=user, strict=False)
        except ValidationError as error:
            outcome.failed = True
            outcome.messages += [_("importé, mais pas publié. %s") % sentence for sentence in error.messages]
        except PermissionDenied:
            outcome.failed = True
            outcome.messages.append(_("importé, mais pas publié : ce compte n’en a pas le droit."))
        else:
            outcome.result = _("publié")
            outcome.messages.append(_("publié à l’adresse %s") % imported.work.get_absolute_url())

    def _write_json(self, target: str | None, outcomes: list[Outcome]) -> None:
        if not target:
            return
        readings = [as_json(outcome.manuscript) for outcome in outcomes if outcome.manuscript is not None]
        text = json.dumps(readings[0] if len(outcomes) == 1 and readings else readings, ensure_ascii=False, indent=1)
        if target == "-":
            self.stdout.write(text)
            return
        try:
            Path(target).write_text(text + "\n", encoding="utf-8", errors="replace")
        except OSError as error:
            raise CommandError(
                _("« %(file)s » ne peut pas être écrit (%(reason)s).") % {"file": target, "reason": error.strerror}
            ) from None
