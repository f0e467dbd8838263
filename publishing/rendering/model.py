"""What articles and theses hand over to be rendered, and what they get back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

RENDERER_VERSION = "1"
"""Changes whenever the same Markdown would give other HTML; editions are stamped with it."""


@dataclass(frozen=True, slots=True)
class FigureTarget:
    number: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    src: str = ""
    """Address of the picture, empty while it is still to be supplied."""
    width: int | None = None
    height: int | None = None
    href: str = ""
    """Where links to this figure lead."""


@dataclass(frozen=True, slots=True)
class ReferenceTarget:
    href: str
    text: str
    """The formatted reference, plain text, shown in place."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What the link schemes of the house resolve to, by key; a missing key becomes plain text and a problem."""

    figures: Mapping[str, FigureTarget] = field(default_factory=dict)
    references: Mapping[str, ReferenceTarget] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    """Section key to address."""
    tables: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    """Printed page to address."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Label to Markdown, of notes that this page may call and whose text stands on another one."""
    pictures: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Address of a picture in the text to its width and height in pixels."""
    sources: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """Address of a picture to the media type and the `srcset` of each of its renditions."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """Anchor of a paragraph, as it would be derived, to the one it has had since an earlier edition."""


@dataclass(frozen=True, slots=True)
class BibliographyItem:
    """An entry of the bibliography as it is shown, with links to the places that cite it."""

    key: str
    html: str
    """As `publishing.citation.format_reference` writes it."""
    text: str
    cited: Sequence[tuple[str, str]] = ()
    """Address and label of each citing place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading and the body under it. A body alone (an article, a lead) has no title."""

    body: str
    title: str = ""
    number: str = ""
    anchor: str = ""
    depth: int = 1
    """1 is the h1 of the page and is not written by the renderer; 2 and more become h2 to h6."""
    kind: str = ""
    language: str = ""
    """Empty where it is the page's."""
    note_calls: Sequence[str] = ()
    """Labels of notes called in the heading."""
    printed_page: str = ""
    ai: Mapping[str, str] = field(default_factory=dict)
    """What stands under the heading on the use of AI: `sentence`, its `language` and the `disclosure` for machines."""
    speaker: Mapping[str, str] = field(default_factory=dict)
    """`name`, `role` and `organisation` of the person interviewed."""
    bibliography: Sequence[BibliographyItem] = ()
    """Entries written as a list below the body."""


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    title: str
    number: str
    depth: int


@dataclass(frozen=True, slots=True)
class PassageText:
    """Plain text of one passage of the page, in order. `kind` and `section` as in `theses.Passage`."""

    anchor: str
    kind: str
    section: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor should mend: a key that leads nowhere, a note without text, a picture without alternative."""

    code: str
    anchor: str
    message: str


@dataclass(frozen=True, slots=True)
class CitationCall:
    """Where a bibliography entry is cited: the anchor of the passage, for the way back."""

    key: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    outline: list[Heading]
    passages: list[PassageText]
    words: int
    problems: list[Problem]
    citations: list[CitationCall] = field(default_factory=list)
