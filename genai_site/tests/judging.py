"""How well the judged queries are answered, section by section: recall, precision in the first ten, reciprocal rank.

A section is named as in `judged_search.json`, by the beginning of its source's file name and its first line.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from search.find import find
from search.results import Hit, Query, parse
from theses.models import Document, Passage, Section

JUDGED = Path(__file__).with_name("judged_search.json")
FIRST = 10


@dataclass(frozen=True, slots=True)
class Measured:
    query: str
    recall: float
    precision: float
    reciprocal: float
    missing: tuple[str, ...]
    wrong: tuple[str, ...]


def judged() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(JUDGED.read_text(encoding="utf-8"))
    return found


class Places:
    """From the hits of imported works to the sections of their sources. `slugs` names the source of each work."""

    def __init__(self, shared: Path, slugs: Mapping[str, str]) -> None:
        self.slugs = slugs
        structure = json.loads((shared / "gold" / "thesis-structure.json").read_text(encoding="utf-8"))
        self.starts = {"003": sorted(row["line"] for row in structure["sections"] if row["kind"] != "toc")}
        for path in (shared / "seeds").glob("002_*"):
            lines = path.read_text(encoding="utf-8").splitlines()
            self.starts["002"] = [number for number, line in enumerate(lines, 1) if line.startswith("#")]
        self.lines = {
            (slug, anchor): line
            for slug, anchor, line in Section.objects.filter(document__slug__in=slugs).values_list(
                "document__slug", "slug", "source_line"
            )
        }
        current = Document.objects.filter(slug__in=slugs).values("current_edition")
        self.sections = {
            (slug, anchor): section
            for slug, anchor, section in Passage.objects.filter(page__edition__in=current).values_list(
                "page__edition__document__slug", "anchor", "section"
            )
        }

    def section(self, slug: str, anchor: str) -> str:
        """Empty for what is in no section, such as the presentation of a work."""
        source = self.slugs.get(slug, "")
        if source not in self.starts:
            return f"{source}:1"
        line = self.lines.get((slug, self.sections.get((slug, anchor), anchor))) if anchor else None
        if line is None:
            return ""
        starts = self.starts[source]
        return f"{source}:{starts[max(0, bisect_right(starts, line) - 1)]}"


def everything(query: Query) -> list[tuple[str, Hit]]:
    """Every hit with the slug of its work, the best first, whatever is left out of the first page."""
    first = find(query)
    hits: list[tuple[str, Hit]] = []
    for work in first.works:
        if not work.more:
            hits += [(work.work, hit) for hit in work.hits]
            continue
        page = pages = 1
        while page <= pages:
            alone = find(replace(query, work=work.work), page)
            hits += [(work.work, hit) for found in alone.works for hit in found.hits]
            page, pages = page + 1, alone.pages
    return sorted(hits, key=lambda pair: -pair[1].score)


def answers(places: Places) -> Callable[[str], list[str]]:
    """A function from a query to the sections that the search finds, in order."""
    return lambda text: [places.section(slug, hit.anchor) for slug, hit in everything(parse(text))]


def measure(row: Mapping[str, Any], found: Iterable[str], neutral: Sequence[str]) -> Measured:
    relevant, passed = set(row["relevant"]), {*row.get("acceptable", ()), *neutral, ""}
    counted = [name for name in dict.fromkeys(found) if name in relevant or name not in passed]
    first = counted[:FIRST]
    right = [name for name in first if name in relevant]
    rank = next((rank for rank, name in enumerate(counted, 1) if name in relevant), 0)
    return Measured(
        query=row["query"],
        recall=len(relevant & set(counted)) / len(relevant),
        precision=len(right) / len(first) if first else 0.0,
        reciprocal=1 / rank if rank else 0.0,
        missing=tuple(sorted(relevant - set(counted))),
        wrong=tuple(name for name in first if name not in relevant),
    )


def mean(measured: Sequence[Measured]) -> tuple[float, float, float]:
    """Recall, precision and mean reciprocal rank over all queries."""
    size = len(measured)
    return (
        sum(one.recall for one in measured) / size,
        sum(one.precision for one in measured) / size,
        sum(one.reciprocal for one in measured) / size,
    )
