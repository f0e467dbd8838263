"""Dates as readers see them: in the language of the interface, as precise as they are known."""

from __future__ import annotations

import datetime

from django.utils import formats


def date_in_words(date: str) -> str:
    """`2025-09-03` gives « 3 septembre 2025 » in French, `2025-09` « septembre 2025 », `2025` itself.

    Takes the ISO 8601 dates that an edition has frozen (`date` in its facts). They were frozen in the language of
    whoever published, so the words are made when a page is: the same work has a French and an English address. What is
    no such date comes back as it is.
    """
    year, _, rest = date.partition("-")
    if not rest:
        return year
    try:
        day = datetime.date.fromisoformat(date if "-" in rest else f"{date}-01")
    except ValueError:
        return date
    return formats.date_format(day, "DATE_FORMAT" if "-" in rest else "F Y")
