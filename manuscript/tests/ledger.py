"""The ledger: every word of the source stands exactly once in what was kept or set aside."""

from __future__ import annotations

import re
from collections import Counter

from manuscript import Manuscript

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def accounted(manuscript: Manuscript) -> Counter[str]:
    out: Counter[str] = Counter()
    for row in (*manuscript.blocks, *manuscript.discarded):
        out.update(words(row.text))
    return out


def visible(manuscript: Manuscript) -> Counter[str]:
    """Words that a reader or an editor meets somewhere."""
    known = manuscript.metadata
    texts = [
        manuscript.lead,
        known.title,
        known.subtitle,
        known.ai_disclosure,
        *(f"{section.title} {section.number} {section.local_number} {section.body}" for section in manuscript.sections),
        *(f"{figure.caption} {figure.credit} {figure.alt} {figure.image}" for figure in manuscript.figures),
        *(reference.raw for reference in manuscript.references),
        *(note.text for note in manuscript.footnotes),
    ]
    return words(" ".join(texts))
