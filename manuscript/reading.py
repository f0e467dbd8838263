"""The one door: `read` takes the bytes of a source and gives its manuscript.

The reading is a tuple of named steps. Order is data; each step stands in a file of its own, which opens with the mess
that it repairs; each can be switched off by its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace

from manuscript.assembling import assemble
from manuscript.corrections import Correction
from manuscript.decoding import Decoded, decode
from manuscript.draft import Draft
from manuscript.house import read_house
from manuscript.model import Finding, Manuscript, Metadata, Severity, Source
from manuscript.reference_files import kind_of_file, read_reference_file
from manuscript.steps.bibliography import bibliography, citations
from manuscript.steps.captions import captions
from manuscript.steps.contents import contents
from manuscript.steps.cross_references import cross_references
from manuscript.steps.decided import decided, report_lost
from manuscript.steps.figures import figures
from manuscript.steps.front_matter import front_matter
from manuscript.steps.furniture import furniture
from manuscript.steps.headings import headings
from manuscript.steps.hyphens import hyphens
from manuscript.steps.inline import inline
from manuscript.steps.interviews import interviews
from manuscript.steps.joins import joins
from manuscript.steps.keys import keys
from manuscript.steps.leftovers import leftovers
from manuscript.steps.lists import lists
from manuscript.steps.metadata import metadata
from manuscript.steps.notes import notes
from manuscript.steps.outline import outline
from manuscript.steps.page_numbers import page_numbers
from manuscript.steps.passages import passages
from manuscript.steps.quotes import quotes
from manuscript.steps.restored import restored
from manuscript.steps.scan import scan
from manuscript.steps.section_disclosures import section_disclosures
from manuscript.steps.standing_lines import standing_lines
from manuscript.steps.tables import tables
from manuscript.steps.title_page import title_page
from manuscript.steps.upheld import upheld

Step = Callable[[Draft], None]


STEPS: tuple[tuple[str, Step], ...] = (
    ("decided", decided),
    ("inline", inline),
    ("furniture", furniture),
    ("hyphens", hyphens),
    ("contents", contents),
    ("captions", captions),
    ("headings", headings),
    ("standing-lines", standing_lines),
    ("leftovers", leftovers),
    ("restored", restored),
    ("notes", notes),
    ("title-page", title_page),
    ("interviews", interviews),
    ("upheld", upheld),
    ("outline", outline),
    ("page-numbers", page_numbers),
    ("tables", tables),
    ("figures", figures),
    ("bibliography", bibliography),
    ("joins", joins),
    ("lists", lists),
    ("quotes", quotes),
    ("metadata", metadata),
    ("section-disclosures", section_disclosures),
    ("keys", keys),
    ("citations", citations),
    ("cross-references", cross_references),
    ("passages", passages),
)


STEP_FAILED = "L’étape « {} » de la lecture a échoué ; le document a été lu sans elle."


STRICT = False
"""Tests set this so that a fault shows."""


def read(
    data: bytes, *, name: str, without: frozenset[str] = frozenset(), corrections: Iterable[Correction] = ()
) -> Manuscript:
    """What the source says, and what was doubtful. Never raises; deterministic; linear in the size of `data`."""
    corrections = tuple(corrections)
    sha256 = hashlib.sha256(data).hexdigest()
    decoded = decode(data)
    if decoded.problem:
        return _unreadable(name, sha256, decoded.problem)
    lines = decoded.text.split("\n")
    source = Source(name, sha256, len(lines) - (lines[-1] == ""), decoded.encoding, "markdown")
    kind = kind_of_file(decoded.text)
    if kind:
        return read_reference_file(decoded.text, replace(source, format=kind))
    failures = _encoding_findings(decoded)
    while True:
        draft = Draft(name, decoded.text, lines, findings=list(failures), corrections=corrections)
        first = front_matter(draft)
        if draft.house:
            for row in corrections:
                report_lost(draft, row, "cette source est notre propre export, que la lecture ne corrige pas")
            return read_house(draft, source, first)
        scan(draft, first)
        failed = _run(draft, without)
        if not failed:
            return assemble(draft, source)
        # A fault of ours must not cost the reader a document: the reading begins again without the step.
        without = without | {failed}
        failures.append(Finding("step-failed", Severity.ERROR, 1, STEP_FAILED.format(failed)))


def _run(draft: Draft, without: frozenset[str]) -> str:
    """Take a draft through the steps; give the name of the step that failed, if one did."""
    for name, step in STEPS:
        if name in without:
            continue
        try:
            step(draft)
        except Exception:
            if STRICT:
                raise
            return name
    return ""


def _encoding_findings(decoded: Decoded) -> list[Finding]:
    out: list[Finding] = []
    if decoded.encoding not in ("ascii", "utf-8"):
        message = f"Le fichier n’est pas en UTF-8 ; il a été lu comme du {decoded.encoding}."
        out.append(Finding("encoding-guessed", Severity.INFO, 1, message))
    if decoded.repaired:
        message = f"{decoded.repaired} caractères illisibles ou de commande ont été remplacés."
        out.append(Finding("characters-replaced", Severity.WARNING, 1, message))
    return out


def _unreadable(name: str, sha256: str, problem: str) -> Manuscript:
    return Manuscript(
        source=Source(name, sha256, 0, "", "unreadable"),
        metadata=Metadata(),
        lead="",
        findings=(Finding("unreadable", Severity.ERROR, 1, problem),),
    )
