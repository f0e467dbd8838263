"""A corrected source over a draft that was edited: the changes of the source are made on the draft, passage by passage.

Pure: versions in, one merged version and its conflicts out. What the source changed and the editors left alone follows
the source; what the editors changed and the source left alone stays; what both changed is a conflict for the editor.
"""

from imports.merging.model import Choice, Conflict, Merged, Part, Row, Version
from imports.merging.whole import merge

__all__ = ["Choice", "Conflict", "Merged", "Part", "Row", "Version", "merge"]
