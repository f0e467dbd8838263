"""The sample documents that the project ships, against what their writer meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from manuscript import Manuscript, read
from manuscript.tests.conftest import ROOT
from manuscript.tests.ledger import accounted, words

SAMPLES = ROOT / "samples"
THESIS = next(SAMPLES.glob("these-*.txt"))
TRUTH: dict[str, Any] = json.loads(next(SAMPLES.glob("these-*.truth.json")).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def thesis() -> Manuscript:
    return read(THESIS.read_bytes(), name=THESIS.name)


def test_outline(thesis: Manuscript) -> None:
    truth = [
        (row["line"], row["number"], row["title"].casefold(), row["depth"])
        for row in TRUTH["sections"]
        if row["kind"] not in ("cover", "toc")
    ]
    assert [(s.line, s.number, s.title.casefold(), s.depth) for s in thesis.sections] == truth


def test_notes(thesis: Manuscript) -> None:
    truth = {(row["number"], row["line"], row["reference_line"]) for row in TRUTH["footnotes"]}
    assert {(note.number, note.line, note.reference_line) for note in thesis.footnotes} == truth


def test_figures_and_tables(thesis: Manuscript) -> None:
    truth = {(str(row["number"]), row["caption"], row["credit"] or "") for row in TRUTH["figures"]}
    assert {(figure.number, figure.caption, figure.credit) for figure in thesis.figures} == truth
    tables = {(row["first_line"], row["rows"], row["columns"]) for row in TRUTH["tables"]}
    assert {(table.first_line, table.rows, table.columns) for table in thesis.tables} == tables


def test_joins(thesis: Manuscript) -> None:
    truth = {(row["first_end"], row["second_start"]) for row in TRUTH["joins"]}
    splits = {(row["first_end"], row["second_start"]) for row in TRUTH["list_splits"]}
    found = {(join.first_end, join.second_start) for join in thesis.joins}
    assert truth <= found
    assert found <= truth | splits


def test_furniture(thesis: Manuscript) -> None:
    aside = {row.first_line: row.reason for row in thesis.discarded}
    assert {row["line"]: aside.get(row["line"], "").replace("-", "_") for row in TRUTH["furniture"]} == {
        row["line"]: row["what"] for row in TRUTH["furniture"]
    }


def test_references(thesis: Manuscript) -> None:
    assert [reference.first_line for reference in thesis.references] == [
        row["first_line"] for row in TRUTH["references"]
    ]


@pytest.mark.parametrize(
    "path", sorted(p for p in SAMPLES.rglob("*") if p.suffix in (".md", ".txt")), ids=lambda p: p.name
)
def test_nothing_is_lost(path: Path) -> None:
    assert accounted(read(path.read_bytes(), name=path.name)) == words(path.read_text(encoding="utf-8"))
