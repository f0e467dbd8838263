"""A proposal for a query in which a word is misspelt: the nearest word that the published texts have."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.db.models.functions import Length
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from search.models import Word
from search.terms import Term

SHORTEST = 4
"""Letters from which a word can be told from another by one of them."""
LOOKED_AT = 20_000
"""Words that are compared, at most."""


def proposal(text: str, terms: Sequence[Term]) -> str:
    """The query with each unknown word replaced by the nearest known one; empty where there is none. A query a word."""
    proposed = text
    for term in terms:
        if term.is_known or " " in term.folded:
            continue
        near = nearest(term.folded)
        if near:
            proposed = proposed.replace(term.typed.strip(".,;:!?"), near, 1)
    return proposed if proposed != text else ""


def nearest(word: str) -> str:
    """The word one letter away, or two in a long word; of equals the most frequent. As the texts write it."""
    if len(word) < SHORTEST:
        return ""
    most = 1 if len(word) < 7 else 2
    alike = Q(folded__startswith=word[:2]) | Q(folded__endswith=word[-3:]) | Q(folded__startswith=word[1::-1])
    rows = list(
        Word.objects.annotate(letters=Length("folded"))
        .filter(alike, letters__gte=len(word) - most, letters__lte=len(word) + most)
        .order_by("-units", "folded")
        .values_list("folded", "shown", "units")[:LOOKED_AT]
    )
    found = extract(word, [row[0] for row in rows], scorer=OSA.distance, score_cutoff=most, limit=10)
    if not found:
        return ""
    _, _, index = min(found, key=lambda match: (match[1], -rows[match[2]][2], match[0]))
    return str(rows[index][1])
