"""What a reading gives: the manuscript, its parts and the findings, all frozen.

Line numbers are 1-based lines of the source as received; ranges are inclusive. Bodies are written in the house Markdown
that `docs/markdown.md` describes: CommonMark, tables, footnotes, and links with the schemes `cite:`, `figure:`,
`table:`,
`section:` and `page:`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class DocumentKind(StrEnum):
    ARTICLE = "article"
    THESIS = "thesis"
    WHITEPAPER = "whitepaper"
    REPORT = "report"
    BOOK = "book"


class SectionKind(StrEnum):
    FRONT_MATTER = "front_matter"
    INTRODUCTION = "introduction"
    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    CONCLUSION = "conclusion"
    BIBLIOGRAPHY = "bibliography"
    ANNEX = "annex"
    INTERVIEW = "interview"
    QUESTION = "question"
    BACK_MATTER = "back_matter"


class Severity(StrEnum):
    INFO = "info"
    """A repair that was made and that is certain."""
    WARNING = "warning"
    """A doubt: somebody should look."""
    ERROR = "error"
    """Something could not be read; the text is kept as it is."""


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    """Stable, in kebab case; every code is listed in `docs/reading.md`."""
    severity: Severity
    line: int
    message: str
    """A sentence in plain French: what was seen and what was done."""


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    sha256: str
    lines: int
    encoding: str
    format: str
    """`markdown`, `text`, `bibtex`, `ris`, `csl-json` or `unreadable`."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person or an organisation as the source names it, in the manner of CSL names."""

    family: str = ""
    given: str = ""
    literal: str = ""
    """Set instead of family and given for organisations and names that cannot be split."""
    role: str = ""
    """What the person is, as printed: « Ingénieure IA », « Directrice de thèse »."""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Contributor:
    role: str
    """`supervisor`, `interviewee`, `translator`, `editor`, `preface`…"""
    person: Person


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the source states about itself; nothing is invented, an absent value is empty."""

    kind: DocumentKind = DocumentKind.ARTICLE
    title: str = ""
    subtitle: str = ""
    description: str = ""
    language: str = "fr"
    date: str = ""
    """ISO 8601 with the precision of the source: `2025`, `2025-09` or `2025-09-14`."""
    authors: tuple[Person, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    institution: str = ""
    programme: str = ""
    tags: tuple[str, ...] = ()
    featured: bool = False
    hero_image: str = ""
    """Path or address of the picture that the source names; it is seldom supplied with it."""
    hero_image_alt: str = ""
    abstract: dict[str, str] = field(default_factory=dict)
    """Language code to house Markdown."""
    keywords: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Language code to keywords."""
    biography: str = ""
    """Of the first author, where the source has one."""
    ai_disclosure: str = ""
    """The sentence in which the source says how AI was used."""
    ai: dict[str, str] = field(default_factory=dict)
    """What a header says of it field by field: `level` (none, assisted, reviewed, generated), `purpose`, `tool`,
    `reviewer`, `reviewed_on` (as written), `responsible`."""
    extra: dict[str, str] = field(default_factory=dict)
    """Front matter that has no field of its own, kept as it was written."""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    """Unique in the document, ASCII, stable: made of number and title. `section:KEY` links lead here."""
    line: int
    title: str
    """Plain text, without number, Markdown marks and note calls."""
    number: str | None
    depth: int
    kind: SectionKind
    first_line: int
    last_line: int
    body: str
    """House Markdown of the section alone, without its heading and its subsections; the notes it calls stand at its
    end."""
    source_depth: int | None = None
    """Count of `#` that the source gave, None for a heading without marks."""
    reason: str = ""
    """Why it has this depth: a short sentence in French for the importer."""
    page: str | None = None
    """Printed page, where the contents give it."""
    language: str | None = None
    """Only where it differs from the document's."""
    note_calls: tuple[str, ...] = ()
    """Notes called in the heading itself."""
    person: Person | None = None
    """Who is interviewed, for an interview."""
    local_number: str | None = None
    """A number that only counts the items of the section above; it is no number of the outline."""
    ai_disclosure: str = ""
    """The paragraph in which the section itself says how AI was used in it; it stands in the body too."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the source that was kept. Blocks and discarded pieces hold every word of the source exactly once."""

    line: int
    last_line: int
    section: int | None
    """Index in `sections`; None before the first one."""
    type: str
    """`heading`, `paragraph`, `list`, `quote`, `table`, `code`, `note`, `caption`, `reference`, `metadata`, `rule`,
    `image`…"""
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    """`figure-12`; `![](figure:KEY)` alone on a line stands where the figure stood."""
    number: str | None
    caption: str
    credit: str
    line: int
    image: str = ""
    """Path or address of the picture, where the source names one."""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    number: str | None
    caption: str
    credit: str
    first_line: int
    last_line: int
    rows: int
    columns: int
    header: bool


@dataclass(frozen=True, slots=True)
class Footnote:
    key: str
    """The label in `[^KEY]`, unique in the document."""
    number: int | str
    reference_line: int | None
    """Line of the first call; None for a note that nothing calls."""
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Join:
    """One paragraph, list item or entry that a page break had cut in two."""

    first_end: int
    second_start: int


@dataclass(frozen=True, slots=True)
class Reference:
    key: str
    """ASCII, unique in the document: `mckinsey2024a`; `cite:KEY` links lead here."""
    number: int
    raw: str
    csl: dict[str, Any]
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class Citation:
    line: int
    text: str
    reference: int | None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossReference:
    line: int
    text: str
    target: str | None
    """`section:KEY`, `figure:KEY`, `table:KEY`, `page:34`, or None where it is not certain."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the contents that the source prints."""

    title: str
    number: str | None
    page: str | None
    line: int
    table: int
    """Which of the tables that the source prints: that of contents, that of figures…"""
    section: int | None
    """Index in `sections` of the heading that keeps it."""
    restored: bool = False
    """The text has lost the heading; it was put back as the contents have it."""


@dataclass(frozen=True, slots=True)
class Discarded:
    first_line: int
    last_line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    source: Source
    metadata: Metadata
    lead: str
    """House Markdown before the first heading."""
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    joins: tuple[Join, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    cross_references: tuple[CrossReference, ...] = ()
    discarded: tuple[Discarded, ...] = ()
    findings: tuple[Finding, ...] = ()
    promises: tuple[Promise, ...] = ()
