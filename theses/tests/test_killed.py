"""A publication that is killed at its worst moment leaves what readers saw, and can be done again."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from theses.actions.publish import publish
from theses.models import Document, EditionPage, EditionText, Passage, Section

KILLED = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from theses.actions import publish as action
from theses.models import Document

write_pages = action.write_pages

def write_then_die(*arguments):
    write_pages(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

action.write_pages = write_then_die
action.publish(document=Document.objects.get(slug=sys.argv[2]), user=None)
"""


@pytest.mark.django_db(transaction=True)
def test_readers_see_the_edition_before_and_nothing_of_the_half_one(document: Document) -> None:
    first = publish(document=document, user=None)
    pages, passages = EditionPage.objects.count(), Passage.objects.count()
    row = Section.objects.get(document=document, slug="introduction")
    row.body = "Un autre début."
    row.save()
    connection.close()
    child = subprocess.run(
        [sys.executable, "-c", KILLED, str(connection.settings_dict["NAME"]), document.slug],
        cwd=settings.BASE_DIR,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    document.refresh_from_db()
    assert document.current_edition == first
    assert (EditionPage.objects.count(), Passage.objects.count()) == (pages, passages)
    assert EditionText.objects.count() == document.editions.count() == 1
    row.refresh_from_db()
    assert row.body == "Un autre début."
    assert publish(document=document, user=None).number == 2
