"""Every step against its case file: what must change, and the look-alikes that must not."""

from __future__ import annotations

import pytest

from manuscript.reading import STEPS
from manuscript.tests.case_files import FOLDER, Case, cases_of, found, reading_of, shown

CASES = [case for path in sorted(FOLDER.glob("*.md")) for case in cases_of(path)]
BEFORE_THE_STEPS = {"scan"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    manuscript = reading_of(case)
    assert shown(manuscript) == case.expected
    assert found(manuscript) == case.findings


def test_every_case_file_belongs_to_a_step() -> None:
    names = {name for name, _ in STEPS} | BEFORE_THE_STEPS
    assert {path.stem for path in FOLDER.iterdir()} <= names


def test_every_step_has_cases() -> None:
    with_cases = {case.step for case in CASES}
    # In captions, contents, bibliography and test_corrections.
    covered_elsewhere = {"figures", "keys", "citations", "decided", "upheld"}
    assert {name for name, _ in STEPS} - covered_elsewhere <= with_cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_step_can_be_switched_off(case: Case) -> None:
    """No step needs another to have run: what it does not find, it leaves."""
    from manuscript import read

    manuscript = read((case.source + "\n").encode(), name="x", without=frozenset({case.step}))
    assert manuscript.source.lines > 0
