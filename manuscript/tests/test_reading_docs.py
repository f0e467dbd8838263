"""`docs/reading.md` names every step, code and reason that the code has, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from manuscript.reading import STEPS
from manuscript.tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "manuscript").rglob("*.py"))
    if "tests" not in path.relative_to(ROOT).parts
)


def test_every_step_is_documented_in_its_order() -> None:
    section = DOCUMENT.split("## The steps", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE) == [name for name, _ in STEPS]


def test_every_code_is_documented() -> None:
    section = DOCUMENT.split("## Findings", 1)[1]
    documented = re.findall(r"^\| `([a-z-]+)` \| (info|warning|error) \|", section, re.MULTILINE)
    used = set(re.findall(r"\.(?:find|doubt)\(\s*\"([a-z-]+)\"", CODE))
    used |= set(re.findall(r"Finding\(\s*\"([a-z-]+)\"", CODE))
    assert {code for code, _ in documented} == used
    assert len({code for code, _ in documented}) == len(documented)


def test_doubts_are_warnings_in_the_document() -> None:
    section = DOCUMENT.split("## Findings", 1)[1]
    severity = dict(re.findall(r"^\| `([a-z-]+)` \| (info|warning|error) \|", section, re.MULTILINE))
    for code in re.findall(r"\.doubt\(\s*\"([a-z-]+)\"", CODE):
        assert severity[code] == "warning", code
    for code in re.findall(r"\.find\(\s*\"([a-z-]+)\"", CODE):
        assert severity[code] == "info", code


def test_every_reason_is_documented() -> None:
    section = DOCUMENT.split("## The ledger", 1)[1].split("\n## ", 1)[0]
    steps = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "manuscript" / "steps").glob("*.py")))
    used = set(re.findall(r"discard\(\w+, \"([a-z-]+)", steps)) | set(
        re.findall(r"^ +reason = \"([a-z-]+)\"", steps, re.MULTILINE)
    )
    assert set(re.findall(r"`([a-z]+-?[a-z]+)`", section)) - {"blocks", "discarded", "type"} == used


def test_each_step_stands_in_a_file_that_opens_with_the_mess_it_repairs() -> None:
    for _, step in STEPS:
        module = Path(step.__code__.co_filename).read_text(encoding="utf-8")
        opening = module.split('"""')[1]
        assert "->" in opening or "parsing stands in" in opening, step.__module__
