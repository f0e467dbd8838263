"""An entry as a sentence names it: « (Dumas et Petit, 2020) »."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def short_citation(csl: Mapping[str, Any], key: str) -> str:
    names = [_family(person) for person in csl.get("author") or csl.get("editor") or [] if isinstance(person, Mapping)]
    names = [name for name in names if name]
    who = f"{names[0]} et al." if len(names) > 2 else " et ".join(names)
    if not who:
        title = str(csl.get("title", ""))
        who = f"«\u202f{title[:40].strip()}{'…' if len(title) > 40 else ''}\u202f»" if title else key
    return f"({', '.join(part for part in (who, year_of(csl)) if part)})"


def year_of(csl: Mapping[str, Any]) -> str:
    issued = csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    return str(first[0]) if isinstance(first, list) and first else ""


def _family(person: Mapping[str, Any]) -> str:
    if person.get("literal"):
        return str(person["literal"])
    particle = person.get("non-dropping-particle", "")
    return " ".join(str(part) for part in (particle, person.get("family", "")) if part)
