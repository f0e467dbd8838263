"""List the links of published texts that lead nowhere on this site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from genai_site.links import broken_links


class Command(BaseCommand):
    help = "Lists the links of published texts that lead nowhere on this site. Map them as old addresses in the admin."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = broken_links()
        for link in broken:
            self.stdout.write(f"{link.path}    {link.page}")
        if broken:
            raise CommandError(f"{len(broken)} links lead nowhere.")
        self.stdout.write("Every link of the published texts leads somewhere on this site.")
