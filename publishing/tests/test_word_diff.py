"""Two texts side by side."""

from __future__ import annotations

import pytest
from django.utils.html import strip_tags

from publishing.word_diff import MOST_WORDS, side_by_side


@pytest.mark.parametrize(
    ("mine", "theirs", "left", "right"),
    [
        ("un mot", "un mot", "un mot", "un mot"),
        ("un mot neuf", "un mot ancien", "un mot <ins>neuf</ins>", "un mot <del>ancien</del>"),
        ("a\n\nb\n\nc", "a\n\nc", "a\n\n<ins>b\n\n</ins>c", "a\n\nc"),
        ("<b>", "<i>", "&lt;<ins>b</ins>&gt;", "&lt;<del>i</del>&gt;"),
        ("", "x", "", "<del>x</del>"),
    ],
)
def test_what_differs_is_marked(mine: str, theirs: str, left: str, right: str) -> None:
    assert side_by_side(mine, theirs) == (left, right)


def test_long_texts_are_marked_whole_and_lose_no_word() -> None:
    mine, theirs = "mot " * (MOST_WORDS + 1), "autre " * 10
    left, right = side_by_side(mine, theirs)
    assert (left, right) == (f"<ins>{mine}</ins>", f"<del>{theirs}</del>")
    many = "\n\n".join(str(n) for n in range(5000))
    assert strip_tags(side_by_side(many, "x")[0]) == many
