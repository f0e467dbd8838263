"""House Markdown to safe HTML: the one door through which text reaches a page.

The types here are what articles and theses hand over and get back. `docs/markdown.md` describes the dialect.
"""

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
    speaker: Mapping[str, str] = field(default_factory=dict)


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
class Rendered:
    html: str
    outline: list[Heading]
    passages: list[PassageText]
    words: int
    problems: list[Problem]


def render(pieces: Sequence[Piece], *, targets: Targets | None = None, language: str = "fr") -> Rendered:
    """One web page out of its pieces: HTML fit to be shown, its headings, passages and problems. Never raises."""
    raise NotImplementedError
