"""The figures on real documents, which are not in the repository: skipped where GENAI_SHARED does not hold them."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import pytest

from manuscript.references import link_citations, parse_references, split_entries

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("GENAI_SHARED", ROOT.parent / "shared"))
SOURCE = SHARED / "seeds" / "003_a4a259979d5fc626.txt"
PRACTICE = SHARED / "practice" / "references-fr.json"

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not (SOURCE.exists() and PRACTICE.exists()), reason="GENAI_SHARED is absent"),
]


def tool(name):
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gold():
    return load(SHARED / "gold" / "thesis-bibliography.json")


@pytest.fixture(scope="module")
def lines():
    return list(enumerate(SOURCE.read_text(encoding="utf-8").split("\n"), 1))


@pytest.fixture(scope="module")
def entries(gold, lines):
    first, last = gold[0]["lines"][0], gold[-1]["lines"][1]
    return split_entries([row for row in lines if first - 2 < row[0] <= last])[0]


def test_the_bibliography_is_cut_into_its_entries(gold, entries):
    assert [[e.raw, [e.first_line, e.last_line]] for e in entries] == [[g["raw"], g["lines"]] for g in gold]


def test_the_fields_of_its_entries(gold, entries):
    board = tool("score_reading").Board()
    items = parse_references([e.raw for e in entries])
    tool("score_reading").score_references(
        board, gold, {"references": [{"number": e.number, "csl": c} for e, c in zip(entries, items, strict=True)]}
    )
    assert board.figures["reference_fields"] >= 0.98
    for name in ("author", "title", "year", "container", "url"):
        assert board.figures[f"reference_{name}"] >= 0.96, board.wrong[f"reference_{name}"]


def test_its_citations(gold, entries, lines):
    board = tool("score_reading").Board()
    items = parse_references([e.raw for e in entries])
    section = range(gold[0]["lines"][0] - 2, gold[-1]["lines"][1] + 1)
    passages = [row for row in lines if row[1].strip() and row[0] not in section]
    found = link_citations(passages, [(e.number, c) for e, c in zip(entries, items, strict=True)])
    citations = load(SHARED / "gold" / "thesis-citations.json")
    reading = {"citations": [{"line": c.line, "reference": c.reference} for c in found]}
    tool("score_reading").score_citations(board, citations, reading)
    assert board.figures["citations_parenthetical"] >= 0.95
    assert board.figures["citations"] >= 0.9
    assert board.figures["citations_precision"] >= 0.97, board.wrong["citations_precision"]


def test_references_in_every_style():
    score = tool("score_references").score
    rows = load(PRACTICE)
    items = parse_references([row["raw"] for row in rows])
    out, _ = score(rows, [{"id": row["id"], **csl} for row, csl in zip(rows, items, strict=True)], "id")
    assert out["micro_f1"] >= 0.85
