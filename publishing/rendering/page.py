"""What the writers of one page share: anchors taken, notes called, passages and problems found so far."""

from __future__ import annotations

import re
import unicodedata
from base64 import b32encode
from dataclasses import dataclass, field
from hashlib import blake2b

from markdown_it.token import Token

from publishing.rendering.model import CitationCall, Heading, PassageText, Problem, Targets
from publishing.rendering.safety import clean_characters

_NOT_IN_ANCHORS = re.compile(r"[^\w-]+")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, without accents and ligatures: how two spellings of one word compare."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def anchor_name(text: str, limit: int = 80) -> str:
    """A text as an anchor: ASCII words joined by hyphens; nothing where it has none."""
    words = _WORD.findall(fold(text).encode("ascii", "ignore").decode())
    name = "-".join(words)
    return name if len(name) <= limit else name[:limit].rsplit("-", 1)[0]


def passage_anchor(section: str, text: str) -> str:
    """The anchor of a paragraph, from its section and its first words: a correction further on does not change it."""
    words = " ".join(_WORD.findall(fold(text[:400]))[:6]) or text[:40]
    digest = blake2b(f"{section}\n{words}".encode(), digest_size=5).digest()
    return "p-" + b32encode(digest).decode().lower()


@dataclass(slots=True)
class Note:
    label: str
    name: str
    """The label as a part of anchors."""
    tokens: list[Token]
    language: str
    section: str
    shown: str = ""
    """What readers see at the call: the label where it is a number."""
    calls: list[str] = field(default_factory=list)
    """Anchors of the calls."""


@dataclass(slots=True)
class Page:
    language: str
    targets: Targets
    strict: bool
    """Whether a key without target is a problem; not so in a preview, which knows no targets."""
    anchors: set[str] = field(default_factory=set)
    repeated: dict[str, int] = field(default_factory=dict)
    """How often an anchor was wanted that was taken, so that a thousand equal ones are not tried in turn."""
    outline: list[Heading] = field(default_factory=list)
    passages: list[PassageText] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    citations: list[CitationCall] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    called: list[Note] = field(default_factory=list)
    note_names: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    next_number: int = 1
    fragments: list[tuple[str, str]] = field(default_factory=list)
    """Links to anchors of this page, and the passage that holds each."""
    section: str = ""
    """Anchor of the section being written."""
    passage: str = ""
    """Anchor of the passage being written, for problems and citations."""
    tables: int = 0
    levels: list[int] = field(default_factory=lambda: [1])

    def anchor(self, wanted: str, fallback: str = "section") -> str:
        """`wanted`, or it with the first free number after it."""
        name = _NOT_IN_ANCHORS.sub("-", wanted).strip("-") or fallback
        free = name
        while free in self.anchors:
            self.repeated[name] = self.repeated.get(name, 1) + 1
            free = f"{name}-{self.repeated[name]}"
        self.anchors.add(free)
        return free

    def level(self, depth: int) -> int:
        """The level of heading, 2 to 6, for a depth in the work: never more than one below the heading above."""
        depth = max(2, depth)
        while len(self.levels) > 1 and self.levels[-1] >= depth:
            self.levels.pop()
        self.levels.append(depth)
        return min(6, len(self.levels))

    def problem(self, code: str, message: str) -> None:
        self.problems.append(Problem(code, self.passage or self.section, message))

    def add_passage(self, anchor: str, kind: str, language: str, text: str) -> None:
        text = clean_characters(" ".join(text.split()) if kind != "table" else text)
        if text:
            self.passages.append(PassageText(anchor, kind, self.section, language or self.language, text))
