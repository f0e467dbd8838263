"""What a page marks when it was opened from a hit, as folded words: the scripts of the page look for what begins so."""

from __future__ import annotations

from search.results import Query
from search.terms import terms_of


def terms(query: Query) -> list[str]:
    """Every form that the search looks for; the words of a phrase stand in one string. One query of the database."""
    found, _ = terms_of(query)
    marked: dict[str, None] = {}
    for term in found:
        marked |= dict.fromkeys([*sorted(term.forms), *(" ".join(words) for words in term.sequences)])
    return list(marked)
