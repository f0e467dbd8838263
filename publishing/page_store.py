"""Whole pages as they go over the wire, and drawn pictures: files in a folder that stays within its bounds.

Files rather than rows: a page is read in one call of the system, a backup of the database does not carry what can be
written again, and a folder that is full, read-only or lost costs time but never a page.
"""

from __future__ import annotations

import gzip
import itertools
import logging
import os
import tempfile
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings

ENDS = {"br": ".br", "gzip": ".gz"}
"""Codings that are stored, the preferred one first, with the ends of their file names."""
GZIP_LEVEL = 9
BROTLI_QUALITY = 7
SWEPT_EVERY = 100
"""Files that a process writes between two looks at the size of the folder; the first one that it writes looks, too."""
HELD = 128
"""Files that a process keeps in memory, those last asked for: a few megabytes. Every call of the system lets the other
threads of the server run first, which costs more than the call on a busy machine."""
KEPT_SHARE = 0.8
"""How full the folder is after the oldest pages were removed."""

logger = logging.getLogger(__name__)
_written = itertools.count()


def read(key: str, coding: str) -> bytes | None:
    """The bytes of a page in a coding of `ENDS`; None where it is not stored, or cannot be read."""
    return read_file(f"{key}{ENDS[coding]}")


def write(key: str, body: bytes) -> None:
    """Store a page in all codings."""
    write_file(f"{key}{ENDS['br']}", brotli.compress(body, quality=BROTLI_QUALITY))
    write_file(f"{key}{ENDS['gzip']}", gzip.compress(body, GZIP_LEVEL, mtime=0))


def read_file(name: str) -> bytes | None:
    try:
        return _held(f"{settings.PAGES_ROOT}/{name}")
    except OSError:
        return None


@lru_cache(maxsize=HELD)
def _held(path: str) -> bytes:
    """What a file holds never changes, since its name says what it shows. Raises OSError, which is not remembered."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


def write_file(name: str, content: bytes) -> None:
    """Store a file. A folder that cannot be written to is logged, and the reader is answered all the same."""
    try:
        folder = Path(settings.PAGES_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        if next(_written) % SWEPT_EVERY == 0:
            sweep(folder, settings.PAGES_SIZE)
        _put(folder / name, content)
    except OSError:
        logger.exception("%s could not be stored in %s.", name, settings.PAGES_ROOT)


def _put(path: Path, content: bytes) -> None:
    """A reader sees the whole file or none."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sweep(folder: Path, most: int) -> None:
    """Where the files hold more than `most` bytes, remove the oldest ones: pages of earlier versions go first."""
    files = []
    for entry in os.scandir(folder):
        try:
            status = entry.stat()
        except FileNotFoundError:
            # Another process sweeps, too.
            continue
        files.append((status.st_mtime_ns, status.st_size, entry.path))
    total = sum(size for _, size, _ in files)
    if total <= most:
        return
    for _, size, path in sorted(files):
        Path(path).unlink(missing_ok=True)
        total -= size
        if total <= most * KEPT_SHARE:
            return
