"""What the steps work on: the source cut into pieces, each of which knows the words of the source that it holds.

A piece is the smallest thing that a step moves: a heading, a paragraph, an item of a list, a table, a note. Its `text`
is house Markdown and changes as steps repair it; its `parts` are the fragments of the source that it stands for and are
only ever moved whole, from piece to piece or to `discarded`. That is why no word is lost or doubled: see
`Draft.ledger`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from manuscript.corrections import Correction
from manuscript.model import (
    Citation,
    CrossReference,
    Figure,
    Finding,
    Footnote,
    Join,
    Reference,
    Severity,
    Table,
)

Part = tuple[int, str]
"""A line of the source, and as much of its text as the piece holds."""


@dataclass(slots=True, eq=False)
class Piece:
    kind: str
    """`heading`, `paragraph`, `item`, `quote`, `table`, `code`, `note`, `caption`, `reference`, `metadata`, `rule`,
    `image`, `contents`, `furniture`, `directive`."""
    text: str
    parts: list[Part]
    level: int = 0
    """Count of `#` of a heading (0: without marks); depth of indentation of an item."""
    marker: str = ""
    """`-` or `3.` before an item, label of a note."""
    reason: str = ""
    """Why a heading is one, or why the piece is set aside."""
    number: str | None = None
    page: str | None = None
    key: str = ""
    """Of the figure, table, note or reference that the piece became."""
    opaque: bool = False
    """Too long a line to look into: kept as it is."""
    gap: int = 0
    """Empty lines above."""
    lines: list[str] = field(default_factory=list)
    """Text of each line of a paragraph or table, before it was joined into `text`."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What one step tells a later one."""

    @property
    def line(self) -> int:
        return self.parts[0][0]

    @property
    def last_line(self) -> int:
        return max(part[0] for part in self.parts)

    @property
    def source(self) -> str:
        return "\n".join(part[1] for part in self.parts)


@dataclass(slots=True)
class ContentsEntry:
    """One line of the contents that the source prints."""

    title: str
    number: str | None
    page: str | None
    level: int
    line: int
    anchor: str = ""
    table: int = 0
    """Which of the tables that the source prints."""
    matched: bool = False


@dataclass(slots=True)
class Draft:
    name: str
    text: str
    lines: list[str]
    pieces: list[Piece] = field(default_factory=list)
    set_aside: list[tuple[Piece, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    contents: list[ContentsEntry] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    footnotes: list[Footnote] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    cross_references: list[CrossReference] = field(default_factory=list)
    page_marks: list[tuple[int, str]] = field(default_factory=list)
    """Line and number of each printed page number."""
    corrections: tuple[Correction, ...] = ()
    """What somebody decided about lines of the source."""
    house: bool = False
    """The text is our own export: its levels are trusted and nothing is repaired."""
    house_rows: dict[str, Any] = field(default_factory=dict)
    """Outline, figures and references of our own export."""
    marked: bool = False
    """The text has Markdown headings."""

    def find(self, code: str, line: int, message: str, severity: Severity = Severity.INFO) -> None:
        self.findings.append(Finding(code, severity, line, message))

    def doubt(self, code: str, line: int, message: str) -> None:
        self.find(code, line, message, Severity.WARNING)

    def discard(self, piece: Piece, reason: str) -> None:
        """Set a piece aside; the caller takes it out of `pieces`."""
        self.set_aside.append((piece, reason))

    def keep_if(self, kept: Iterable[Piece]) -> None:
        self.pieces = list(kept)
