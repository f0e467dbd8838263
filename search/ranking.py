"""The order of what was found: one policy, whichever database found it.

BM25 over two fields (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009): a word in a title counts
as much as several in the text, a rare word more than a frequent one, a short unit more than a long one. Words that
follow each other as in the query, and those written as in the query, count more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from search.database import Candidate
from search.terms import Term

K1 = 1.2
B = 0.6
AVERAGE = 200
"""Words of an ordinary unit."""
TITLE = 5.0
"""How many words of the text one in the title is worth."""
AS_TYPED = 0.15
"""What the very form of the query adds to a word, of its own worth."""
IN_A_ROW = 0.6
"""What all the words in a row add to the score, of itself."""
KINDS = {"work": 1.3, "text": 1.0, "person": 1.1, "caption": 0.8, "note": 0.7, "reference": 0.6}


def score(candidate: Candidate, terms: Sequence[Term], units: int) -> float:
    """Higher is better. `units` is how many the index holds. Linear in the text of the candidate."""
    title = f" {candidate.title_terms} "
    text = f" {candidate.text_terms} "
    length = 1 - B + B * (candidate.text_terms.count(" ") + 1) / AVERAGE
    total = 0.0
    for term in terms:
        pattern = _pattern(term.forms, term.sequences)
        in_title, in_text = set(pattern.findall(title)), pattern.findall(text)
        count = TITLE * len(in_title) + len(in_text) / length
        count += AS_TYPED * (TITLE * (term.folded in in_title) + in_text.count(term.folded) / length)
        rarity = math.log(1 + units / (1 + min(term.units, units)))
        total += rarity * count * (K1 + 1) / (count + K1)
    row = " ".join(term.folded for term in terms)
    if len(terms) > 1 and (f" {row} " in text or f" {row} " in title):
        total *= 1 + IN_A_ROW
    return total * KINDS.get(candidate.kind, 1.0)


@lru_cache(maxsize=100)
def _pattern(forms: frozenset[str], sequences: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """Of folded words between spaces: any of the forms, or of the sequences. Nothing in it can be tried in two ways."""
    either = "|".join(map(re.escape, sorted([*forms, *(" ".join(words) for words in sequences)])))
    return re.compile(f" ({either})(?= )")
