"""What the review shows: nested lists that are well formed, findings in order, each line beside its result."""

from __future__ import annotations

from typing import Any

import pytest

from imports import review
from imports.facing import LINES_A_PAGE, Results, facing, page_of
from imports.review import findings, outline
from manuscript import read


def row(depth: int, source: int | None = None) -> dict[str, Any]:
    return {
        "title": "T",
        "number": "",
        "depth": depth,
        "source_depth": source,
        "reason": "",
        "kind": "section",
        "line": 1,
    }


def shape(depths: list[int]) -> str:
    out = ""
    for node in outline([row(depth) for depth in depths]):
        out += "[" * node.opens + f"<{node.depth}"
        out += "".join("]" if end == "list" else ">" for end in node.ends)
    return out


@pytest.mark.parametrize(
    ("depths", "expected"),
    [
        ([], ""),
        ([1], "[<1>]"),
        ([1, 1], "[<1><1>]"),
        ([1, 2, 2, 1], "[<1[<2><2>]><1>]"),
        ([1, 2, 3], "[<1[<2[<3>]>]>]"),
        ([1, 3, 2, 1], "[<1[<3>][<2>]><1>]"),
        ([3, 1], "[<3>][<1>]"),
        ([2, 4, 4, 3, 1, 2], "[<2[<4><4>][<3>]>][<1[<2>]>]"),
    ],
)
def test_the_outline_nests(depths: list[int], expected: str) -> None:
    assert shape(depths) == expected


def test_a_heading_says_what_it_was() -> None:
    shown = outline([row(1, 1), row(2, 1), row(2, None)])
    assert [(node.source, node.changed) for node in shown] == [("#", False), ("#", True), ("sans marque", True)]


def finding(severity: str, code: str, line: int = 3) -> dict[str, Any]:
    return {"severity": severity, "code": code, "line": line, "message": f"{code} {line}"}


def test_findings_come_the_gravest_first_and_the_many_before_the_few() -> None:
    rows = [finding("info", "a"), finding("warning", "b"), finding("warning", "c"), finding("warning", "c", 9)]
    shown = findings([*rows, finding("error", "d")], ["x"] * 12)
    assert [(group.severity, group.count) for group in shown] == [("error", 1), ("warning", 3), ("info", 1)]
    assert [group.code for group in shown[1].groups] == ["c", "b"]


def test_a_finding_has_the_lines_around_it() -> None:
    lines = ["un", "deux", "trois", "quatre " * 200, "cinq", "six"]
    shown = findings([finding("info", "a", 3)], lines)[0].groups[0].shown[0]
    assert [(line.number, line.marked) for line in shown.excerpt] == [
        (1, False),
        (2, False),
        (3, True),
        (4, False),
        (5, False),
    ]
    assert len(shown.excerpt[3].text) == review.LONGEST_LINE + 1


@pytest.mark.parametrize("line", [0, 1, 6, 99])
def test_a_line_at_the_edge_or_beyond_is_no_error(line: int) -> None:
    findings([finding("info", "a", line)], ["x"] * 6)
    findings([finding("info", "a", line)], [])


def test_few_are_shown_until_all_are_asked_for() -> None:
    rows = [finding("info", "a", n) for n in range(1, 101)]
    group = findings(rows, [])[0].groups[0]
    assert (group.count, len(group.shown), group.hidden) == (100, review.FEW, 100 - review.FEW)
    assert findings(rows, [], everything=True)[0].groups[0].hidden == 0


SOURCE = """# Un titre

Un paragraphe
sur deux lignes.

## Un autre

- une liste
"""


def test_each_line_stands_beside_what_it_became() -> None:
    result = Results(read(SOURCE.encode(), name="a.md"))
    rows = facing(SOURCE.split("\n"), result, page=1)
    assert [row.number for row in rows] == [1, 3, 4, 6, 8]
    by_line = {row.number: " ".join(row.results) for row in rows}
    assert by_line[3] == by_line[4] == "Paragraphe, lignes 3 à 4"
    assert [row.repeated for row in rows] == [False, False, True, False, False]
    assert "niveau" in by_line[6]
    assert by_line[8] == "Liste"


def test_what_was_set_aside_says_why() -> None:
    source = "# T\n\n## Sommaire\n\n1. [Un](#un)\n2. [Deux](#deux)\n3. [Trois](#trois)\n\n"
    source += "# Un\n\nTexte.\n\n# Deux\n\nTexte.\n\n# Trois\n\nTexte.\n"
    read_again = read(source.encode(), name="a.md")
    assert read_again.discarded
    result = Results(read_again)
    assert any(text.startswith("Écarté") for text in result(read_again.discarded[0].first_line))


def test_pages_of_the_source() -> None:
    assert [page_of(line) for line in (0, 1, LINES_A_PAGE, LINES_A_PAGE + 1)] == [1, 1, 1, 2]
    lines = [str(n) for n in range(1, LINES_A_PAGE + 11)]
    assert [row.text for row in facing(lines, lambda line: [], page=2)] == lines[LINES_A_PAGE:]
