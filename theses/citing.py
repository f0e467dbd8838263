"""Where the text of a draft cites its bibliography; one query, of the sections that cite anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from theses.models import Document

CITED = re.compile(r"\]\(cite:([^)\s]{1,200})\)")


@dataclass(frozen=True, slots=True)
class Citing:
    section: int
    label: str


def citations_of(document: Document) -> dict[str, list[Citing]]:
    """Key to the sections that cite it, in reading order."""
    found: dict[str, list[Citing]] = {}
    rows = document.sections.filter(body__contains="(cite:").order_by("position")
    for pk, number, title, body in rows.values_list("pk", "number", "title", "body").iterator(chunk_size=50):
        for key in dict.fromkeys(CITED.findall(body)):
            found.setdefault(key, []).append(Citing(pk, f"{number} {title}".strip()))
    return found


def with_keys(text: str, keys: Mapping[str, str]) -> str:
    """The text with each cited key of `keys` in the place of its old one."""
    return CITED.sub(lambda match: f"](cite:{keys.get(match[1], match[1])})", text)
