"""A text of names as tokens, told apart by their shape: initials, capitals, particles, marks.

before: Le Roux, J.-P. & PETIT A.
after:  p "Le", C "Roux", ",", I "J.-P.", &, U "PETIT", I "A."
"""

from __future__ import annotations

import re
from typing import NamedTuple

from manuscript.references.given_names import GIVEN_NAMES

_PARTICLES_TEXT = """
de du des d’ d' von van der den vom zu zur la le les di da do dos das del della dell’ ten ter af al el bin ibn y
e
"""
PARTICLES = frozenset(_PARTICLES_TEXT.split())
_CONJUNCTIONS = frozenset(("et", "and", "&", "und", "y", "e", "i", "avec", "with"))
_TOKEN = re.compile(
    r"(?P<initials>[^\W\d_a-zß-öø-ÿ]\.?(?:[\s]?[-‑‐]?[^\W\d_a-zß-öø-ÿ][.])*(?:\s?[-‑‐–]\s?[^\W\d_a-zß-öø-ÿ][a-z]{0,2}(?:\."
    r"|(?!\w)))*(?![\w’'])\.?"
    # "Ch.-V.", "Ph.-Ed.": both halves of a double given name shortened, the first to two or three letters.
    r"|[^\W\d_a-zß-öø-ÿ][a-z]{1,2}\.(?:[-‑‐–][^\W\d_a-zß-öø-ÿ][a-z]{0,2}\.)+)"
    r"|(?P<word>[^\W\d_]+(?:[-‑‐–’'ʼ.](?=[^\W\d_])[^\W\d_]+)*)"
    r"|(?P<number>\d+\w*)|(?P<and>&)|(?P<mark>[^\w\s])"
)
_COMPANY = frozenset(("inc", "ltd", "co", "corp", "cie", "llc"))
_SHORTENED = re.compile(r"^[^\W\d_][a-zà-ÿ]{0,2}$")


class Token(NamedTuple):
    """kind: I initials, C capitalised, U capitals, p particle, w other word, & conjunction, or the mark itself."""

    kind: str
    text: str
    start: int
    end: int


def _is_capitals(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= len(letters) - word.count("c") * word.startswith(
        "Mc"
    )


def tokens(text: str, start: int = 0, limit: int = 160) -> list[Token]:
    """The first tokens of the text."""
    out: list[Token] = []
    for match in _TOKEN.finditer(text, start):
        kind, word = match.lastgroup or "mark", match[0]
        if kind == "initials":
            kind = "I"
        elif kind == "and":
            kind = "&"
        elif kind == "number":
            kind = "0"
        elif kind == "mark":
            kind = word
        elif word.lower() in PARTICLES and not word.isupper():
            kind = "p"
            if word in ("y", "e"):
                kind = "&"
        elif word.lower() in _CONJUNCTIONS and (word.islower() or word in ("AND", "ET", "UND")):
            kind = "&"
        elif _is_capitals(word):
            kind = "U"
        elif word[0].isupper() or (re.match(r"(?:d|l|O|D)['’]\w", word) and word[2:3].isupper()):
            after = text[match.end() : match.end() + 1]
            # "Cl." and "Ph." are initials of two or three letters.
            kind = (
                "I"
                if after == "."
                and _SHORTENED.match(word)
                and word.lower() not in _COMPANY
                and not re.search(r"[aeiouyàâéèêëîïôûù]$", word)
                else "C"
            )
        else:
            kind = "w"
        end = match.end()
        if kind == "I" and text[end : end + 1] == "." and not word.endswith("."):
            end += 1
        out.append(Token(kind, text[match.start() : end], match.start(), end))
        if len(out) >= limit:
            break
    # A full stop taken into an abbreviated given name is no mark of its own.
    return [t for i, t in enumerate(out) if not (t.kind == "." and i and out[i - 1].end > t.start)]


def known_given(word: str) -> bool:
    """Whether a word, or the first half of a double one, is a common given name."""
    low = word.lower().rstrip(".")
    return low in GIVEN_NAMES or re.split(r"[-‑‐]", low)[0] in GIVEN_NAMES
