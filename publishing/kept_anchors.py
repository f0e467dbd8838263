"""Anchors that survive a new edition: a paragraph that was edited or moved keeps the one under which it was cited.

The renderer derives the anchor of a paragraph from its section and its first words. Here the paragraphs of the draft
are matched with those of the edition before, by `publishing.same_passages`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from publishing.models import EditionPassage
from publishing.rendering import PassageText
from publishing.same_passages import Earlier, matches


@dataclass(frozen=True, slots=True)
class _New:
    page: str
    passage: PassageText


def earlier_paragraphs(passages: QuerySet[Any], of_all: QuerySet[Any] | None = None) -> list[Earlier]:
    """The paragraphs among the passages of an edition, which come in reading order: one query.

    Another one where `of_all` are those of all editions of the work, the newest first: what this edition no longer has
    comes last, to be known again where it is put back word for word.
    """
    text, columns = EditionPassage.Kind.TEXT, ("anchor", "section", "text")
    found = [Earlier(*row) for row in passages.filter(kind=text).values_list(*columns)]
    if of_all is not None:
        gone = of_all.filter(kind=text).exclude(anchor__in=passages.order_by().values("anchor"))
        found += [Earlier(anchor, section, words, True) for anchor, section, words in gone.values_list(*columns)]
    return found


def kept_anchors(pages: Mapping[str, Iterable[PassageText]], earlier: list[Earlier]) -> dict[str, dict[str, str]]:
    """For each page, by slug, the anchors that change: as the renderer derives them, to those that stay.

    An anchor is given once on a page. Linear in the texts, save for sorting.
    """
    all_new = [_New(slug, passage) for slug, passages in pages.items() for passage in passages]
    new = [row for row in all_new if row.passage.kind == EditionPassage.Kind.TEXT]
    taken: dict[str, set[str]] = defaultdict(set)
    for row in all_new:
        if row.passage.kind != EditionPassage.Kind.TEXT:
            taken[row.page].add(row.passage.anchor)
    rows = [Earlier(row.passage.anchor, row.passage.section, row.passage.text) for row in new]
    final: dict[int, str] = {}
    for index, match in matches(rows, earlier).items():
        anchor = earlier[match].anchor
        if anchor not in taken[new[index].page]:
            taken[new[index].page].add(anchor)
            final[index] = anchor
    changed: dict[str, dict[str, str]] = defaultdict(dict)
    for index, row in enumerate(new):
        derived = row.passage.anchor
        if index not in final:
            final[index] = _free(derived, taken[row.page])
            taken[row.page].add(final[index])
        if final[index] != derived:
            changed[row.page][derived] = final[index]
    return dict(changed)


def _free(anchor: str, taken: set[str]) -> str:
    free, count = anchor, 1
    while free in taken:
        count += 1
        free = f"{anchor}-{count}"
    return free
