"""What a click on the review does to the decisions: lines ruled, findings answered, decisions taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from imports.decisions import Answer, Decisions, Verdict
from manuscript.corrections import DEEPEST, Correction, Ruling, anchored, correction, settled, wording_of
from manuscript.model import Finding, SectionKind
from theses.models import Section

MOST = 3000
"""Decisions about one source; more is a source to correct."""


def with_ruling(
    decisions: Decisions,
    source: Sequence[str],
    lines: Iterable[int],
    ruling: Ruling,
    *,
    depth: int | None = None,
    kind: SectionKind | None = None,
) -> Decisions:
    """The decisions and this one about each of those lines; a line without a word is passed over."""
    if depth is not None and not 1 <= depth <= DEEPEST:
        depth = None
    if ruling is not Ruling.HEADING:
        depth = kind = None
    new = (correction(source, line, ruling, depth=depth, kind=kind) for line in sorted(set(lines))[:MOST])
    rows = settled([*decisions.corrections, *(row for row in new if row is not None)])
    return replace(decisions, corrections=rows[:MOST])


def with_verdict(
    decisions: Decisions, source: Sequence[str], findings: Iterable[Finding], verdict: Verdict
) -> Decisions:
    rows = {(row.code, row.line): row for row in decisions.answers}
    for finding in findings:
        text = wording_of(source[finding.line - 1]) if 1 <= finding.line <= len(source) else ""
        rows[finding.code, finding.line] = Answer(finding.code, finding.line, text, verdict)
    return replace(decisions, answers=tuple(sorted(rows.values(), key=lambda row: (row.line, row.code)))[:MOST])


def without(decisions: Decisions, keys: Iterable[str]) -> Decisions:
    """The decisions save those of these keys, as `Decision.key` has them."""
    gone = set(keys)
    return replace(
        decisions,
        corrections=tuple(row for row in decisions.corrections if _key(row) not in gone),
        answers=tuple(row for row in decisions.answers if _key(row) not in gone),
    )


def answered(decisions: Decisions, findings: Sequence[Finding], source: Sequence[str]) -> dict[tuple[str, int], str]:
    """What was said to each finding, by code and line; a line that moved is known again by its wording."""
    exact = {(row.code, row.line): row for row in decisions.answers}
    worded = {(row.code, row.text): row for row in decisions.answers if row.text}
    out = {}
    for finding in findings:
        text = wording_of(source[finding.line - 1]) if 1 <= finding.line <= len(source) else ""
        row = exact.get((finding.code, finding.line))
        if row is None or row.text != text:
            row = worded.get((finding.code, text))
        if row is not None:
            out[finding.code, finding.line] = row.verdict.value
    return out


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as a list shows it."""

    key: str
    line: int
    text: str
    what: str


def listed(decisions: Decisions) -> list[Decision]:
    """The decisions about lines and findings, in the order of the source."""
    verdicts = {Verdict.ACCEPTED: _("Constat accepté : %s"), Verdict.DISMISSED: _("Constat écarté : %s")}
    rows = [Decision(_key(row), row.line, row.text, said(row)) for row in decisions.corrections]
    rows += [Decision(_key(row), row.line, row.text, verdicts[row.verdict] % row.code) for row in decisions.answers]
    return sorted(rows, key=lambda row: (row.line, row.key))


def decided_lines(decisions: Decisions, source: Sequence[str]) -> dict[int, str]:
    """What was decided about each line of this source."""
    found, _lost = anchored(decisions.corrections, source)
    out: dict[int, str] = {}
    for row in found:
        out[row.line] = f"{out[row.line]} ; {said(row)}" if row.line in out else said(row)
    return out


def said(row: Correction) -> str:
    """What was decided about a line, in a few words."""
    words = {
        Ruling.HEADING: _("titre"),
        Ruling.TEXT: _("n’est pas un titre"),
        Ruling.CAPTION: _("légende"),
        Ruling.JOIN: _("joint au passage suivant"),
        Ruling.SEPARATE: _("séparé de ce qui précède"),
    }
    more = [_("niveau %d") % row.depth] if row.depth else []
    more += [str(dict(Section.Kind.choices)[row.kind.value])] if row.kind else []
    return ", ".join([words[row.ruling], *more])


def _key(row: Correction | Answer) -> str:
    return f"{row.line}:{row.code}" if isinstance(row, Answer) else f"{row.line}={row.slot[1]}"
