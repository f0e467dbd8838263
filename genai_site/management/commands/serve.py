"""What `script/server` runs: bring the site up to date on this machine, then serve it.

Each step is skipped when there is nothing new to do, so that a second start is quick; no step removes data.
"""

import hashlib
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError
from django.utils.translation import gettext as _

from articles.actions import rerender as articles
from theses.actions import rerender as documents


class Command(BaseCommand):
    help = _("Met la base et les fichiers statiques à jour, importe les exemples la première fois, et sert le site.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help=_("port d’écoute (8000)"))
        parser.add_argument("--host", default="127.0.0.1", help=_("adresse d’écoute (127.0.0.1)"))
        parser.add_argument("--prepare-only", action="store_true", help=_("tout préparer, sans servir"))

    def handle(self, *, port: int, host: str, prepare_only: bool, **options: Any) -> None:
        if not prepare_only:
            require_free_port(host, port)
        new = self.migrate()
        self.rerender()
        self.collect_static()
        self.import_samples(new)
        if prepare_only:
            return
        address = f"http://{'localhost' if host in {'0.0.0.0', '127.0.0.1'} else host}:{port}"  # noqa: S104
        self.stdout.write(
            _(
                "\n"
                "  Lire le site     %(address)s/\n"
                "  Administrer      %(address)s/admin/\n"
                "  Importer         %(address)s/admin/, ou : .venv/bin/python manage.py import_documents CHEMIN…\n"
                "  Données          %(folder)s\n"
                "  Arrêter          Ctrl-C\n"
            )
            % {"address": address, "folder": settings.DATA_DIR}
        )
        self.stdout.flush()
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        command += ["--workers", str(settings.WORKERS), "--blocking-threads", "4", "--log-level", "warning"]
        connection.close()
        os.execv(sys.executable, [*command, "genai_site.wsgi:application"])  # noqa: S606

    def migrate(self) -> bool:
        """Whether the database is a new one."""
        try:
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except OperationalError as error:
            raise CommandError(_("La base de données ne répond pas : %s") % error) from error
        if plan:
            self.stdout.write(_("== Migration de la base (%d étapes)") % len(plan))
            call_command("migrate", verbosity=0, interactive=False)
        return not executor.loader.applied_migrations

    def rerender(self) -> None:
        """A newer renderer writes the HTML of the editions again; their text stays."""
        if any(articles.stale_editions()) or any(documents.stale_editions()):
            self.stdout.write(_("== Nouvelle mise en forme des éditions"))
            call_command("rerender")

    def collect_static(self) -> None:
        stamp = settings.DATA_DIR / "static-collected"
        wanted = static_fingerprint()
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if not (manifest.exists() and stamp.exists() and stamp.read_text() == wanted):
            self.stdout.write(_("== Préparation des fichiers statiques"))
            call_command("collectstatic", verbosity=0, interactive=False)
            stamp.write_text(wanted)

    def import_samples(self, new: bool) -> None:
        """Once for a database: samples that the editors deleted do not come back."""
        done = settings.DATA_DIR / "samples-imported"
        if done.exists() and not new:
            return
        self.stdout.write(_("== Premier démarrage : import des exemples, compte de la rédaction"))
        call_command("import_samples")
        call_command("create_editor")
        done.write_text("The samples were imported once; those that were deleted since do not come back.\n")


def require_free_port(host: str, port: int) -> None:
    """Raise a `CommandError` that says what to do when nothing can listen on this address."""
    if not 0 < port < 65536:
        raise CommandError(_("Il n’y a pas de port %d : choisissez-en un entre 1024 et 65535.") % port)
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server will do: a port that its last user has just left is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError as error:
        raise CommandError(_("Le port %d est réservé au système : prenez-en un au-dessus de 1023.") % port) from error
    except OSError as error:
        raise CommandError(
            _(
                "Le port %(port)d de %(host)s ne peut pas servir (%(reason)s) : le site y tourne peut-être déjà. "
                "Arrêtez le programme qui l’occupe, ou prenez-en un autre : script/server --port %(next)d"
            )
            % {"port": port, "host": host, "reason": error.strerror, "next": port + 1}
        ) from error


def static_fingerprint() -> str:
    """What the collected files depend on: the static files, and the packages that bring or compress some."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    digest.update(str(settings.BASE_DIR).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
