"""One of the two states that are compared: an edition, or the draft as it would be published now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from publishing.comparing.outline import Item, Tree, tree_of
from publishing.rendering import PassageText


@dataclass
class Side:
    facts: dict[str, Any]
    """As editions freeze them; `description` beside them where the work has one."""
    outline: list[Item]
    passages: list[PassageText]
    """In reading order."""
    address: Callable[[PassageText], str]
    """Where the passage can be seen or changed; empty where nowhere."""
    bodies: dict[str, str]
    """Markdown under each heading of the outline, by anchor; of a text that is kept in one piece, under `WHOLE`."""
    answers: dict[str, str] = field(default_factory=dict)
    """What readers are told on the use of AI under headings that say otherwise than what they stand under."""

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.outline)

    @cached_property
    def places(self) -> dict[str, str]:
        """Section of a passage to the heading of the outline that it stands under."""
        found: dict[str, str] = {}
        current = ""
        for row in self.passages:
            if row.section in self.tree.headings:
                current = row.section
            found.setdefault(row.section, current)
        return found

    def path(self, row: PassageText) -> tuple[str, ...]:
        return self.tree.path(self.places.get(row.section, ""))
