"""The tree of a document follows from the order and the depth of its sections."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from theses.models import Document
from theses.outline import load
from theses.tests.building import outline


def test_each_section_is_under_the_last_less_deep_one() -> None:
    tree = outline((1,), (2,), (3,), (2,), (1,), (3,), (2,))
    assert [node.level for node in tree.nodes] == [1, 2, 3, 2, 1, 2, 2]
    parents = [node.parent.section.position if node.parent else None for node in tree.nodes]
    assert parents == [None, 1, 2, 1, None, 5, 5]
    assert [root.section.position for root in tree.roots] == [1, 5]


def test_words_are_counted_under_each_section() -> None:
    tree = outline(
        (1, "part", "", "A", 10), (2, "chapter", "", "B", 20), (3, "section", "", "C", 30), (1, "part", "", "D", 5)
    )
    assert [(node.words, node.total) for node in tree.nodes] == [(10, 60), (20, 50), (30, 30), (5, 5)]
    assert tree.words == 65


def test_ancestors_and_descendants() -> None:
    tree = outline((1,), (2,), (3,), (3,), (2,))
    assert [node.section.position for node in tree.nodes[0].descendants()] == [2, 3, 4, 5]
    assert [node.section.position for node in tree.nodes[3].ancestors()] == [2, 1]


def test_a_document_loads_in_one_query(document: Document) -> None:
    with CaptureQueriesContext(connection) as queries:
        tree = load(document)
    assert len(queries) == 1
    assert [node.section.slug for node in tree.nodes][:3] == ["introduction", "partie-i", "1-ecrire"]


def test_an_empty_document() -> None:
    assert outline().nodes == []
    assert outline().roots == []


@pytest.mark.parametrize("depths", [[1] * 5000, list(range(1, 1001)), [1, 2, 3] * 1000])
def test_long_and_deep_outlines(depths: list[int]) -> None:
    tree = outline(*((depth,) for depth in depths))
    assert sum(1 for root in tree.roots for _ in root.descendants()) + len(tree.roots) == len(depths)
