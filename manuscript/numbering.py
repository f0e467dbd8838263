"""The numbers that stand before titles: what they are, and what comes next.

"Partie II. Le temps long"   ->  label "part",    value (2,),    "Partie II",  "Le temps long"
"1.2.3 Méthode"              ->  label "decimal", value (1,2,3), "1.2.3",      "Méthode"
"ANNEXE B : Questionnaire"   ->  label "annex",   value (2,),    "Annexe B",   "Questionnaire"
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = {
    "première": 1, "premiere": 1, "deuxième": 2, "deuxieme": 2, "seconde": 2, "troisième": 3, "troisieme": 3,
    "quatrième": 4, "quatrieme": 4, "cinquième": 5, "cinquieme": 5, "sixième": 6, "sixieme": 6,
}  # fmt: skip
_SEPARATOR = r"[ \t\xa0\u202f]*(?:[.:)\-–—]+[ \t\xa0\u202f]*|[ \t\xa0\u202f]+|$)"
_LABELLED = re.compile(
    r"(partie|part|livre|tome|titre|chapitre|chapter|annexe|annex|appendice|appendix)(?:[ \t\xa0\u202f]+|(?=\d)"
    r")(?:n[°o][ \t\xa0]*)?"
    r"(\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])(?![\w’'])" + _SEPARATOR + r"(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ORDINAL_PART = re.compile(
    r"(" + "|".join(_ORDINALS) + r")[ \t\xa0]+(partie)(?!\w)" + _SEPARATOR + r"(.*)$", re.IGNORECASE | re.DOTALL
)
_DECIMAL = re.compile(
    r"(\d{1,3}(?:[ \t\xa0]?\.[ \t\xa0]?\d{1,3})+)[ \t\xa0]*(?:[.):\-–—]+[ \t\xa0]*|[ \t\xa0]+|$)(.*)$", re.DOTALL
)
_LETTERED = re.compile(r"([A-Z](?:\.\d{1,3})+)(?:[.):][ \t\xa0]*|[ \t\xa0]+|$)(.*)$", re.DOTALL)
_SINGLE = re.compile(r"\(?(\d{1,3})[ \t\xa0]*[.):°][ \t\xa0]*(?=[^\d\s])(.*)$", re.DOTALL)
_DASHED = re.compile(r"(\d{1,2})[ \t\xa0]*[-–—][ \t\xa0]+(?=\S)(.*)$", re.DOTALL)
_BARE = re.compile(r"(\d{1,2})[ \t\xa0]+(?=[^\W\d_]|[«\"“])(.*)$", re.DOTALL)
_ROMAN = re.compile(r"([IVXL]{1,6})[ \t\xa0]*(?:[.):]|[-–—](?=\s))[ \t\xa0]*(?=\S)(.*)$", re.DOTALL)
_UPPER = re.compile(r"([A-Z])[ \t\xa0]*(?:[.)]|[-–—](?=\s))[ \t\xa0]*(?=\S)(.*)$", re.DOTALL)
_LOWER = re.compile(r"\(?([a-z])[.)][ \t\xa0]+(?=\S)(.*)$", re.DOTALL)
_KIND = {
    "partie": "part", "part": "part", "livre": "part", "tome": "part", "titre": "part",
    "chapitre": "chapter", "chapter": "chapter",
    "annexe": "annex", "annex": "annex", "appendice": "annex", "appendix": "annex",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbered:
    label: str
    """`part`, `chapter`, `annex`, `decimal` (1.2), `single` (1.), `bare` (1), `roman`, `upper`, `lower`, `lettered`
    (A.1), or nothing."""
    value: tuple[int, ...]
    number: str | None
    title: str
    style: str = ""
    """`roman`, `letter` or `arabic`: how a labelled number is written."""


def roman_value(text: str) -> int:
    """What a roman numeral counts, 0 where it is none."""
    text = text.upper()
    if not text or not set(text) <= set(_ROMAN_VALUES):
        return 0
    values = [_ROMAN_VALUES[c] for c in text]
    total = sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if to_roman(total) == text else 0


def to_roman(value: int) -> str:
    out = ""
    for figure, amount in (
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ):
        while value >= amount:
            out += figure
            value -= amount
    return out


def split_number(text: str) -> Numbered:
    """The number before a title; a roman numeral is told from a letter by the caller's context only."""
    text = text.strip()
    if match := _LABELLED.match(text):
        word = match[1].lower()
        raw = match[2]
        if raw[0].isdigit():
            return Numbered(
                _KIND[word], tuple(int(n) for n in raw.split(".")), f"{_label(word)} {raw}", match[3].strip(), "arabic"
            )
        if raw == raw.upper():
            roman = roman_value(raw)
            if roman and (len(raw) > 1 or raw in "IVX"):
                return Numbered(_KIND[word], (roman,), f"{_label(word)} {raw}", match[3].strip(), "roman")
            if len(raw) == 1:
                return Numbered(_KIND[word], (ord(raw) - 64,), f"{_label(word)} {raw}", match[3].strip(), "letter")
    if match := _ORDINAL_PART.match(text):
        ordinal = _ORDINALS[match[1].lower()]
        return Numbered("part", (ordinal,), f"Partie {to_roman(ordinal)}", match[3].strip(), "roman")
    if match := _DECIMAL.match(text):
        value = tuple(int(n) for n in re.split(r"[ \t\xa0]?\.[ \t\xa0]?", match[1]))
        return Numbered("decimal", value, ".".join(map(str, value)), match[2].strip(), "arabic")
    if match := _LETTERED.match(text):
        first, *rest = match[1].split(".")
        return Numbered("lettered", (ord(first) - 64, *map(int, rest)), match[1], match[2].strip(), "letter")
    if match := _SINGLE.match(text) or _DASHED.match(text):
        return Numbered("single", (int(match[1]),), match[1], match[2].strip(), "arabic")
    if match := _ROMAN.match(text):
        roman = roman_value(match[1])
        if roman:
            return Numbered("roman", (roman,), match[1], match[2].strip(), "roman")
    if match := _UPPER.match(text):
        return Numbered("upper", (ord(match[1]) - 64,), match[1], match[2].strip(), "letter")
    if match := _LOWER.match(text):
        return Numbered("lower", (ord(match[1]) - 96,), match[1], match[2].strip(), "letter")
    if match := _BARE.match(text):
        return Numbered("bare", (int(match[1]),), match[1], match[2].strip(), "arabic")
    return Numbered("", (), None, text)


def _label(word: str) -> str:
    return word.capitalize()
