"""Dates as people write them, to ISO 8601 with the precision that they gave."""

from __future__ import annotations

import re
import unicodedata

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "janvier janv january jan",
        "fevrier fevr fev february feb",
        "mars march mar",
        "avril avr april apr",
        "mai may",
        "juin june jun",
        "juillet juil july jul",
        "aout august aug",
        "septembre sept september sep",
        "octobre oct october",
        "novembre nov november",
        "decembre dec december",
    ),
    1,
):
    _MONTHS.update(dict.fromkeys(_names.split(), _number))

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"((?:1[4-9]|20)\d\d)-(\d\d)(?:-(\d\d))?(?:[t ][\d:.,+z -]*)?$")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]((?:1[4-9]|20)\d\d)$")
_MONTH_SLASHED = re.compile(r"(\d{1,2})[/.]((?:1[4-9]|20)\d\d)$")
_WRITTEN = re.compile(rf"(?:(?:le\s+)?(\d{{1,2}})(?:er)?\s+)?({_MONTH})\.?\s+((?:1[4-9]|20)\d\d)$")
_ENGLISH = re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:1[4-9]|20)\d\d)$")
_YEAR = re.compile(r"((?:1[4-9]|20)\d\d)$")


def _iso(year: str, month: int = 0, day: int = 0) -> str:
    if month > 12 or day > 31:
        return ""
    return f"{year}-{month:02d}-{day:02d}" if month and day else f"{year}-{month:02d}" if month else year


def read_date(text: str) -> str:
    """`2025`, `2025-09`, `2025-09-14`, or nothing where the text is not a date."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    folded = re.sub(r"\s+", " ", folded.replace(",", ", ")).strip(" .")[:60]
    if match := _ISO.match(folded):
        return _iso(match[1], int(match[2]), int(match[3] or 0))
    if match := _SLASHED.match(folded):
        return _iso(match[3], int(match[2]), int(match[1]))
    if match := _MONTH_SLASHED.match(folded):
        return _iso(match[2], int(match[1]))
    if match := _WRITTEN.match(folded):
        return _iso(match[3], _MONTHS[match[2]], int(match[1] or 0))
    if match := _ENGLISH.match(folded):
        return _iso(match[3], _MONTHS[match[1]], int(match[2]))
    if match := _YEAR.match(folded):
        return match[1]
    return ""
