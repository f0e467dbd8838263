"""Publish what is due: `manage.py publish_scheduled`, every few minutes from cron or a timer."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.actions.publish import publish as publish_article
from articles.models import Article
from publishing.models import Publication
from theses.actions.publish import publish as publish_document
from theses.models import Document

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publie les articles et les documents dont la publication était programmée et dont l’heure est venue."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for model in (Article, Document):
            for key in list(model.objects.filter(scheduled_for__lte=timezone.now()).values_list("pk", flat=True)):
                failed += not self.publish(model, key)
        if failed:
            # Cron mails what a failing command says; the work stays scheduled, and is tried again next time.
            self.stderr.write(f"{failed} publication(s) impossible(s)\u202f: voyez ci-dessus, corrigez, recommencez.")
            raise SystemExit(1)

    def publish(self, model: type[Publication], key: int) -> bool:
        work = model._default_manager.filter(pk=key, scheduled_for__lte=timezone.now()).first()
        if work is None:
            # Somebody published it or gave it up in between.
            return True
        try:
            if isinstance(work, Article):
                publish_article(article=work, user=None, strict=True)
            elif isinstance(work, Document):
                publish_document(document=work, user=None, strict=True)
        except ValidationError as error:
            self.stderr.write(f"{work}\u202f: {' '.join(error.messages)}")
            return False
        self.stdout.write(f"{work}\u202f: publié.")
        return True
