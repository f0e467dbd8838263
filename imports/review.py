"""What the review of an import shows: the outline as a tree, findings by severity and code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from imports.facing import Results
from imports.reports import SEVERITIES
from manuscript.model import SectionKind, Severity

AROUND = 2
"""Lines of the source shown above and under the one that a finding is about."""
LONGEST_LINE = 400
"""Characters of a line shown around a finding."""
FEW = 25
"""Findings of one code shown at first."""
NOTHING: Mapping[Any, str] = {}


@dataclass(slots=True)
class Node:
    """A heading in the tree, with what a template has to open and close around it to write nested lists in one loop."""

    index: int
    title: str
    number: str
    depth: int
    source: str
    """What the source gave: « ## », or a word for nothing."""
    changed: bool
    reason: str
    kind: str
    line: int
    decided: str = ""
    """What the importer decided about its line."""
    opens: bool = False
    """It is the first item of a list."""
    ends: list[str] = field(default_factory=list)
    """What ends behind it: `item` and `list`, in order."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding with the lines around it, and what became of them."""

    line: int
    message: str
    excerpt: list[Line]
    results: list[str]
    key: str = ""
    """By which a form names it."""
    place: int | None = None
    """Index of the heading under which its line stands in the result."""
    verdict: str = ""
    """`accepted`, `dismissed` or nothing yet."""


@dataclass(frozen=True, slots=True)
class CodeGroup:
    code: str
    count: int
    shown: list[Shown]
    answered: int = 0

    @property
    def hidden(self) -> int:
        return self.count - len(self.shown)


@dataclass(frozen=True, slots=True)
class SeverityGroup:
    severity: str
    label: str
    count: int
    groups: list[CodeGroup]

    @property
    def answered(self) -> int:
        return sum(group.answered for group in self.groups)


def severity_labels() -> dict[str, str]:
    return {
        Severity.ERROR.value: _("Illisible ou perdu"),
        Severity.WARNING.value: _("À vérifier"),
        Severity.INFO.value: _("Réparé"),
    }


def outline(rows: Sequence[dict[str, Any]], decided: Mapping[int, str] = NOTHING) -> list[Node]:
    """The `outline` of a report as a tree. `decided` says by line what was decided."""
    kinds = _kind_labels()
    nodes = []
    for index, row in enumerate(rows):
        marks = row.get("source_depth")
        nodes.append(
            Node(
                index=index,
                title=row["title"],
                number=row["number"],
                depth=row["depth"],
                source="#" * min(marks, 8) if marks else _("sans marque"),
                changed=marks != row["depth"],
                reason=row["reason"],
                kind=kinds.get(row["kind"], ""),
                line=row["line"],
                decided=decided.get(row["line"], ""),
            )
        )
    _nest(nodes)
    return nodes


def _nest(nodes: list[Node]) -> None:
    """A skipped level nests once only: a list within a list without an item would say nothing."""
    depths: list[int] = []
    for position, node in enumerate(nodes):
        if not depths or depths[-1] < node.depth:
            depths.append(node.depth)
            node.opens = True
        following = nodes[position + 1].depth if position + 1 < len(nodes) else 0
        if following > node.depth:
            continue
        node.ends.append("item")
        while depths and depths[-1] > following:
            depths.pop()
            node.ends.append("list")
            if depths and depths[-1] >= following:
                node.ends.append("item")


def findings(
    rows: Sequence[dict[str, Any]],
    lines: Sequence[str],
    *,
    everything: bool = False,
    result: Results | None = None,
    verdicts: Mapping[tuple[str, int], str] = NOTHING,
) -> list[SeverityGroup]:
    """The `findings` of a report, the gravest first; of each code those that wait for an answer come first.

    `lines` are those of the source, the first at index 0; `verdicts` say by code and line what was answered.
    """
    labels = severity_labels()
    by_code: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_code[row["severity"], row["code"]].append(row)
    shown = []
    for severity in SEVERITIES:
        groups = [
            _group(code, group, everything, lambda row: _shown(row, lines, result, verdicts))
            for (of, code), group in by_code.items()
            if of == severity.value
        ]
        if groups:
            groups.sort(key=lambda group: (-group.count, group.code))
            count = sum(group.count for group in groups)
            shown.append(SeverityGroup(severity.value, labels[severity.value], count, groups))
    return shown


def _group(
    code: str, rows: list[dict[str, Any]], everything: bool, show: Callable[[dict[str, Any]], Shown]
) -> CodeGroup:
    shown = sorted((show(row) for row in rows), key=lambda row: bool(row.verdict))
    answered = sum(bool(row.verdict) for row in shown)
    return CodeGroup(code, len(rows), shown if everything else shown[:FEW], answered)


def _shown(
    row: dict[str, Any], lines: Sequence[str], result: Results | None, verdicts: Mapping[tuple[str, int], str]
) -> Shown:
    line, code = row["line"], row["code"]
    first, last = max(1, line - AROUND), min(len(lines), line + AROUND)
    excerpt = [Line(number, _cut(lines[number - 1]), number == line) for number in range(first, last + 1)]
    return Shown(
        line,
        row["message"],
        excerpt,
        results=result(line) if result else [],
        key=f"{line}:{code}",
        place=result.place(line) if result else None,
        verdict=verdicts.get((code, line), ""),
    )


def _cut(text: str, length: int = LONGEST_LINE) -> str:
    return text if len(text) <= length else text[:length] + "…"


def _kind_labels() -> dict[str, str]:
    from theses.models import Section

    labels = {value: str(label) for value, label in Section.Kind.choices}
    labels[SectionKind.SECTION.value] = ""
    return labels
