"""Citations by a name alone: beside a note call, with a whole date, or by the name a note has given to an entry.

before: L'étude de l'Atelier<sup>3</sup> montre ...   (note 3 repeats entry 12, whose site is the Atelier's)
after:  one find, of entry 12
"""

from __future__ import annotations

import re

from manuscript.references import dates
from manuscript.references.author_year import AuthorYear
from manuscript.references.finds import NAME_RUN, Found, sentence_around
from manuscript.references.index import Index, Work, contains, name_key, placed_words, words_of

_CALL = re.compile(r"<sup>\s*(\d{1,4})\s*</sup>|\[\^([\w-]{1,40})\](?!:)")
_SOURCE = re.compile(r"(?P<open>\()?\b(?i:sources?|d['’]après|adapté de)\s?:\s*(?P<name>[A-ZÀ-Þ][^()\n.;:]{1,80})")
_STUDY = re.compile(
    r"\b(?i:l['’]enqu[êe]te|l['’]étude|le rapport|le baromètre|the (?:report|study|survey))\s(?:[\w-]+\s){0,3}?"
    r"(?:de|d['’]|du|of|by)\s?(?:l['’]|la\s|les\s|the\s)?"
    r"(?P<name>[A-ZÀ-Þ][\w’'&.-]*(?:\s(?:&\s)?[A-ZÀ-Þ][\w’'&.-]*){0,3})"
)
_FULL_NAME = re.compile(
    r"\b(?:[Ss]elon|[Dd]['’]après|[Aa]ccording to|[Pp]our)\s(?:l['’][a-zà-ÿ]+\s|le\s[a-zà-ÿ]+\s"
    r"|la\s[a-zà-ÿ]+\s)?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){1,3})"
)
_PUBLISHED = re.compile(
    r"\b(?:articles?|publi\w+|paru\w*|billet|tribune|entretien|interview|chronique|post|paper|essay|published)\b",
    re.IGNORECASE,
)
_DAY_DATE = re.compile(r"\b(?:\d{1,2}|1er)\s[^\W\d]{3,9}\.?\s20\d\d\b|\b[A-Z][a-z]{2,8}\.?\s\d{1,2},?\s(?:19|20)\d\d\b")


_INSIDE_NAMES = frozenset(("de", "du", "des", "of", "la", "et", "for", "and", "the"))


class KnownNames:
    """What the notes of a text have tied: ``notes`` label -> (line, entry), ``aliases`` name -> entries, ``cited``."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.notes: dict[str, list[tuple[int, int]]] = {}
        self.aliases: dict[str, set[int]] = {}
        self.cited: set[int] = set()
        self._names = AuthorYear(index, set())

    def learn(self, label: str, line: int, text: str, references: list[int]) -> None:
        """Remember what a note repeats, and the names it uses for it."""
        for reference in references:
            self.notes.setdefault(label, []).append((line, reference))
            self.cited.add(reference)
        if len(references) == 1:
            self._learn_alias(text, references[0])

    def find(self, line: int, text: str) -> list[list[Found]]:
        """The citations by a name alone in a passage that is no note, the surest group first."""
        return [self._sources(text), self._dates(text), self._speakers(text), self._calls(line, text)]

    def _learn_alias(self, text: str, reference: int) -> None:
        """A note that repeats an entry may call its source by a name that the entry lacks."""
        work = self.index.works[reference]
        for part in re.split(r"[.:;,]\s|\s[–|-]\s|<https?[^>]*>", text):
            name = part.strip(" .,:;<>")
            words = words_of(name)
            proper = all(w[0].isupper() or w.lower() in _INSIDE_NAMES for w in name.split())
            new = not set(words) <= set(work.title) and name_key(name) not in work.people
            if words and proper and new and len(name.split()) <= 5 and not re.search(r"\d", name):
                self.aliases.setdefault(name_key(name), set()).add(reference)

    # Bodies

    def _sources(self, text: str) -> list[Found]:
        out = []
        for match in (*_SOURCE.finditer(text), *_STUDY.finditer(text)):
            key = name_key(match["name"])
            numbers = self.aliases.get(key, set())
            if not numbers:
                named = set(self._names.weak_numbers(key)) | set(self.index.names.get(key, ()))
                numbers = named if len(named) == 1 and named <= self.cited else set()
            if len(numbers) == 1:
                kind = "parenthetical" if match.groupdict().get("open") else "narrative"
                out.append(Found(match.start("name"), match.end("name"), tuple(numbers), kind))
        return out

    def _calls(self, line: int, text: str) -> list[Found]:
        """A call whose note repeats an entry, in a sentence that names that entry's people, site or title."""
        out = []
        for call in _CALL.finditer(text):
            reference = self._note_entry(call[1] or call[2], line)
            if reference is None:
                continue
            start, end = sentence_around(text, call.start())
            work = self.index.works[reference]
            # The note calls of the sentence are no words of it.
            words = placed_words(_CALL.sub(lambda m: " " * len(m[0]), text[start:end]))
            place = _named_place(words, work) or _shared_place(words, work)
            if place:
                out.append(Found(start + place[0], start + place[1], (reference,), "narrative"))
        return out

    def _dates(self, text: str) -> list[Found]:
        out = []
        for quick in _DAY_DATE.finditer(text):
            date = dates.FULL_DATE.match(text, quick.start())
            parts = dates.from_full(date).parts if date else ()
            if date and parts and len(parts[0]) == 3:
                start, end = sentence_around(text, date.start())
                out += self._dated(text[start:end], start, date.start() - start, date.end() - start, parts[0])
        return out

    def _speakers(self, text: str) -> list[Found]:
        """ "Selon Anne Roux", where one title alone names her and she signs no entry."""
        out = []
        for match in _FULL_NAME.finditer(text):
            words = words_of(match["name"])
            if len(words) < 2:
                continue
            rarest = min((self.index.postings.get(w, []) for w in words), key=len)
            numbers = [n for n in rarest[:40] if contains(self.index.works[n].title, words)]
            if len(numbers) == 1 and not self.index.names.get(name_key(match["name"].split()[-1])):
                out.append(Found(match.start("name"), match.end("name"), tuple(numbers), "narrative"))
        return out

    def _dated(self, sentence: str, offset: int, start: int, end: int, parts: tuple[int, ...]) -> list[Found]:
        """ "un article publié le 3 mai 2024 par Anne Roux": a whole date and an author."""
        if not _PUBLISHED.search(sentence):
            return []
        for token in NAME_RUN.finditer(sentence, max(0, start - 120), end + 120):
            if not token[0][0].isupper():
                continue
            numbers = [n for n in self.index.names.get(name_key(token[0]), []) if self.index.works[n].date == parts]
            if len(numbers) == 1:
                begin, finish = min(token.start(), start), max(token.end(), end)
                return [Found(offset + begin, offset + finish, tuple(numbers), "narrative")]
        return []

    def _note_entry(self, label: str, line: int) -> int | None:
        """The entry that the note called here repeats: the nearest note of that label, below first."""
        rows = self.notes.get(label, [])
        if not rows:
            return None
        nearest = min(rows, key=lambda row: (row[0] < line, abs(row[0] - line)))
        same_note = {reference for at, reference in rows if at == nearest[0]}
        return nearest[1] if len(same_note) == 1 else None


def _named_place(words: list[tuple[str, int, int]], work: Work) -> tuple[int, int] | None:
    """Where a sentence names the people or the site of a work."""
    bare = [word for word, _, _ in words]
    for name in (*work.people, *sorted(work.weak, key=lambda n: (-len(n), n))):
        parts = words_of(name)
        size = len(parts)
        if len(name) < 3 or not size:
            continue
        for at in range(len(bare) - size + 1):
            if bare[at : at + size] == parts:
                return words[at][1], words[at + size - 1][2]
    return None


def _shared_place(words: list[tuple[str, int, int]], work: Work) -> tuple[int, int] | None:
    """Where a sentence has three long words of a work's title."""
    title = {word for word in work.title if len(word) > 3}
    shared = [word for word in words if word[0] in title]
    return (shared[0][1], shared[-1][2]) if len({word[0] for word in shared}) >= 3 else None
