"""The sample documents that are shipped with the site, and what this database has of them already."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from imports.folders import source_paths
from imports.models import SourceFile
from publishing.models import State

FOLDER = Path(settings.BASE_DIR) / "samples"


def missing_samples() -> list[Path]:
    """Samples never imported. A newer site may have retouched one: its name says that it is here."""
    known = set(SourceFile.objects.values_list("name", flat=True))
    return [path for path in source_paths(FOLDER) if path.name not in known]


def unpublished_samples() -> list[SourceFile]:
    """Samples imported by the command whose drafts were never published: not those that an editor withdrew."""
    names = [path.name for path in source_paths(FOLDER)]
    sources = SourceFile.objects.select_related("article", "document").filter(name__in=names, imported_by=None)
    return [
        source
        for source in sources.order_by("pk")
        if source.work is not None and source.work.state == State.DRAFT and source.work.first_published_at is None
    ]
