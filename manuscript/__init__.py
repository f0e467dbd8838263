"""Reads manuscripts: the bytes of a source file in, a structured document and findings out.

Pure Python: no Django, no clock, no network, no file access. `read` is the one door.
"""

from collections.abc import Iterable

from manuscript.corrections import Correction
from manuscript.model import Manuscript

__all__ = ["Manuscript", "read"]


def read(
    data: bytes, *, name: str, without: frozenset[str] = frozenset(), corrections: Iterable[Correction] = ()
) -> Manuscript:
    """What the source says, and what was doubtful. Never raises; deterministic; linear in the size of `data`.

    `without` names steps to leave out; `corrections` are what somebody decided about lines. The steps are loaded at the
    first reading: a process that only serves pages starts sooner without them.
    """
    from manuscript.reading import read as read_source

    return read_source(data, name=name, without=without, corrections=corrections)
