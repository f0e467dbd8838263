"""The real documents, searched by queries that were judged section by section before the engine answered them."""

from __future__ import annotations

from pathlib import Path

import pytest

from genai_site.tests.judging import Places, answers, judged, mean, measure
from imports.actions.import_source import import_source
from imports.publication import publish
from search.find import find
from search.results import parse


@pytest.fixture
def places(transactional_db: None, seeds: Path, shared: Path) -> Places:
    """The five documents, imported and published."""
    slugs = {}
    for path in sorted(seeds.iterdir()):
        work = import_source(data=path.read_bytes(), name=path.name, user=None).work
        publish(work=work, user=None)
        slugs[work.slug] = path.name[:3]
    return Places(shared, slugs)


def test_finds_what_was_judged(places: Places) -> None:
    data = judged()
    ask = answers(places)
    measured = [measure(row, ask(row["query"]), data["neutral"]) for row in data["queries"]]
    recall, precision, reciprocal = mean(measured)
    report = "\n".join(str(one) for one in measured if one.missing or one.wrong)
    assert recall >= 0.97, report
    assert precision >= 0.95, report
    assert reciprocal >= 0.85, report
    proposals = {typed: find_proposal(typed) for typed, _ in data["proposals"]}
    assert {typed: proposal.lower() for typed, proposal in proposals.items()} == dict(data["proposals"])


def find_proposal(typed: str) -> str:
    return find(parse(typed)).proposal
