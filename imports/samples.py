"""The sample documents that are shipped with the site, and which of them this database has had already."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from imports.folders import source_paths
from imports.models import SourceFile

FOLDER = Path(settings.BASE_DIR) / "samples"


def missing_samples() -> list[Path]:
    """Samples never imported. A newer site may have retouched one: its name says that it is here."""
    known = set(SourceFile.objects.values_list("name", flat=True))
    return [path for path in source_paths(FOLDER) if path.name not in known]
