"""What a page for readers shows around its text, out of what its edition froze: no query is made here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from publishing.disclosing import MIXED, disclosure
from publishing.facts import minutes
from publishing.models import AIDisclosure
from theses.models import Document, DocumentEdition

Item = dict[str, Any]


@dataclass
class Place:
    """An edition under the address at which it is read: the document's own, an edition's, or a preview's."""

    edition: DocumentEdition
    base: str
    """Ends with a slash."""

    def address(self, page: str, anchor: str = "") -> str:
        return f"{self.base}{page}/" + (f"#{anchor}" if anchor else "")

    def item_address(self, item: Item) -> str:
        return self.address(item["page"], "" if item.get("opens") else item["anchor"])

    def contents(self, current_page: str = "") -> list[Item]:
        """The outline as a tree, each item with its address; `current` marks the page.

        `open` unfolds the way to it and whatever it contains: the reading moves through these entries, and a list that
        unfolded as it goes would move under the eyes.
        """
        roots: list[Item] = []
        above: list[Item] = []
        marked = not current_page
        for item in self.edition.outline:
            shown = {
                "title": item["title"].rstrip(" \u00a0\u202f:"),
                "number": item["number"],
                "kind": item["kind"],
                "depth": item["depth"],
                "language": item.get("language", ""),
                "printed_page": item.get("printed_page", ""),
                "href": self.item_address(item),
                "anchor": item["anchor"],
                "children": [],
                "words": item["words"],
                "current": False,
                "open": bool(current_page) and item["page"] == current_page,
            }
            del above[item["depth"] - 1 :]
            (above[-1]["children"] if above else roots).append(shown)
            if not marked and item["page"] == current_page:
                marked = shown["current"] = True
                for ancestor in above:
                    ancestor["open"] = True
            above.append(shown)
        for root in roots:
            _add_minutes(root)
        return roots

    def figures(self) -> list[Item]:
        return [
            {**figure, "href": self.address(figure["page"], figure["anchor"]) if figure["page"] else ""}
            for figure in self.edition.facts.get("figures", [])
        ]

    def interviews(self) -> list[Item]:
        return [
            {**interview, "href": self.address(interview["page"], interview["anchor"])}
            for interview in self.edition.facts.get("interviews", [])
        ]

    def tables(self) -> list[Item]:
        return [
            {**table, "href": self.address(table["page"], table["anchor"])}
            for table in self.edition.facts.get("tables", [])
        ]

    @property
    def _common(self) -> str:
        """What the document as a whole says on the use of AI, for machines."""
        return disclosure([self.edition.facts.get("ai", {}).get("level", "")])

    def disclosure(self) -> str:
        """That of the whole work: `mixed` where its pages differ."""
        found = {page.get("disclosure", self._common) for page in self.edition.facts.get("pages", [])}
        return found.pop() if len(found) == 1 else MIXED if found else self._common

    def ai_sections(self) -> list[Item]:
        """Sections that say otherwise on the use of AI than what they stand under; none in editions before that."""
        labels = dict(AIDisclosure.Level.choices)
        return [
            {
                **section,
                "href": self.address(section["page"], section["anchor"]),
                "label": labels.get(section["level"], ""),
            }
            for section in self.edition.facts.get("ai_sections", [])
        ]

    def cover_context(self) -> Item:
        contents = self.contents()
        return {
            "edition": self.edition,
            "facts": self.edition.facts,
            "kind_label": Document.Kind(self.edition.facts["kind"]).label,
            "contents": contents,
            "bibliography": next((item for item in contents if item["kind"] == "bibliography"), None),
            "parts": [item for item in contents if item["kind"] in {"part", "chapter", "introduction", "conclusion"}],
            "figures": self.figures(),
            "interviews": self.interviews(),
            "tables": self.tables(),
            "base": self.base,
            "disclosure": self.disclosure(),
            "ai_sections": self.ai_sections(),
        }

    def page_context(self, slug: str) -> Item:
        """Neighbours, position, breadcrumb and contents for the page of that slug."""
        pages = self.edition.facts.get("pages", [])
        index = next((i for i, page in enumerate(pages) if page["slug"] == slug), 0)
        return {
            "edition": self.edition,
            "facts": self.edition.facts,
            "base": self.base,
            "contents": self.contents(slug),
            "breadcrumb": self._breadcrumb(slug),
            "previous": self._neighbour(pages[index - 1]) if index else None,
            "next": self._neighbour(pages[index + 1]) if index + 1 < len(pages) else None,
            "position": _position(pages, index),
            "speaker": self._speaker(slug),
            "ai": pages[index].get("ai") if pages else None,
            "disclosure": pages[index].get("disclosure", self._common) if pages else "",
        }

    def _speaker(self, slug: str) -> Item | None:
        """Who is heard on a page that an interview opens, where the title of the page begins with that name."""
        interview = next(
            (item for item in self.edition.facts.get("interviews", []) if item["page"] == slug and not item["anchor"]),
            None,
        )
        return (
            interview if interview and interview["name"] and interview["title"].startswith(interview["name"]) else None
        )

    def _neighbour(self, page: Item) -> Item:
        return {"title": page["title"], "number": page["number"], "href": self.address(page["slug"])}

    def _breadcrumb(self, slug: str) -> list[Item]:
        """The work, then the sections above the first one of the page."""
        above: list[Item] = []
        for item in self.edition.outline:
            del above[item["depth"] - 1 :]
            if item["page"] == slug:
                break
            above.append(item)
        trail = [
            {"title": f"{item['number']} {item['title']}".strip(), "href": self.item_address(item)} for item in above
        ]
        return [{"title": self.edition.title, "href": self.base}, *trail]


def _add_minutes(item: Item) -> int:
    """Reading time of an item with all under it; returns the words."""
    words: int = item.pop("words") + sum(_add_minutes(child) for child in item["children"])
    item["minutes"] = minutes(words)
    return words


def _position(pages: list[Item], index: int) -> Item:
    """Where the reader stands: the share of the work read at the end of this page, and what is left from its top."""
    words = [page["words"] for page in pages]
    total = sum(words) or 1
    return {
        "page": index + 1,
        "pages": len(pages),
        "percent": round(100 * sum(words[: index + 1]) / total),
        "minutes_left": minutes(sum(words[index:])),
    }
