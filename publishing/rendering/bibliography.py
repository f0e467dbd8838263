"""The bibliography of a page: entries with anchors, and the way back to each place that cites them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from publishing.rendering.inline import prose
from publishing.rendering.model import BibliographyItem
from publishing.rendering.safety import target_address
from publishing.rendering.wording import word

if TYPE_CHECKING:
    from publishing.rendering.page import Page


def write_bibliography(page: Page, entries: Sequence[BibliographyItem]) -> str:
    items = []
    for entry in entries:
        anchor = page.anchor(f"ref-{entry.key}", "ref")
        page.add_passage(anchor, "reference", "", entry.text)
        links = ", ".join(
            f'<a href="{escape(href)}">{prose(label, page.language, in_link=True)}</a>'
            for href, label in entry.cited
            if target_address(href)
        )
        cited = f' <span class="cited">{word("cited", page.language)} {links}</span>' if links else ""
        items.append(f'<li id="{anchor}">{entry.html}{cited}</li>')
    return f'<ol class="bibliography">{"".join(items)}</ol>'
