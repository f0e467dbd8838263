"""How a page says that what a reader looked for is not there any more, and where it stands or stood."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

MOVED = "deplace"
"""The query that makes a page say so, and which edition had what was looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    address: str
    exact: bool
    """Whether the page or passage itself stands there; otherwise the page says that it does not."""


def moved(address: str, number: int) -> Found:
    """The nearest place that is left, at a page that says so; edition `number` had what was looked for."""
    path, mark, fragment = address.partition("#")
    return Found(f"{path}?{MOVED}={number}{mark}{fragment}", exact=False)


def told(request: HttpRequest) -> int:
    """The edition that had what the reader was looking for, where the page is to say so; otherwise 0."""
    number = request.GET.get(MOVED, "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 0
