"""Write the index of the search again from what is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from articles.models import Article
from articles.searching import index_article
from publishing.models import Publication
from publishing.searching import key_of
from search import index
from theses.models import Document
from theses.searching import index_document


class Command(BaseCommand):
    help = "Write the index of the search again from what is published, work by work."

    def handle(self, *args: Any, **options: Any) -> None:
        public = [
            *((index_document, Document, pk) for pk in Document.objects.published().values_list("pk", flat=True)),
            *((index_article, Article, pk) for pk in Article.objects.published().values_list("pk", flat=True)),
        ]
        known: set[str] = set()
        for write, model, pk in self._shown(public, options["verbosity"]):
            with transaction.atomic():
                # It may have been withdrawn since the list was made: what is written is what it is now.
                work: Publication = model.objects.select_related("current_edition").get(pk=pk)
                write(work)
                known.add(key_of(work))
        for key in index.keys() - known:
            index.remove(key)
        if options["verbosity"]:
            self.stdout.write(
                ngettext("%d texte indexé.", "%d textes indexés.", len(public)) % len(public),
                self.style.SUCCESS,
            )

    def _shown(self, rows: list[Any], verbosity: int) -> Iterator[Any]:
        return iter(tqdm(rows, desc=_("Indexation"), unit="", disable=None if verbosity else True, file=self.stderr))
