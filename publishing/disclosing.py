"""The use of AI said to machines: the value of `<meta name="ai-disclosure">`, and what a page that mixes levels says.

The values are those of the proposal « AI Content Disclosure for HTML » (github.com/dweekly/ai-content-disclosure, which
a W3C community group discusses): no standard yet, and no browser reads them. A page without the mark says nothing:
« unknown », never « none ».
"""

from __future__ import annotations

from collections.abc import Iterable

from publishing.models import AIDisclosure

VALUES = {
    AIDisclosure.Level.NONE.value: "none",
    AIDisclosure.Level.ASSISTED.value: "ai-assisted",
    # « AI-generated with human prompting and/or review », beside « AI-generated without human oversight ».
    AIDisclosure.Level.REVIEWED.value: "ai-generated",
    AIDisclosure.Level.GENERATED.value: "autonomous",
}
MIXED = "mixed"


def disclosure(levels: Iterable[str]) -> str:
    """The value for a text whose parts have these levels: nothing where none is known, `mixed` where they differ."""
    values = {VALUES.get(level, "") for level in levels}
    return MIXED if len(values) > 1 else next(iter(values), "")
