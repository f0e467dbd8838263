"""A command says what it does in its own words: the log, which says the same, stays out of its progress bar."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

LOGGERS = ("imports", "articles", "theses", "publishing")


@contextmanager
def quiet(verbosity: int) -> Iterator[None]:
    """Only warnings and errors are logged within, unless the command was asked for details (`-v 2`)."""
    loggers = [logging.getLogger(name) for name in LOGGERS] if verbosity < 2 else []
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
