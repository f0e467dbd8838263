"""Dates as entries print them, in French and English, and what they become in CSL.

before: (2024a) | s. d. | no date | 18 décembre 2023 | 2023, 18 décembre | December 18, 2023 | 29/10/2010 | 1868-1869
after:  {"date-parts": [[2024]]} with suffix "a", nothing, [[2023, 12, 18]], ... [[1868], [1869]]
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_MONTH_NAMES = (
    ("janvier", "janv", "jan", "january"),
    ("février", "fevrier", "févr", "fév", "feb", "february"),
    ("mars", "march", "mar"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "july", "jul"),
    ("août", "aout", "august", "aug"),
    ("septembre", "sept", "september", "sep"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("décembre", "decembre", "déc", "dec", "december"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_SEASON = r"(?:printemps|été|automne|hiver|spring|summer|autumn|fall|winter)\b"
YEAR = r"(?:1[4-9]\d\d|20\d\d)"
_DAY = r"(?:\d{1,2}|1er)"

NO_DATE = re.compile(
    r"[(\[]?\s?(?:\bs\.?\s?d\.|\bsans date\b|\bno date\b|\bn\.\s?d\.|\bs/d\b"
    r"|\bundated\b)(?:[-\s]([a-z])\b)?\s?[)\]]?,?",
    re.IGNORECASE,
)
FULL_DATE = re.compile(
    rf"""
    (?P<y1>{YEAR})(?P<s1>[a-z])?,?\s(?:le\s)?(?P<d1>{_DAY})\s(?P<m1>{_MONTH})          # 2023, 18 décembre
  | (?P<y2>{YEAR})(?P<s2>[a-z])?,?\s(?P<m2>{_MONTH})(?:\s(?P<d2>{_DAY})(?!\d))?         # 2023, December 18
  | (?:\b(?:le|publié\sle|paru\sle|mis\sen\sligne\sle)\s)?(?<![\d-])(?:\d{{1,2}}\s?[-–]\s?)?
    (?P<d3>{_DAY})\s(?:de\s)?(?P<m3>{_MONTH})\s(?P<y3>{YEAR})                           # 18 décembre 2023
  | (?P<m4>{_MONTH})\s(?P<d4>{_DAY})(?:st|nd|rd|th)?
    (?:\s?[-–]\s?\d{{1,2}})?,?\s(?P<y4>{YEAR})                  # December 18, 2023
  | (?:{_MONTH}\s?[-–/]\s?){{0,2}}(?P<m5>{_MONTH}),?\s(?P<y5>{YEAR})(?P<s5>[a-z](?![\w’']))?    # décembre 2023
  | (?P<d6>\d{{1,2}})[/.](?P<m6>\d{{1,2}})[/.](?P<y6>{YEAR})                            # 29/10/2010
  | (?P<y7>{YEAR})-(?P<m7>[01]\d)-(?P<d7>[0-3]\d)                                       # 2010-10-29
  | {_SEASON}\s(?P<y8>{YEAR})
    """,
    re.VERBOSE | re.IGNORECASE,
)
DAY_MONTH = re.compile(
    rf"^\s*(?:(?P<d1>{_DAY})\s(?P<m1>{_MONTH})|(?P<m2>{_MONTH})\s(?P<d2>{_DAY}))\s*\.?\s*$", re.IGNORECASE
)
YEAR_ONLY = re.compile(
    rf"(?<![\d/.,’'-])(?P<y>{YEAR})(?P<s>[a-z](?![\w’']))?(?:\s?[-–‑/]\s?(?P<e>{YEAR}|\d\d))?(?![\d%€$]|\.\d)"
)
_ACCESS_WORD = (
    r"(?:date\sde\s)?(?:derni[eè]re?\s)?(?:page\s|site\s|document\s)?"
    r"(?:consult(?:ation|ées?|és?)|visité|accès|vu|cited|accessed|retrieved|viewed|last\saccessed|last\svisited|visited)"
)
ACCESS = re.compile(
    rf"[(\[]?\s?\b{_ACCESS_WORD}\s?:?\s?(?:(?:le|on|en)\s)?:?\s?"
    rf"(?P<date>{FULL_DATE.pattern.replace('(?P<', '(?P<a')}|{_DAY}\s{_MONTH}|{YEAR})"
    r"(?:,?\s?(?:à|at)\s\d{1,2}\s?[h:]\s?\d{0,2})?\s?(?:,?\s?(?:from|sur|at|de|à l['’]adresse)\b\s?:?)?\s?[)\].]?",
    re.VERBOSE | re.IGNORECASE,
)


class Date(NamedTuple):
    """A printed date: ``parts`` as in CSL ``date-parts``, and the letter that tells two works of a year apart."""

    parts: tuple[tuple[int, ...], ...]
    suffix: str = ""
    original: int | None = None
    imprint: bool = False
    """Whether it stands beside the place of publication, where it dates the work and nothing else."""

    @property
    def year(self) -> int | None:
        """The first year, or None for a work without a date."""
        return self.parts[0][0] if self.parts else None

    @property
    def csl(self) -> dict[str, Any]:
        """The CSL form; a work that says it has no date keeps that as a literal."""
        if not self.parts:
            return {"literal": "s. d."}
        return {"date-parts": [list(part) for part in self.parts]}


def _month(text: str) -> int:
    return MONTHS.get(text.lower().rstrip("."), 0)


def from_full(match: re.Match[str], prefix: str = "") -> Date:
    """The date of a FULL_DATE match (``prefix`` names the groups inside ACCESS)."""
    groups = match.groupdict()
    for n in "12345678":
        year = groups.get(f"{prefix}y{n}")
        if not year:
            continue
        month = groups.get(f"{prefix}m{n}") or ""
        day = re.sub(r"\D", "", groups.get(f"{prefix}d{n}") or "")
        number = int(month) if month.isdigit() else _month(month)
        parts = [int(year)]
        if 1 <= number <= 12:
            parts.append(number)
            if day and 1 <= int(day) <= 31:
                parts.append(int(day))
        return Date((tuple(parts),), (groups.get(f"{prefix}s{n}") or "").lower())
    return Date(())


def from_year(match: re.Match[str]) -> Date:
    """The date of a YEAR_ONLY match; ``1868-69`` and ``1868-1869`` are ranges."""
    first = int(match["y"])
    parts: tuple[tuple[int, ...], ...] = ((first,),)
    if match["e"]:
        last = int(match["e"]) if len(match["e"]) == 4 else first // 100 * 100 + int(match["e"])
        if last > first:
            parts = ((first,), (last,))
    return Date(parts, match["s"] or "")


def with_day(date: Date, text: str) -> Date:
    """Add "26 April", printed apart, to a date that has only its year."""
    match = DAY_MONTH.match(text)
    if not match or len(date.parts) != 1 or len(date.parts[0]) != 1:
        return date
    month = _month(match["m1"] or match["m2"])
    day = int(re.sub(r"\D", "", match["d1"] or match["d2"]))
    if not 1 <= day <= 31:
        return date
    return Date(((date.parts[0][0], month, day),), date.suffix)


def take_access(text: str, hole: str) -> tuple[str, Date | None]:
    """Take "consulté le 3 mai 2021" out of the text; it leaves ``hole``."""
    match = ACCESS.search(text)
    if not match:
        return text, None
    date = from_full(match, "a")
    if not date.parts:
        year = re.search(YEAR, match["date"])
        date = Date(((int(year[0]),),)) if year else date
    return f"{text[: match.start()]} {hole} {text[match.end() :]}", date
