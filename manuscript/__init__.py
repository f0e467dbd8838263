"""Reads manuscripts: the bytes of a source file in, a structured document and findings out.

Pure Python: no Django, no clock, no network, no file access. `read` is the one door.
"""

from manuscript.model import Manuscript
from manuscript.reading import read

__all__ = ["Manuscript", "read"]
