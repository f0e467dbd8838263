"""The real documents, where they are: counts, numbers, line numbers and the gold files; none of their words stands
here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from manuscript import Manuscript, read
from manuscript.export import to_markdown
from manuscript.interchange import as_json
from manuscript.model import DocumentKind, SectionKind
from manuscript.tests.ledger import accounted, visible, words

pytestmark = pytest.mark.seeds


@cache
def reading(path: Path) -> Manuscript:
    return read(path.read_bytes(), name=path.name)


def seed(shared: Path, number: str) -> Path:
    return next((shared / "seeds").glob(f"{number}_*"))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_nothing_is_lost(shared: Path, number: str) -> None:
    path = seed(shared, number)
    manuscript = reading(path)
    assert accounted(manuscript) == words(path.read_text(encoding="utf-8"))
    assert not [finding for finding in manuscript.findings if finding.severity == "error"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_what_was_kept_is_shown_somewhere(shared: Path, number: str) -> None:
    """Words of paragraphs, lists, tables and quotations stand in a body, but for the marks that repairs took off."""
    manuscript = reading(seed(shared, number))
    kept = words(" ".join(b.text for b in manuscript.blocks if b.type in ("paragraph", "list", "quote", "table")))
    for tag in ("ul", "li", "style", "list", "type", "none", "b", "i", "sup", "sub", "lt", "gt", "amp", "br"):
        kept.pop(tag, None)
    lost = kept - visible(manuscript)
    assert sum(lost.values()) <= 0.001 * sum(kept.values()) + 1, lost


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_export_reads_the_same(shared: Path, number: str) -> None:
    manuscript = reading(seed(shared, number))
    exported = to_markdown(manuscript)
    assert to_markdown(read(exported.encode(), name="x")) == exported


def test_article_with_front_matter(shared: Path) -> None:
    manuscript = reading(seed(shared, "000"))
    known = manuscript.metadata
    assert known.kind is DocumentKind.ARTICLE
    assert (known.date, known.featured, len(known.tags)) == ("2024-06-15", True, 3)
    assert known.hero_image.endswith(".webp")
    assert known.description
    # The heading of line 10 repeats the title: the outline begins below it.
    assert [section.line for section in manuscript.sections] == [14, 16, 22, 28, 30, 35, 40, 49]
    assert [section.depth for section in manuscript.sections] == [1, 2, 2, 1, 2, 2, 1, 1]
    assert [section.local_number for section in manuscript.sections][1:3] == ["1", "2"]
    assert "](/lead-magnet)" in manuscript.sections[-1].body
    assert "\n> — " in manuscript.sections[6].body


def test_article_without_marks(shared: Path) -> None:
    manuscript = reading(seed(shared, "001"))
    assert [section.line for section in manuscript.sections] == [2, 6, 10, 14, 18]
    assert {section.depth for section in manuscript.sections} == {1}
    assert manuscript.lead
    assert all(section.body for section in manuscript.sections)
    assert manuscript.metadata.title
    assert [f.severity for f in manuscript.findings if f.code == "title-proposed"] == ["warning"]


def test_article_of_plain_paragraphs(shared: Path) -> None:
    manuscript = reading(seed(shared, "004"))
    assert manuscript.sections == ()
    assert len(manuscript.lead.split("\n\n")) == 7
    assert manuscript.metadata.ai_disclosure
    assert manuscript.metadata.ai_disclosure not in manuscript.lead


def test_whitepaper(shared: Path) -> None:
    manuscript = reading(seed(shared, "002"))
    known = manuscript.metadata
    assert known.kind is DocumentKind.WHITEPAPER
    assert known.date == "2025-09"
    assert [(person.literal, person.role != "") for person in known.authors] == [("EP", True)]
    assert known.subtitle
    assert known.hero_image.endswith(".png")
    assert known.hero_image_alt
    assert [section.number for section in manuscript.sections] == [
        "1", "2", "2.1", "2.2", "2.3", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "4", "4.1", "4.2", "4.3", "4.4",
        "5", "5.1", "5.2", "5.3", "5.4", "6", "7",
    ]  # fmt: skip
    assert [section.depth for section in manuscript.sections] == [
        section.number.count(".") + 1 for section in manuscript.sections if section.number
    ]
    assert [row.reason for row in manuscript.discarded if row.reason == "printed-contents"]
    assert manuscript.sections[-1].kind is SectionKind.BIBLIOGRAPHY
    assert manuscript.lead == ""


THESIS = {
    "section_recall": 0.995, "section_precision": 0.995, "false_headings_refused": 0.9, "section_depth": 0.95,
    "section_depth_sure": 0.97, "section_title": 0.99, "section_number": 0.99, "footnotes": 1.0, "figure_captions": 1.0,
    "figure_credits": 0.95, "tables": 1.0, "page_break_joins": 0.95, "references_found": 1.0, "reference_fields": 0.96,
    "reference_author": 0.93, "reference_title": 0.93, "reference_year": 0.93, "reference_container": 0.93,
    "reference_url": 0.93, "citations_parenthetical": 0.95, "citations": 0.80, "citations_precision": 0.97,
    "words_accounted_for": 1.0, "words_not_repeated": 0.999,
}  # fmt: skip


def figures(shared: Path, manuscript: Manuscript, folder: Path, *more: str) -> dict[str, float]:
    path = folder / "reading.json"
    path.write_text(json.dumps(as_json(manuscript)), encoding="utf-8")
    command = [sys.executable, str(shared / "tools" / "score_reading.py"), str(path), *more]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {name: float(value) for name, value in (line.split() for line in out.splitlines() if line)}


def test_thesis(shared: Path, tmp_path: Path) -> None:
    path = seed(shared, "003")
    got = figures(shared, reading(path), tmp_path, "--source", str(path))
    short = {name: (got[name], least) for name, least in THESIS.items() if got[name] < least}
    assert not short


def test_thesis_metadata(shared: Path) -> None:
    manuscript = reading(seed(shared, "003"))
    known = manuscript.metadata
    assert known.kind is DocumentKind.THESIS
    assert known.title
    assert known.subtitle.endswith("?")
    assert [bool(person.family and person.given) for person in known.authors] == [True]
    assert known.date == "2024-08"
    assert known.institution
    assert known.programme
    assert known.biography
    assert known.ai_disclosure
    assert set(known.abstract) == {"fr", "en"}
    assert {code: len(row) for code, row in known.keywords.items()} == {"fr": 9, "en": 9}
    roles = [row.role for row in known.contributors]
    assert roles.count("supervisor") == 1
    assert roles.count("interviewee") == 23
    assert sum(section.kind is SectionKind.INTERVIEW for section in manuscript.sections) == 23
    assert [section.number for section in manuscript.sections if section.kind is SectionKind.PART] == [
        "Partie I", "Partie II", "Partie III", "Partie IV",
    ]  # fmt: skip
    assert [section.number for section in manuscript.sections if section.kind is SectionKind.ANNEX][:6] == [
        f"Annexe {number}" for number in range(1, 7)
    ]
    restored = [finding.line for finding in manuscript.findings if finding.code == "section-restored"]
    assert restored == [3229]


ROBUST = {
    "no contents": {"section_recall": 0.99, "section_depth": 0.94, "section_number": 0.95},
    "flat marks": {"section_recall": 0.99, "section_depth": 0.94, "section_number": 0.99},
    "no contents, flat marks": {"section_recall": 0.99, "section_depth": 0.94, "section_number": 0.95},
    "no marks": {"section_recall": 0.93, "section_precision": 0.93, "section_depth": 0.90},
    "no contents, no marks": {"section_recall": 0.93, "section_precision": 0.93, "section_depth": 0.88},
}


@pytest.mark.parametrize("name", ROBUST)
def test_thesis_with_less_to_go_by(shared: Path, tmp_path: Path, name: str) -> None:
    lines = seed(shared, "003").read_text(encoding="utf-8").split("\n")
    if "no contents" in name:
        gold = json.loads((shared / "gold" / "thesis-structure.json").read_text(encoding="utf-8"))
        printed = {row["line"] for row in (*gold["toc"], *gold["toc_interviews"])} | {161}
        lines = ["" if number in printed else line for number, line in enumerate(lines, 1)]
    if "flat marks" in name:
        lines = [re.sub(r"^#{1,6} ", "# ", line) for line in lines]
    if "no marks" in name:
        lines = [re.sub(r"^#{1,6} +", "", line) for line in lines]
    got = figures(shared, read("\n".join(lines).encode(), name="x"), tmp_path)
    short = {figure: (got[figure], least) for figure, least in ROBUST[name].items() if got[figure] < least}
    assert not short


@pytest.mark.parametrize("book", ["maint-guide", "debian-history"])
@pytest.mark.parametrize(("file", "least"), [("messy-layout.md", 0.97), ("messy.md", 0.93)])
def test_practice(shared: Path, tmp_path: Path, book: str, file: str, least: float) -> None:
    folder = shared / "practice" / book
    manuscript = reading(folder / file)
    path = tmp_path / "reading.json"
    path.write_text(json.dumps(as_json(manuscript)), encoding="utf-8")
    command = [
        sys.executable,
        str(shared / "tools" / "score_headings.py"),
        str(folder / "truth.json"),
        str(path),
        "--json",
    ]
    got = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert got["f1"] >= least
    assert got["title_exact"] >= 0.95
    assert got["depth_accuracy"] >= 0.95
    assert accounted(manuscript) == words((folder / file).read_text(encoding="utf-8"))
    title = manuscript.metadata.title
    bodies = [manuscript.lead, *(section.body for section in manuscript.sections)]
    assert not [
        line for body in bodies for line in body.split("\n") if line.startswith(title) and len(line) < len(title) + 12
    ]
    assert not [line for body in bodies for line in body.split("\n") if re.fullmatch(r"\W*\d+ ?/ ?\d+\W*", line)]
