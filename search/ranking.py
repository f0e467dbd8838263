"""The order of what was found: one policy, whichever database found it.

BM25 over two fields (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009): a word in a title counts
as much as several in the text, a rare word more than a frequent one, a short unit more than a long one. Words that
follow each other as in the query, and those written as in the query, count more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

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
FEW = 8
"""Forms that are looked for one by one."""
KINDS = {"work": 1.3, "text": 1.0, "person": 1.1, "caption": 0.8, "note": 0.7, "reference": 0.6}


def score(candidate: Candidate, terms: Sequence[Term], units: int) -> float:
    """Higher is better. `units` is how many the index holds. Linear in the text of the candidate."""
    title = f" {candidate.title_terms} "
    text = f" {candidate.text_terms} "
    # Taking a text apart is dearer than looking for a few words in it, and cheaper than looking for many.
    are_many = sum(len(term.forms) for term in terms) > FEW
    held = {*candidate.title_terms.split(), *candidate.text_terms.split()} if are_many else None
    length = 1 - B + B * (candidate.text_terms.count(" ") + 1) / AVERAGE
    total = 0.0
    for term in terms:
        count = 0.0
        forms = term.forms if held is None else term.forms & held
        for form in (*forms, *(" ".join(words) for words in term.sequences)):
            needle = f" {form} "
            exact = 1 + AS_TYPED if form == term.folded else 1
            count += exact * (TITLE * (needle in title) + text.count(needle) / length)
        rarity = math.log(1 + units / (1 + min(term.units, units)))
        total += rarity * count * (K1 + 1) / (count + K1)
    row = " ".join(term.folded for term in terms)
    if len(terms) > 1 and (f" {row} " in text or f" {row} " in title):
        total *= 1 + IN_A_ROW
    return total * KINDS.get(candidate.kind, 1.0)
