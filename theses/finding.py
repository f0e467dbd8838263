"""Find words in the whole draft of a document, each hit with what stands around it. Words only, never a pattern."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from theses.models import BibliographyEntry, Document, Figure, Section

MOST = 500
"""Hits that one screen shows and one act replaces."""
LONGEST = 200
AROUND = 60
FIELDS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Document, ("lead",)),
    (Section, ("title", "body")),
    (Figure, ("caption", "credit", "alt")),
    (BibliographyEntry, ("raw",)),
)


@dataclass(frozen=True, slots=True)
class Search:
    words: str
    case: bool = False
    """Whether capitals count."""
    accents: bool = True
    """Whether accents count."""
    whole: bool = False
    """Whether only whole words are found."""

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the words stand, from the first on, none over another; in time linear in the text."""
        wanted, folded = self.folded(self.words), self.folded(text)
        start = folded.find(wanted) if wanted else -1
        while start >= 0:
            end = start + len(wanted)
            if not self.whole or not (_in_word(text, start - 1, start) or _in_word(text, end - 1, end)):
                yield start, end
                start = folded.find(wanted, end)
            else:
                start = folded.find(wanted, start + 1)

    def folded(self, text: str) -> str:
        """The text as it is compared: one character for each, so that places stay what they are."""
        return text if self.case and self.accents else "".join(map(self._letter, text))

    def _letter(self, letter: str) -> str:
        if not self.accents:
            letter = unicodedata.normalize("NFD", letter)[0]
            letter = "'" if letter == "’" else letter
        lower = letter if self.case else letter.lower()
        return lower if len(lower) == 1 else letter


@dataclass(frozen=True, slots=True)
class Hit:
    key: str
    """`section-12-body-345-1f2e3d4c`: the row, the field, the place, and the text that it is a place in."""
    row: Any
    before: str
    found: str
    after: str


def _in_word(text: str, left: int, right: int) -> bool:
    """Whether two neighbours belong to one word."""
    return left >= 0 and right < len(text) and text[left].isalnum() and text[right].isalnum()


def rows_of(model: Any, document: Document) -> Any:
    return model.objects.filter(**({"pk": document.pk} if model is Document else {"document": document}))


def hits(document: Document, search: Search) -> list[Hit]:
    """In the order of reading, one more than `MOST` at most. Texts are read a few at a time and not kept."""
    found: list[Hit] = []
    for model, names in FIELDS:
        for row in rows_of(model, document).only("pk", *names, *_label(model)).iterator(chunk_size=100):
            for name in names:
                text = getattr(row, name)
                for start, end in search.places(text):
                    key = f"{model._meta.model_name}-{row.pk}-{name}-{start}-{digest(text)}"
                    around = text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND]
                    found.append(Hit(key, row, *around))
                    if len(found) > MOST:
                        return found
    return found


def _label(model: Any) -> tuple[str, ...]:
    """What the name of a row is made of."""
    return {
        Document: ("title",),
        Section: ("number", "title"),
        Figure: ("number", "caption", "key"),
        BibliographyEntry: ("csl", "raw", "key"),
    }[model]


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
