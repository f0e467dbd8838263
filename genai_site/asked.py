"""What is asked of the search page: the words and the filters in the query string of its address, and back again."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.http import urlencode

LONGEST = 300
"""Characters of a query. Nobody types more, and a longer one is no question."""
DEEPEST = 50
"""Pages of results that can be turned to."""

FILTERS = {"ouvrage": "work", "nature": "kind", "langue": "language", "auteur": "author", "motcle": "tag"}
"""The names of filters in addresses, and those that the search knows them by. A value is a slug or a short code."""
YEARS = {"depuis": "year_from", "jusque": "year_to"}

_SLUG = re.compile(r"[\w:/-]{1,300}")
_YEAR = re.compile(r"[0-9]{4}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Asked:
    text: str = ""
    work: str = ""
    kind: str = ""
    language: str = ""
    author: str = ""
    tag: str = ""
    year_from: int | None = None
    year_to: int | None = None
    page: int = 1

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST

    @property
    def filters(self) -> dict[str, Any]:
        """Those that are set, for `search.results.parse`."""
        return {name: value for name, value in asdict(self).items() if name not in {"text", "page"} and value}

    def query(self, **changes: Any) -> str:
        """The query string that asks this, or this with changes; changed filters start at the first page again."""
        other = replace(self, **{"page": 1, **changes})
        names = {"q": "text", **FILTERS, **YEARS}
        pairs = {name: value for name, field in names.items() if (value := getattr(other, field))}
        if other.page > 1:
            pairs["page"] = other.page
        return urlencode(pairs)


def read(data: QueryDict) -> Asked:
    """The question in a query string. What is no value of a filter is passed over, as if it had not been asked."""
    text = " ".join(_CONTROL.sub(" ", data.get("q", "")).split())
    values: dict[str, Any] = {field: _matching(_SLUG, data.get(name, "")) for name, field in FILTERS.items()}
    for name, field in YEARS.items():
        year = _matching(_YEAR, data.get(name, "").strip())
        values[field] = int(year) if year else None
    number = data.get("page", "")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 1
    return Asked(text=text, **values, page=min(max(page, 1), DEEPEST))


def _matching(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.fullmatch(value) else ""
