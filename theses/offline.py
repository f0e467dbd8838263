"""What a reader's browser keeps of a work for reading without a network: the addresses of its pages, and their version.

Style sheets, scripts and pictures are not listed: `static/js/worker.js` finds them in the pages.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from theses.models import DocumentEdition
from theses.reading import Place

A_WORD = 10
"""Bytes of HTML of a word of text, with its share of marks."""
AROUND = 9_000
"""Bytes of HTML around the text of a page, without the contents of the work."""
A_LINE_OF_CONTENTS = 260
"""Bytes of HTML of one heading in the contents, which stand on every page."""


def manifest(edition: DocumentEdition, version: str) -> dict[str, Any]:
    """Title, address and version of the work, and `files`: the paths of its cover, pages and list of figures."""
    place = Place(edition, edition.document.get_absolute_url())
    files = [place.base, *(place.address(page["slug"]) for page in edition.facts.get("pages", []))]
    if edition.facts.get("figures"):
        files.append(reverse("theses:figures", args=[edition.document.slug]))
    return {"title": edition.title, "base": place.base, "version": version, "files": files}


def megabytes(edition: DocumentEdition) -> float:
    """About how much the pages take on the reader's device, pictures apart: they are written when first read."""
    pages = edition.facts.get("pages", [])
    text: int = A_WORD * sum(page["words"] for page in pages)
    return round((text + len(pages) * (AROUND + A_LINE_OF_CONTENTS * len(edition.outline))) / 1e6, 1)
