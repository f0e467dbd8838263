"""The language of a title, from its small words: "fr", "en" or None."""

from __future__ import annotations

import re

_FRENCH_TEXT = """
le la les l un une des du de d et est en dans pour par sur au aux avec qui que qu à ce ces sa son ses
"""
_FRENCH = frozenset(_FRENCH_TEXT.split())
_ENGLISH_TEXT = """
the of and in to for on with by from at is are an how what why its their as into your our will
"""
_ENGLISH = frozenset(_ENGLISH_TEXT.split())


def language_of(text: str) -> str | None:
    """The language whose small words are more frequent; accents weigh for French. None where neither shows."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    french = sum(w in _FRENCH for w in words) + 0.5 * len(re.findall(r"[éèêàçùûîôœ]", text.lower()))
    english = float(sum(w in _ENGLISH for w in words))
    if french > english:
        return "fr"
    return "en" if english > french else None
