"""What the readers of reference files share: names, dates and pages of other formats as CSL has them.

before: "de Beauvoir, Simone" | 2020-03-04 | 2020/03/04/ | 12--34
after:  {"non-dropping-particle": "de", "family": "Beauvoir", "given": "Simone"} | [[2020, 3, 4]] | ... | "12-34"
"""

from __future__ import annotations

import re
from typing import Any

from manuscript.references import dates
from manuscript.references.markup import tidy
from manuscript.references.name_shapes import person

_ISO = re.compile(r"^\s*(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:[T/\s].*)?$")


def name_of(text: str) -> dict[str, str] | None:
    """A name written "Family, Given" or "Family, Jr, Given"; one without a comma is kept whole."""
    text = tidy(text)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 2 or not parts[0]:
        return {"literal": text} if text else None
    out = person(parts[0], parts[-1])
    if len(parts) > 2 and parts[1]:
        out["suffix"] = parts[1]
    return out


def date_of(text: str) -> dict[str, Any] | None:
    """A date as CSL: ISO, RIS ("2020/03/04/"), an interval ("2020/2021"), or words ("mars 2020")."""
    text = tidy(text)
    interval = re.fullmatch(r"(\d{4})(?:-\d\d){0,2}/(\d{4})(?:-\d\d){0,2}", text)
    if interval:
        return {"date-parts": [[int(interval[1])], [int(interval[2])]]}
    match = _ISO.match(text)
    if match:
        return {"date-parts": [_parts(int(match[1]), match[2], match[3])]}
    full = dates.FULL_DATE.search(text)
    if full:
        return dates.from_full(full).csl
    year = dates.YEAR_ONLY.search(text)
    if year:
        return dates.from_year(year).csl
    return {"literal": text} if text else None


def _parts(year: int, month: str | None, day: str | None) -> list[int]:
    parts = [year]
    if month and 1 <= int(month) <= 12:
        parts.append(int(month))
        if day and 1 <= int(day) <= 31:
            parts.append(int(day))
    return parts


def month_number(text: str) -> int:
    """The month a word or a number means; 0 for none."""
    text = text.strip().strip("{}\"'.").lower()
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else 0
    return dates.MONTHS.get(text, 0)


def pages_of(text: str) -> str:
    """A range of pages with one plain hyphen."""
    return re.sub(r"\s*[-–—]+\s*", "-", tidy(text))


def text_item(text: str, note: str) -> dict[str, Any]:
    """What could not be read, kept whole: a document with the text for its title."""
    return {"type": "document", "title": tidy(text)[:2000], "note": note}
