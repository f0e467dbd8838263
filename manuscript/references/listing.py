"""A list of entries tells more than its entries: which name stands first, who the dash stands for, what ibid. means.

before: ROUX Anne, Un titre, 2010. | —, Un autre titre, 2012. | Ibid., p. 34.
after:  the dash has the author of the entry above, and "ibid." the fields of the entry above with its own page
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from manuscript.references import names
from manuscript.references.markup import read_markup, strip_emphasis
from manuscript.references.parse import read_entry

_IBID = re.compile(r"^\W*(?:ibid(?:em)?\b\.?|ib\.)\s*[,.;:]?\s*(?P<rest>.*)$", re.IGNORECASE)
_OP_CIT = re.compile(r"\b(?:op|art|loc)\.?\s?cit\b\.?", re.IGNORECASE)


def parse_references(raws: Sequence[str]) -> list[dict[str, Any]]:
    """Parse the entries of one list, in its order. Never raises."""
    order = name_order(raws)
    items: list[dict[str, Any]] = []
    for raw in raws:
        item, same_author = _ibid(raw, items) or read_entry(raw, order)
        if same_author and items:
            for role in ("author", "editor"):
                if role in items[-1] and "author" not in item and "editor" not in item:
                    item[role] = items[-1][role]
        if _OP_CIT.search(raw):
            _complete(item, items)
        items.append(item)
    return items


def name_order(raws: Sequence[str]) -> str:
    """ "family" or "given" where four fifths of at least five entries whose names prove it agree; else ""."""
    votes: Counter[str] = Counter()
    for raw in raws[:400]:
        text = strip_emphasis(read_markup(raw[:400]).text)
        found = names.read_names(re.sub(r"^\W*(?:\d{1,4}[.)\]]\s*)?", "", text))
        if not found.people or not found.sure:
            continue
        first = found.people[0]
        family, given = first.get("family", ""), first.get("given", "")
        if family and given:
            votes["family" if 0 <= text.find(family) < text.find(given) else "given"] += 1
    total = sum(votes.values())
    best = max(votes, key=lambda k: votes[k], default="")
    return best if total >= 5 and votes[best] >= 0.8 * total else ""


def _ibid(raw: str, items: list[dict[str, Any]]) -> tuple[dict[str, Any], bool] | None:
    """The entry before, with the page that "ibid." gives; None where the entry is no "ibid."."""
    if not items or "ib" not in raw[:40].lower():
        return None
    match = _IBID.match(strip_emphasis(read_markup(raw[:600]).text))
    if not match:
        return None
    item = {k: v for k, v in items[-1].items() if k not in ("page", "note")}
    page = re.search(r"\bpp?\.\s?([\d\s–-]+)", match["rest"])
    if page:
        item["page"] = re.sub(r"\s", "", page[1]).replace("–", "-")
    item["note"] = "ibid."
    return item, False


def _complete(item: dict[str, Any], items: list[dict[str, Any]]) -> None:
    """ "Roux, op. cit." takes its fields from the last entry of the same people."""
    people = [n.get("family") or n.get("literal") for n in item.get("author", [])]
    for earlier in reversed(items):
        if people and people == [n.get("family") or n.get("literal") for n in earlier.get("author", [])]:
            for key, value in earlier.items():
                if key not in ("page", "note"):
                    item[key] = value
            item["note"] = "op. cit."
            return
