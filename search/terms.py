"""What a query looks for: each of its words with the forms in which the published texts have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from search.models import Word
from search.results import Query
from search.words import STOP_WORDS, compounds, stems, words

MOST_FORMS = 60
"""Forms of one word that are looked for, the most frequent first."""


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

    @property
    def is_known(self) -> bool:
        return bool(self.forms or self.sequences)


def terms_of(query: Query) -> tuple[list[Term], list[Term]]:
    """What must be found, and what must not be. One query, for the forms of all the words."""
    wanted = [(typed, words(typed), compounds(typed)) for typed in query.words]
    telling = [row for row in wanted if set(row[1]) - STOP_WORDS]
    # A question made of small words alone is asked as it stands.
    wanted = telling or ([] if query.phrases else wanted)
    single = {word for _, parts, joined in wanted for word in ([parts[-1]] if len(parts) == 1 else joined)}
    known = _forms(single)
    found = []
    for typed, parts, joined in wanted:
        if len(parts) == 1:
            found.append(_word(typed, parts[0], known))
            continue
        forms = frozenset(form for word in joined for form, _ in known.get(word, ()))
        found.append(Term(typed, " ".join(parts), forms, (tuple(parts),)))
    found += [_phrase(phrase) for phrase in query.phrases]
    return found, [_phrase(text) for text in query.excluded]


def _word(typed: str, word: str, known: dict[str, list[tuple[str, int]]]) -> Term:
    forms = known.get(word, [])[:MOST_FORMS]
    return Term(typed, word, frozenset(form for form, _ in forms), units=sum(units for _, units in forms))


def _phrase(text: str) -> Term:
    """Words in a row, as they are; of one word, that very word."""
    parts = words(text)
    if len(parts) == 1:
        return Term(text, parts[0], frozenset(parts))
    return Term(text, " ".join(parts), frozenset(), (tuple(parts),))


def _forms(wanted: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Each word to the words of the texts that have its stem in one of the languages, with how many units hold them."""
    stemmed = {word: stems(word) for word in wanted}
    if not stemmed:
        return {}
    in_french = {stem for stem, _ in stemmed.values()}
    in_english = {stem for _, stem in stemmed.values()}
    rows: Sequence[tuple[str, str, str, int]] = list(
        Word.objects.filter(Q(french__in=in_french) | Q(english__in=in_english))
        .order_by("-units", "folded")
        .values_list("folded", "french", "english", "units")
    )
    return {
        word: [
            (form, units)
            for form, in_french, in_english, units in rows
            if in_french == stem_fr or in_english == stem_en
        ]
        for word, (stem_fr, stem_en) in stemmed.items()
    }
