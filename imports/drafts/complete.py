"""Bodies with everything that the reading keeps beside them, so that a draft lacks no word of its manuscript."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from imports.drafts.facts import full_title
from manuscript.model import Manuscript

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def with_uncalled_notes(manuscript: Manuscript) -> Manuscript:
    """A note that nothing calls would not be shown: its text becomes a paragraph where it stood."""
    bodies = [manuscript.lead, *(section.body for section in manuscript.sections)]
    starts = [0, *(section.first_line for section in manuscript.sections)]
    added: dict[int, list[str]] = defaultdict(list)
    whole = "\n".join(bodies)
    for note in manuscript.footnotes:
        if note.reference_line is None and f"[^{note.key}]" not in whole:
            place = max((index for index, start in enumerate(starts) if start <= note.line), default=0)
            added[place].append(f"\\[{escaped(str(note.number))}\\] {note.text}")
    if not added:
        return manuscript
    bodies = ["\n\n".join([*([body] if body else []), *added[index]]) for index, body in enumerate(bodies)]
    sections = tuple(replace(section, body=body) for section, body in zip(manuscript.sections, bodies[1:], strict=True))
    return replace(manuscript, lead=bodies[0], sections=sections)


def with_full_title(manuscript: Manuscript) -> Manuscript:
    """A title too long for its field opens the text whole."""
    title = full_title(manuscript)
    if not title:
        return manuscript
    return replace(manuscript, lead="\n\n".join(part for part in (f"**{escaped(title)}**", manuscript.lead) if part))
