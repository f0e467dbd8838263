"""French and English typography of running text: which spaces may not break, which apostrophe, which letters rise.

Rules after the « Lexique des règles typographiques en usage à l’Imprimerie nationale » (2002) for French, with the
narrow no-break space that Unicode names for it (U+202F, « espace fine insécable »), and after the Chicago Manual of
Style for English. They are applied when a page is written; the stored text stays as the author typed it.
"""

from __future__ import annotations

import re

NARROW = "\u202f"
"""Narrow no-break space: before ; ! ? and », after «, between a number and its unit, between thousands."""
NO_BREAK = "\u00a0"
"""No-break space: before a colon, after « n° » or « p. »."""

_SPACE = "[ \t\u00a0\u2009\u202f]"
# A run of spaces is looked at from its first one alone: from each in turn, a long run would take quadratic time.
_SPACES = f"(?<!{_SPACE}){_SPACE}+"
# An address or an e-mail is left alone: a space or another apostrophe in it would break it.
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}://|www\.|mailto:)[^\s<>«»“”\"]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.I
)

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w«“\"])")
_APOSTROPHE_BEFORE_MARKUP = re.compile(r"(?<=[^\W\d_])'$")

_UNITS = (
    "%|‰|€|\\$|£|°C|°F|°|km/h|km²|km|m²|m³|cm|mm|kg|mg|g|kWh|MWh|GWh|TWh|kW|MW|GW|W|Hz|kHz|MHz|GHz|ko|Mo|Go|To|Po|"
    "ms|min|h|s|k€|M€|Md€"
)
_BEFORE_UNIT = re.compile(rf"(?<=\d){_SPACE}(?=(?:{_UNITS})(?![\w'’]))")
_SIGN_WITHOUT_SPACE = re.compile(r"(?<=\d)(?=[%‰€](?!\w))")
_COUNTED = re.compile(
    rf"(?<=\d){_SPACE}(?=(?:millions?|milliards?|euros?|dollars?|ans?|mois|jours?|heures?|minutes?|secondes?|mots|pages?|"
    r"billions?|years?|months?|days?|hours?|words)\b)"
)
_THOUSANDS = re.compile(rf"(?<![\d.,/-])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d])")
_ABBREVIATION = re.compile(
    rf"\b(?P<word>n°|nᵒ|nos|p\.|pp\.|art\.|chap\.|fig\.|tabl\.|vol\.|t\.|M\.|MM\.|Mme|Mlle|Dr|Pr){_SPACE}(?=[\dA-ZÀ-Þ])"
)

_BEFORE_HIGH = re.compile(rf"{_SPACES}(?=[;!?]+(?![\w/=]))")
_HIGH_WITHOUT_SPACE = re.compile(r"(?<=[^\W_]|[)\]»”\"%…’])(?=[;!?]+(?:[\s.…)\]»”\"’]|$))")
_BEFORE_COLON = re.compile(rf"{_SPACES}(?=:(?:\s|$))")
_COLON_WITHOUT_SPACE = re.compile(r"(?<=[^\W\d_])(?=:(?:\s|$))")
_AFTER_OPENING = re.compile(rf"«{_SPACE}*(?=[^ \t\u00a0\u2009\u202f])")
_OPENING_AT_END = re.compile(rf"«{_SPACE}*$")
_SPACED_OPENING = re.compile(rf"«{_SPACE}+")
_SPACED_CLOSING = re.compile(rf"{_SPACES}»")
_BEFORE_CLOSING = re.compile(rf"(?:{_SPACES})?»")

_CLOSING = ')]»”"%…’'

_NUMBER = r"\d{1,4}|[IVX]{1,7}|[IVXLC]{2,9}"
_ENDING = "ers|er|res|re|ère|es|e|ème|èmes|nd|nde|de"
_ORDINAL = re.compile(rf"(?P<number>{_NUMBER})(?P<end>{_ENDING})(?!\w)")
# One ordinal, or several tied by hyphens (« XIXe-XXe siècles »), that is no part of another word or number.
_ORDINALS = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_NUMBER})(?:{_ENDING})(?!\w)(?:[-–](?=[\dIVXLC])|(?![-–]))){{1,4}}(?![\w'’.-]*\w)"
)
# « er » and « nd » belong to one number each: « Vers » and « Inde » are words, « Ier » and « IInde » are ordinals.
_OF_FIRST = frozenset({"er", "ers", "re", "res", "ère"})
_OF_SECOND = frozenset({"nd", "nde", "de"})
_ROMAN = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def typeset(text: str, language: str, *, before: str = "", continues: bool = False) -> str:
    """Running text with the spaces and apostrophes of its language.

    `before` is the character that precedes `text` in the same paragraph, where it stands in another element;
    `continues` says that the paragraph goes on after it in another element.
    """
    if not text:
        return text
    if before and (before.isalnum() or before in _CLOSING):
        # A quotation mark would be set again, with its space: another closing mark stands for it.
        lead = ")" if before == "»" else before
        return typeset_words(lead + text, language, continues)[len(lead) :]
    return typeset_words(text, language, continues)


def typeset_words(text: str, language: str, continues: bool) -> str:
    parts: list[str] = []
    last = 0
    for match in _ADDRESS.finditer(text):
        parts.append(_typeset(text[last : match.start()], language, True))
        parts.append(match[0])
        last = match.end()
    parts.append(_typeset(text[last:], language, continues))
    return "".join(parts)


def _typeset(text: str, language: str, continues: bool) -> str:
    if "'" in text:
        text = _APOSTROPHE.sub("’", text)
        if continues:
            text = _APOSTROPHE_BEFORE_MARKUP.sub("’", text)
    if language[:2] == "fr":
        text = _BEFORE_HIGH.sub(NARROW, text)
        text = _HIGH_WITHOUT_SPACE.sub(NARROW, text)
        text = _BEFORE_COLON.sub(NO_BREAK, text)
        text = _COLON_WITHOUT_SPACE.sub(NO_BREAK, text)
        if "«" in text:
            text = _AFTER_OPENING.sub("«" + NARROW, text)
            if continues:
                text = _OPENING_AT_END.sub("«" + NARROW, text)
        if "»" in text:
            text = _BEFORE_CLOSING.sub(NARROW + "»", text)
        text = _THOUSANDS.sub(lambda m: re.sub(_SPACE, NARROW, m[0]), text)
        text = _ABBREVIATION.sub(lambda m: m["word"] + NO_BREAK, text)
        text = _SIGN_WITHOUT_SPACE.sub(NARROW, text)
        text = _BEFORE_UNIT.sub(NARROW, text)
    else:
        text = _BEFORE_UNIT.sub(NO_BREAK, text)
        # French quotation marks around a passage in another language keep their spaces from breaking.
        text = _SPACED_OPENING.sub("«" + NARROW, text)
        text = _SPACED_CLOSING.sub(NARROW + "»", text)
    return _COUNTED.sub(NO_BREAK, text)


def raise_ordinals(html: str, language: str) -> str:
    """The letters of ordinals as superscripts: 1er, 2e, XXIe; 1st, 2nd. `html` is escaped text without tags."""
    if language[:2] != "fr":
        return html
    return _ORDINALS.sub(lambda match: _ORDINAL.sub(_raised, match[0]), html)


def _raised(match: re.Match[str]) -> str:
    number, end = match["number"], match["end"]
    if not number.isdigit() and not _ROMAN.fullmatch(number):
        return match[0]
    if (end in _OF_FIRST and number not in {"1", "I"}) or (end in _OF_SECOND and number not in {"2", "II"}):
        return match[0]
    return f"{number}<sup>{end}</sup>"


def addresses(text: str) -> list[tuple[int, int]]:
    """Where bare web addresses stand in a text, without the punctuation that ends the sentence."""
    found = []
    for match in _ADDRESS.finditer(text):
        if match[0].lower().startswith(("http://", "https://")):
            address = match[0].rstrip(".,;:!?'’*_")
            if address.endswith(")") and address.count("(") < address.count(")"):
                address = address[:-1].rstrip(".,;:")
            found.append((match.start(), match.start() + len(address)))
    return found
