"""The words of a text as the search compares them: folded, without what French elides, with stems by language.

before: L’œuvre générative d’aujourd’hui, peut-être
after:  oeuvre generative aujourdhui peut etre, and peutetre

Both the index and the queries go through here, so that the two databases are given plain words and need no
configuration of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

_WORD = re.compile(r"[^\W_ʼ]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ς": "σ"})
APOSTROPHES = "'’ʼ‘"
HYPHENS = "-‐‑"
ELIDED = frozenset({"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"})
LONGEST = 60
"""Characters of a word; what is longer is an address or noise, and only its beginning is compared."""

_SMALL = """
a afin ai ainsi alors apres as au aucun aucune aussi autre autres aux avait avec avoir ayant car ce ceci cela celle
celles celui cependant ces cet cette ceux chaque ci comme comment contre dans de depuis des deux donc dont du elle
elles en encore entre est et etaient etait etant etc ete etes etre eu eux fait faire fois font hors il ils je la le
les leur leurs lors lui ma mais me meme memes mes moins mon ne ni nos notre nous on ont or ou par parce pas peu peut
peuvent plus pour pourquoi qu quand que quel quelle quelles quels qui quoi sa sans se selon sera ses si sinon soi soit
son sont sous sur ta tandis te tel telle tes ton tous tout toute toutes tres tu un une vers voici voila vos votre vous
y an and are at be been by can do does for from has have how if in into is it its not of on our so than that the their
them then there these they this to was we were what when where which who why will with you your
"""
STOP_WORDS = frozenset(_SMALL.split())
"""Words that say nothing of what is looked for, folded; a query of such words alone keeps them."""

_french = snowballstemmer.stemmer("french")
_english = snowballstemmer.stemmer("english")


class Token(NamedTuple):
    """A word of a text with its place in it: `text[start:end]`."""

    word: str
    start: int
    end: int


class _Plain(dict[int, str]):
    """Each character to what is left of it, as `str.translate` asks; those of the texts are soon all known."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", chr(code).lower().translate(_LIGATURES))
        self[code] = left = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return left


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text without case, accents and ligatures."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """One word without case, accents and ligatures."""
    return plain(word)[:LONGEST]


@lru_cache(maxsize=200_000)
def stems(word: str) -> tuple[str, str]:
    """The stem of a folded word by the French and by the English rules (Snowball)."""
    return _french.stemWord(word), _english.stemWord(word)


def clean(text: str) -> str:
    """The text in which places are counted: composed letters, no soft hyphens."""
    return unicodedata.normalize("NFC", text).replace("\u00ad", "")


def tokens(text: str) -> Iterator[Token]:
    """The words of a `clean` text in order. Linear in its length."""
    joined = 0
    found = list(_WORD.finditer(text))
    for index, match in enumerate(found):
        word, start, end = match[0], match.start(), match.end()
        if start < joined:
            continue
        if end < len(text) and text[end] in APOSTROPHES and index + 1 < len(found):
            after = found[index + 1]
            folded = fold(word)
            if folded in ELIDED:
                continue
            if after.start() == end + 1:
                if folded == "aujourd" and fold(after[0]) == "hui":
                    joined = after.end()
                    yield Token("aujourdhui", start, joined)
                    continue
                if len(after[0]) <= 2:
                    # It’s, don’t, they’re: what stands before is the word.
                    joined = after.end()
        folded = fold(word)
        if folded:
            yield Token(folded, start, end)


def words(text: str) -> list[str]:
    return [token.word for token in tokens(clean(text))]


def joined(text: str, found: Iterable[Token]) -> Iterator[Token]:
    """The words that hyphens make of several of the words of a text, and points of letters, written as one.

    `ecommerce` for « e-commerce », `ia` for « I.A. »
    """
    parts: list[Token] = []
    for token in [*found, None]:
        if token and parts and _are_one(text, parts[-1], token):
            parts.append(token)
            continue
        if len(parts) > 1:
            yield Token("".join(part.word for part in parts)[:LONGEST], parts[0].start, parts[-1].end)
        parts = [token] if token else []


def _are_one(text: str, one: Token, two: Token) -> bool:
    if two.start != one.end + 1:
        return False
    between = text[one.end]
    letters = one.end - one.start == two.end - two.start == 1 and not text[two.start].isdecimal()
    return between in HYPHENS or (between == "." and letters)


def compounds(text: str) -> list[str]:
    text = clean(text)
    return [token.word for token in joined(text, tokens(text))]


def indexed(text: str) -> str:
    """The words as the database indexes them; compounds follow as words of their own."""
    return " ".join([*words(text), *compounds(text)])
