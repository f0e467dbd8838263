"""From a line of print to its pieces: marks already taken (``locators``), and the texts between them.

before: Un titre. Revue d'essai, A, B
after:  TEXT "Un titre", TEXT "Revue d'essai" after ".", A after ",", B after ","

A piece knows the mark that stands before it: whether a full stop or a comma divides is what tells styles apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from manuscript.references.locators import Board, Mark
from manuscript.references.markup import EMPHASIS_CLOSE, EMPHASIS_OPEN, HOLE
from manuscript.references.vocabulary import GENRE, fold, is_place

_ABBREVIATIONS_TEXT = """
intl conf symp assoc natl tech rep eng engrg comput comm commun softw syst intern appl math phys chem biol med
proc sept oct nov dec jan feb mass tenn calif conn penn wash que ont mich minn p pp vol n no t éd ed eds dir
coll trad al st mt dr m mm mme mlle pr prof cf ca fasc art chap fig av apr sp spp dept univ rev bull j jr sr vs
etc ep op cit ibid s d b r ed. ann mém mem soc nat hist sci int acad inst trans am lit lett arch mar
"""
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
_BEFORE_NAMES_TEXT = """
par by and und avec with chez dans from pour von van der dir trad eds
"""
_BEFORE_NAMES = frozenset(_BEFORE_NAMES_TEXT.split())
_TAIL_WORD = re.compile(
    r"(?:journal-article|thèse|mémoire de|thesis|trad|éd\.|ed\.|eds\.|coll\.|dir\.|vol\.|n°|no\.|pp?\.|in:)"
)
_BRACKETED_MARKS = re.compile("[(\\[]\\s?((?:[\ue100-\uf8ff][\\s,;.:]{0,3}){1,4})[)\\]]")
_OPEN = {"«": "»", "“": "”", "(": ")", "[": "]", EMPHASIS_OPEN: EMPHASIS_CLOSE}
_CLOSE = {v: k for k, v in _OPEN.items()}


@dataclass
class Piece:
    """One piece of an entry: its kind ("text" or a locator's), its text, and the mark that stands before it."""

    kind: str
    text: str
    before: str
    values: dict[str, str]


def _stops(text: str, i: int) -> bool:
    """Whether the full stop at i ends a sentence: no initial, no abbreviation, and something begins after it."""
    rest = text[i + 1 : i + 4]
    if not rest.strip():
        return True
    if not (rest[0] == " " or rest[0] in "»”\"'’)]" or rest[0] >= "\ue000"):
        return False
    following = rest.lstrip(" »”\"'’)]")[:1]
    head = text[max(0, i - 16) : i]
    word = re.search(r"([^\s.,;:()«»“”\"'’]+)$", head)
    if word is None:
        return True
    last = word[1]
    if re.fullmatch(r"[-‑]?[^\W\d_]", last) and last.isupper():
        # "au point G. Revue" ends a sentence; "par J. Roux" does not.
        previous = re.search(r"([^\W\d_]+)\s$", head[: len(head) - len(last)])
        if previous is None or previous[1] in _BEFORE_NAMES:
            return False
        return previous[1].islower() and len(previous[1]) > 2
    if re.fullmatch(r"(?:[^\W\d_]\.?[-‑]?)+", last) and len(last) <= 2 and last.isupper():
        return True
    if last.lower() in _ABBREVIATIONS:
        return False
    if (
        len(last) <= 5
        and last[0].isupper()
        and re.search(r"(?:^|\s)[A-ZÀ-Þ]\w{0,5}\.\s$", head[: len(head) - len(last)])
    ):
        # "Ann. Soc. Litt. Nord": the shortened name of a journal.
        return not following.isupper()
    if last.isdigit() and len(last) <= 2 and not head.rstrip(last).strip():
        return False
    return not following.islower() or bool(_TAIL_WORD.match(text[i + 1 : i + 20].lstrip()))


def split(board: Board, text: str) -> list[Piece]:
    """Cut a text, with its marks, at full stops, commas, semicolons and spaced dashes outside brackets and quotes."""
    pieces: list[Piece] = []
    depth: list[str] = []
    # "(2009)", "(pp. 12-30)": a bracket that holds nothing but marks is those marks.
    text = _BRACKETED_MARKS.sub(lambda match: f" {board.in_brackets(match[1])} ", text)
    counts = {c: text.count(c) for c in "«»“”()[]" + EMPHASIS_OPEN + EMPHASIS_CLOSE}
    current: list[str] = []
    before = ""

    def close(mark: str) -> None:
        nonlocal before, current
        body = "".join(current).strip(" ,;")
        if body.strip(" .:-–—()[]"):
            pieces.append(Piece("text", body, before, {}))
            before = mark
        elif mark and (mark == "." or before in ("", " ")):
            before = mark
        current = []

    for i, char in enumerate(text):
        if char in _OPEN and counts[char] == counts[_OPEN[char]]:
            depth.append(_OPEN[char])
            current.append(char)
        elif char in _CLOSE and counts[char] == counts[_CLOSE[char]]:
            if depth:
                depth.pop()
            current.append(char)
        elif char == HOLE or board.mark_of(char) is not None:
            if depth and char != HOLE:
                current.append(char)
                continue
            close(before if not pieces else "")
            found = Mark("hole", "", {}) if char == HOLE else board.mark_of(char)
            if found:
                pieces.append(Piece(found.kind, char, before, found.values))
                before = " "
        elif depth:
            current.append(char)
        elif char == "." and _stops(text, i):
            current.append(char)
            close(".")
        elif (char in ",;" and text[i + 1 : i + 2] in ("", " ", *map(chr, range(0xE000, 0xE003)))) or (
            char in ",;" and text[i + 1 : i + 2] >= "\ue000"
        ):
            close(char)
        elif char in "-–—|" and text[i - 1 : i] == " " and text[i + 1 : i + 2] == " " and char in "–—":
            close("-")
        else:
            current.append(char)
    close("")
    return [p for p in pieces if p.kind != "text" or p.text.strip(" .:-–—()[]")]


def looks_place_publisher(text: str) -> re.Match[str] | None:
    """Match "Paris, France : Un éditeur": a place of one to four capitalised words, a colon, a publisher."""
    match = re.match(
        r"^[(\[]?\s*(?P<place>[^:;()«»\d]{2,60}?)\s?:\s?(?P<publisher>[^\s:«“\"(][^:]{0,119}?)[)\]]?\.?$", text
    )
    if not match:
        return None
    place = match["place"].strip()
    if is_place(place):
        return match
    words = re.findall(r"[^\W\d_][\w’'.-]*", place)
    small = {
        "de",
        "la",
        "le",
        "les",
        "du",
        "sur",
        "en",
        "et",
        "and",
        "of",
        "am",
        "an",
        "der",
        "d",
        "l",
        "the",
        "sous",
        "lès",
        "aux",
    }
    named = 0 < len(words) <= 5 and words[0][0].isupper() and all(w[0].isupper() or w.lower() in small for w in words)
    house = match["publisher"]
    return match if named and (house[0].isupper() or house[:2] in ("l'", "l’", "s.")) else None


def is_genre(text: str) -> bool:
    """Whether a piece says what kind of unpublished work this is."""
    return bool(GENRE.match(fold(text).strip(" [(")))
