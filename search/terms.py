"""What a query looks for: each of its words with the forms in which the published texts have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product

from django.db.models import Q

from search.models import Word
from search.number import spellings
from search.results import Query
from search.words import STOP_WORDS, compounds, stems, words

MOST_FORMS = 60
"""Forms of one word that are looked for, the most frequent first."""
MOST_SEQUENCES = 32
"""Ways to write one phrase that are looked for, that of the query first."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be found: one of the forms, or one of the sequences of words that follow each other."""

    typed: str
    folded: str
    """Its words, folded; one word, save in a phrase or a compound."""
    forms: frozenset[str] = frozenset()
    sequences: tuple[tuple[str, ...], ...] = ()
    units: int = 0
    """In how many units a form stands, at most; 0 for a phrase, which is not counted."""
    at_most: int = 0
    """In how many units it can stand: of a phrase, those that hold its rarest word."""

    @property
    def is_known(self) -> bool:
        return bool(self.forms or self.sequences)


def terms_of(query: Query) -> tuple[list[Term], list[Term]]:
    """What must be found, and what must not. One query, for the forms of all the words."""
    wanted = [(typed, words(typed), compounds(typed)) for typed in query.words]
    telling = [row for row in wanted if set(row[1]) - STOP_WORDS]
    # A question made of small words alone is asked as it stands.
    wanted = telling or ([] if query.phrases else wanted)
    in_rows = [words(text) for text in (*query.phrases, *query.excluded)]
    in_rows += [parts for _, parts, _ in wanted if len(parts) > 1]
    inflected = {word for _, parts, joined in wanted for word in (parts if len(parts) == 1 else joined)}
    known = _Vocabulary(inflected, {word for parts in in_rows for word in parts})
    found = []
    for typed, parts, joined in wanted:
        if len(parts) == 1:
            found.append(_word(typed, parts[0], known))
        else:
            forms = frozenset(form for word in joined for form in known.forms(word))
            found.append(replace(_phrase(typed, known), forms=forms, at_most=0))
    found += [_phrase(phrase, known) for phrase in query.phrases]
    excluded = [_phrase(text, known) for text in query.excluded]
    return found, [term for term in excluded if term.is_known]


def _word(typed: str, word: str, known: _Vocabulary) -> Term:
    forms = known.forms(word)[:MOST_FORMS]
    units = known.units(forms)
    return Term(typed, word, frozenset(forms), units=units, at_most=units)


def _phrase(text: str, known: _Vocabulary) -> Term:
    """Words in a row, each in the singular or the plural; of one word, either of these."""
    parts = words(text)
    spelt = [known.spellings(word) for word in parts]
    folded = " ".join(parts)
    at_most = min(known.units(forms) for forms in spelt)
    if len(parts) == 1:
        return Term(text, folded, frozenset(spelt[0]), at_most=at_most)
    # Where there would be too many ways, the last words are taken as they are.
    ways = 1
    for place, (word, forms) in enumerate(zip(parts, spelt, strict=True)):
        if ways * len(forms) > MOST_SEQUENCES:
            spelt[place] = [word] if word in forms else forms[:1]
        ways *= len(spelt[place])
    return Term(text, folded, sequences=tuple(product(*spelt)), at_most=at_most)


class _Vocabulary:
    """Of the words of the texts, the forms of some words and the spellings of others. One query of the database."""

    def __init__(self, inflected: Iterable[str], spelt: Iterable[str]) -> None:
        self._stems = {word: stems(word) for word in inflected}
        self._spellings = {word: spellings(word) for word in {*spelt, *self._stems}}
        self._rows: list[tuple[str, str, str]] = []
        self._units: dict[str, int] = {}
        if not self._spellings:
            return
        rows = (
            Word.objects.filter(
                Q(french__in={stem for stem, _ in self._stems.values()})
                | Q(english__in={stem for _, stem in self._stems.values()})
                | Q(folded__in=set().union(*self._spellings.values()))
            )
            .order_by("-units", "folded")
            .values_list("folded", "french", "english", "units")
        )
        for folded, french, english, units in rows:
            self._rows.append((folded, french, english))
            self._units[folded] = units

    def forms(self, word: str) -> list[str]:
        """Those that have its stem in one of the languages, and its plurals; the most frequent first."""
        in_french, in_english = self._stems[word]
        spelt = self._spellings[word]
        return [
            form
            for form, french, english in self._rows
            if french == in_french or english == in_english or form in spelt
        ]

    def spellings(self, word: str) -> list[str]:
        """The word as it is first, where the texts have it, and its plurals or singulars."""
        spelt = self._spellings[word]
        return sorted((form for form, _, _ in self._rows if form in spelt), key=lambda form: form != word)

    def units(self, forms: Iterable[str]) -> int:
        return sum(self._units[form] for form in forms)
