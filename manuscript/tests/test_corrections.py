"""What somebody decides about lines is followed, is found again where lines moved, and loses no word."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript import Manuscript, read
from manuscript.corrections import Correction, Ruling, anchored, correction, settled
from manuscript.model import SectionKind
from manuscript.tests.ledger import accounted, words
from manuscript.tests.test_promises import DOCUMENTS, mutated

SOURCE = """# Le jardin

## 1. La terre

La terre se travaille en hiver, quand le gel l’a rendue friable et légère.

## Nos remerciements vont à tous

Les outils
On en compte douze, pendus au mur de la remise.

Le village vu du nord

La phrase s’arrête au bord du champ.

Du champ on voit la rivière.

## 2. L’eau

Un puits, une pompe et une citerne suffisent à tout un été, dit le
métayer du village.
"""


def of(line: str, ruling: Ruling, source: str = SOURCE, **more: Any) -> Correction:
    lines = source.split("\n")
    found = correction(lines, lines.index(line) + 1, ruling, **more)
    assert found is not None
    return found


def reading(*corrections: Correction, source: str = SOURCE) -> Manuscript:
    return read(source.encode(), name="jardin.md", corrections=corrections)


def outline(manuscript: Manuscript) -> list[tuple[int, str]]:
    return [(section.depth, section.title) for section in manuscript.sections]


def lost(manuscript: Manuscript) -> list[int]:
    return [finding.line for finding in manuscript.findings if finding.code == "decision-lost"]


def test_without_corrections_nothing_changes() -> None:
    assert reading() == read(SOURCE.encode(), name="jardin.md")


def test_a_heading_becomes_text() -> None:
    manuscript = reading(of("## Nos remerciements vont à tous", Ruling.TEXT))
    assert "Nos remerciements vont à tous" not in [title for _, title in outline(manuscript)]
    assert any("Nos remerciements vont à tous" in section.body for section in manuscript.sections)


def test_a_line_becomes_a_heading_and_leaves_its_paragraph() -> None:
    manuscript = reading(of("Les outils", Ruling.HEADING, depth=2, kind=SectionKind.ANNEX))
    section = next(section for section in manuscript.sections if section.title == "Les outils")
    assert (section.depth, section.kind, section.reason) == (2, SectionKind.ANNEX, "Décidé à la relecture.")
    assert section.body.startswith("On en compte douze")


def test_a_decided_depth_leaves_no_gap() -> None:
    manuscript = reading(of("## 2. L’eau", Ruling.HEADING, depth=6))
    depths = [section.depth for section in manuscript.sections]
    assert all(below <= above + 1 for above, below in itertools.pairwise(depths))


def test_what_stands_below_a_heading_follows_its_depth() -> None:
    source = "# 1. Un\n\nTexte.\n\n# 2. Deux\n\nTexte.\n\n## 2.1 Dessous\n\nTexte.\n"
    assert [d for d, _ in outline(reading(source=source))] == [1, 1, 2]
    manuscript = reading(of("# 2. Deux", Ruling.HEADING, source, depth=2), source=source)
    assert [d for d, _ in outline(manuscript)] == [1, 2, 3]


def test_a_caption_without_label_is_a_figure() -> None:
    manuscript = reading(of("Le village vu du nord", Ruling.CAPTION))
    assert [(figure.caption, figure.number) for figure in manuscript.figures] == [("Le village vu du nord", None)]
    assert any("![](figure:figure-x)" in section.body for section in manuscript.sections)


def test_two_paragraphs_are_joined_and_separated_again() -> None:
    joined = reading(of("La phrase s’arrête au bord du champ.", Ruling.JOIN))
    assert any("bord du champ. Du champ on voit" in section.body for section in joined.sections)
    cut = "Texte long d’une phrase qui ne finit pas encore et que la page coupe\n\net qui continue ici.\n"
    source = f"# Titre\n\n{cut}"
    assert "coupe et qui" in reading(source=source).lead
    apart = reading(of("et qui continue ici.", Ruling.SEPARATE, source), source=source)
    assert "coupe\n\net qui" in apart.lead


def test_a_paragraph_is_cut_at_a_line() -> None:
    manuscript = reading(of("métayer du village.", Ruling.SEPARATE))
    assert "dit le\n\nmétayer" in manuscript.sections[-1].body


def test_a_caption_becomes_text_with_its_credit() -> None:
    source = "# Titre\n\nUn texte.\n\nFigure 1 : Le plan\n\nSource : Atelier\n\nUn autre.\n"
    manuscript = reading(of("Figure 1 : Le plan", Ruling.TEXT, source), source=source)
    assert not manuscript.figures
    assert "Figure 1 : Le plan\n\nSource : Atelier" in manuscript.lead


def test_a_line_that_moved_is_found_by_its_wording() -> None:
    row = of("Les outils", Ruling.HEADING)
    moved = SOURCE.replace("## 1. La terre", "## 0. Avant\n\nUne préface.\n\n## 1. La terre")
    manuscript = reading(row, source=moved)
    assert "Les outils" in [title for _, title in outline(manuscript)]
    assert not lost(manuscript)


def test_equal_lines_are_told_apart_by_their_turn() -> None:
    lines = ["Suite", "a", "Suite", "b", "Suite"]
    row = correction(lines, 3, Ruling.HEADING)
    assert row is not None
    assert row.nth == 2
    found, _ = anchored([row], ["x", "y", *lines])
    # Line 3 of the new source has the wording too: the number is believed first.
    assert [one.line for one in found] == [3]
    found, _ = anchored([row], ["x", *lines])
    assert [one.line for one in found] == [4]


def test_a_line_that_is_gone_is_said() -> None:
    row = of("Les outils", Ruling.HEADING)
    assert lost(reading(row, source=SOURCE.replace("Les outils", "Le matériel"))) == [row.line]


def test_what_does_not_lend_itself_is_said() -> None:
    source = "# Titre\n\n| a | b |\n|---|---|\n| c | d |\n"
    assert lost(reading(of("| a | b |", Ruling.HEADING, source), source=source)) == [3]
    assert lost(reading(of("# Titre", Ruling.JOIN, source), source=source)) == [1]


def test_there_is_no_correction_of_nothing() -> None:
    assert correction(["a", "", "b"], 2, Ruling.TEXT) is None
    assert correction(["a"], 2, Ruling.TEXT) is None
    assert correction(["a"], 0, Ruling.TEXT) is None


def test_the_later_decision_holds_and_depth_and_kind_add_up() -> None:
    base = Correction(3, "x", Ruling.HEADING, depth=2)
    both = settled([base, Correction(3, "x", Ruling.HEADING, kind=SectionKind.PART)])
    assert both == (Correction(3, "x", Ruling.HEADING, depth=2, kind=SectionKind.PART),)
    assert settled([base, Correction(3, "x", Ruling.TEXT)]) == (Correction(3, "x", Ruling.TEXT),)
    assert len(settled([base, Correction(3, "x", Ruling.JOIN)])) == 2


@st.composite
def decided(draw: st.DrawFn) -> tuple[str, list[Correction]]:
    text = draw(DOCUMENTS | mutated())
    lines = text.encode("utf-8", "replace").decode("utf-8", "replace").split("\n")
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        row = correction(
            lines,
            draw(st.integers(1, len(lines))),
            draw(st.sampled_from(Ruling)),
            depth=draw(st.none() | st.integers(1, 6)),
            kind=draw(st.none() | st.sampled_from(SectionKind)),
        )
        if row is not None:
            rows.append(row)
    return text, rows


@settings(max_examples=250, deadline=None)
@given(decided())
def test_no_decision_costs_a_word_or_the_order_of_the_outline(both: tuple[str, list[Correction]]) -> None:
    text, rows = both
    data = text.encode("utf-8", "replace")
    manuscript = read(data, name="x.md", corrections=rows)
    if manuscript.source.format == "unreadable":
        return
    assert accounted(manuscript) == words(data.decode("utf-8", "replace"))
    depth = 0
    for section in manuscript.sections:
        assert 1 <= section.depth <= depth + 1
        depth = section.depth
    assert read(data, name="x.md", corrections=[*rows, *settled(rows)]) == manuscript


@pytest.mark.parametrize("ruling", list(Ruling))
def test_a_source_of_our_own_says_that_it_is_not_corrected(ruling: Ruling) -> None:
    from manuscript.export import to_markdown

    exported = to_markdown(reading())
    line = next(i for i, row in enumerate(exported.split("\n"), start=1) if row.startswith("# "))
    row = correction(exported.split("\n"), line, ruling)
    assert row is not None
    manuscript = reading(row, source=exported)
    assert len(lost(manuscript)) == 1
