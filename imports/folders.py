"""The source files among the paths that a command is given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = frozenset({".md", ".markdown", ".mdx", ".txt", ".text"})


def source_paths(path: Path) -> Iterator[Path]:
    """The file itself, whatever its ending, or every source in a folder, in order.

    In a folder, hidden files are left out, and so is a README: it speaks about the sources and is none of them.
    """
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(name)
            if name.startswith(".") or file.stem.casefold() == "readme":
                continue
            if file.suffix.lower() in SUFFIXES:
                yield Path(folder) / name
