"""The version of everything that writes a page, beside the text itself: code, templates, static files, settings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signals import setting_changed
from django.dispatch import receiver

ENDS = {".html", ".mo", ".py"}
SHOWN_SETTINGS = ("SITE_NAME", "LANGUAGE_CODE", "LANGUAGES", "TIME_ZONE", "STATIC_URL", "MEDIA_URL")
"""Settings that pages show."""


@cache
def page_version() -> bytes:
    """Of the code that this process runs and of its settings: read once, as they are themselves.

    Both the content of a file and the time of its last change count: a file that is put back as it was gets a new
    version, which costs one rendering, while a page rendered between the two changes can never come back.
    """
    digest = blake2b(django.get_version().encode(), digest_size=16)
    for path in sorted(_files()):
        digest.update(f"{path}\0{path.stat().st_mtime_ns}\0".encode())
        digest.update(path.read_bytes())
    static: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    for name, hashed in sorted(static.items()):
        digest.update(f"{name}\0{hashed}\0".encode())
    digest.update(repr([getattr(settings, name) for name in SHOWN_SETTINGS]).encode())
    return digest.digest()


def _files() -> Iterator[Path]:
    engines: list[dict[str, Any]] = settings.TEMPLATES
    folders = [Path(folder) for engine in engines for folder in engine["DIRS"]]
    # The apps of this project stand beside each other; those of packages change with the requirements.
    folders += [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix in ENDS and "tests" not in path.parts:
                yield path
    requirements = settings.BASE_DIR / "requirements.txt"
    if requirements.exists():
        yield requirements


@receiver(setting_changed)
def _forget(*, setting: str, **kwargs: object) -> None:
    """Tests change settings while a process runs; nothing else does."""
    if setting in {*SHOWN_SETTINGS, "TEMPLATES"}:
        page_version.cache_clear()
