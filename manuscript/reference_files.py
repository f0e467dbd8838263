"""Read a bibliography of another program: BibTeX, RIS or CSL-JSON, told by its content, not by its name."""

from __future__ import annotations

import json
import re
from typing import Any

from manuscript.model import Block, Finding, Manuscript, Metadata, Reference, Severity, Source
from manuscript.references import read_bibtex, read_csl_json, read_ris
from manuscript.steps.bibliography import reference_key

_BIBTEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*@\s*[a-zA-Z]+\s*[{(]")
_RIS = re.compile(r"\s*TY  ?- ?[A-Z]{2,8}\s*$", re.MULTILINE)
LONGEST_OPENING = 4000


def kind_of_file(text: str) -> str:
    """`bibtex`, `ris`, `csl-json`, or nothing for a manuscript."""
    opening = text[:LONGEST_OPENING]
    if _BIBTEX.match(opening):
        return "bibtex"
    if _RIS.match(opening):
        return "ris"
    if opening.lstrip()[:1] in ("[", "{") and '"type"' in opening and ('"title"' in opening or '"id"' in opening):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return ""
        return "csl-json"
    return ""


def read_reference_file(text: str, source: Source) -> Manuscript:
    """A manuscript that has references alone; the whole file is one block."""
    readers = {"bibtex": read_bibtex, "ris": read_ris, "csl-json": read_csl_json}
    items: list[dict[str, Any]] = readers[source.format](text)
    used: set[str] = set()
    references = []
    for number, item in enumerate(items, 1):
        key = reference_key(item, used)
        used.add(key)
        raw = str(item.get("raw") or item.get("title") or key)
        csl = {name: value for name, value in item.items() if name != "raw"}
        references.append(Reference(key, number, raw, {**csl, "id": key}, 1, source.lines or 1))
    severity = Severity.INFO if references else Severity.ERROR
    message = f"{len(references)} références ont été lues dans ce fichier bibliographique."
    return Manuscript(
        source=source,
        metadata=Metadata(),
        lead="",
        blocks=(Block(1, source.lines or 1, None, "reference", text),),
        references=tuple(references),
        findings=(Finding("references-read", severity, 1, message),),
    )
