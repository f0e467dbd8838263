"""Every case file: what a piece of house Markdown becomes, and what its editor is told."""

from __future__ import annotations

import re

import pytest

from publishing.rendering import FigureTarget, Piece, ReferenceTarget, Targets, render
from publishing.tests.markup import assert_sound
from publishing.tests.reading_cases import FOLDER, Case, all_cases

TARGETS = Targets(
    figures={
        "figure-1": FigureTarget(
            "1", "Une *nappe* ?", "Ana Roy", "Une nappe bleue", "/media/n.png", 40, 30, "/t/p/#figure-1"
        ),
        "figure-2": FigureTarget(number="2", caption="Rien encore", href="/t/p/#figure-2"),
    },
    references={"roy2020": ReferenceTarget("/t/bibliographie/#ref-roy2020", 'Roy, A. (2020). "Lire".')},
    sections={"suite": "/t/suite/"},
    tables={"table-1": "/t/p/#table-1"},
    pages={"34": "/t/suite/#page-34"},
    pictures={"/media/nappe.png": (40, 30)},
)
_BLOCK = re.compile(r"(?<=>)(?=<(?:/?(?:blockquote|div|dl|figure|figcaption|h\d|hr|li|ol|p|pre|section|t\w+|ul))\b)")


def shown(html: str) -> str:
    """HTML as the case files hold it: a line a block, no-break spaces visible as `␣` (narrow) and `~`."""
    html = html.replace("\u202f", "␣").replace("&nbsp;", "~").replace("\u00a0", "~")
    return _BLOCK.sub("\n", html).replace("\n\n", "\n").strip("\n")


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_case(case: Case) -> None:
    rendered = render([Piece(body=case.source)], targets=TARGETS)
    assert shown(rendered.html) == case.html
    assert [problem.code for problem in rendered.problems] == case.problems
    assert_sound(rendered.html)


def test_every_case_file_is_read() -> None:
    assert {case.file for case in all_cases()} == {path.stem for path in FOLDER.iterdir()}
    assert len(all_cases()) > 60
