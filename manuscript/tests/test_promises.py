"""What holds for any input: it never raises, loses nothing, is deterministic, and reads its own export unchanged."""

from __future__ import annotations

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from manuscript import Manuscript, read
from manuscript.export import to_markdown
from manuscript.interchange import as_json
from manuscript.tests.case_files import FOLDER, cases_of
from manuscript.tests.ledger import accounted, words

SOURCES = [case.source for path in sorted(FOLDER.glob("*.md")) for case in cases_of(path)]

LINES = st.sampled_from(
    [
        "# Titre",
        "## 1. Un",
        "### 1.1 Deux",
        "# Partie I. Le début",
        "#### **Gras**",
        "Sommaire",
        "# Table des matières",
        "1. Semer ........ 3",
        "1.1 Deux ...... 4",
        "- un",
        "  - deux",
        "3. trois",
        "> cité",
        "> 1. note",
        "| a | b |",
        "|---|---|",
        "a\tb",
        "\tc",
        "**Figure 2 :** Une carte",
        "Source : Atelier",
        "Tableau 1 : Un tableau",
        "---",
        "```",
        "<!-- rien",
        "-->",
        "<sup>1</sup> Une note.",
        "Un mot<sup>1</sup> et [^2].",
        "[^2]: Deux.",
        "# Bibliographie",
        "1. Petit, A. (2020). La terre. Éditeur.",
        "Selon Petit (2020), voir annexe 1, p. 4.",
        "## Annexe 1 : Fin",
        "Guide 3 / 9",
        "12",
        "",
        "",
        "une phrase qui ne finit pas de",
        "suite de la phrase.",
        "mot-",
        "**Et puis ?**",
        "## Anne Petit, guide, Lyon",
        "*« Une voix. »*",
        "*Anne Petit*",
        "::: {lang=en}",
        ":::",
        "![](figure:figure-2)",
        "![Un plan](plan.png)",
        "\\# échappé",
        "This is the text of another work and it is long.",
        "    # code",
        "#######",
        "<b>gras</b> &amp; <i>plus</i>",
        "**",
        "[x](#un)",
    ]
)
DOCUMENTS = st.lists(LINES | st.text(max_size=40), max_size=40).map("\n".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A case whose lines were shuffled, doubled and cut."""
    lines = draw(st.sampled_from(SOURCES)).split("\n")
    chance = random.Random(draw(st.integers(0, 2**16)))
    for _ in range(draw(st.integers(1, 6))):
        at = chance.randrange(len(lines))
        what = chance.randrange(4)
        if what == 0:
            lines.insert(chance.randrange(len(lines)), lines[at])
        elif what == 1:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        elif what == 2:
            lines[at] = lines[at] + chance.choice(["", " ", "*", "_", "`", "[", "](", "<sup>", "\t", "|", ":", " 12"])
        else:
            del lines[at]
            lines = lines or [""]
    return "\n".join(lines)


def rows(manuscript: Manuscript) -> list[tuple[object, ...]]:
    return [(s.title, s.number, s.local_number, s.depth, s.kind, s.key, s.body) for s in manuscript.sections]


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS | mutated())
@example("# Titre\n\n    # code\n")
def test_nothing_is_lost_and_nothing_is_doubled(text: str) -> None:
    manuscript = read(text.encode("utf-8", "surrogatepass"), name="essai.md")
    if manuscript.source.format == "unreadable":
        assert [finding.severity.value for finding in manuscript.findings] == ["error"]
        return
    decoded = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert accounted(manuscript) == words(decoded)


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS | mutated())
def test_our_own_export_reads_the_same(text: str) -> None:
    first = read(text.encode("utf-8", "replace"), name="essai.md")
    if first.source.format == "unreadable":
        return
    exported = to_markdown(first)
    second = read(exported.encode(), name="essai.md")
    assert rows(second) == rows(first)
    assert second.lead == first.lead
    assert to_markdown(second) == exported


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"\xff\xfe" + "é".encode("utf-16-le"))
@example(b"PK\x03\x04" + b"\x00" * 40)
def test_any_bytes_give_a_manuscript(data: bytes) -> None:
    manuscript = read(data, name="octets")
    assert manuscript.source.sha256
    assert as_json(manuscript)["schema"] == "manuscript/1"


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS | mutated())
def test_the_same_bytes_give_the_same_reading(text: str) -> None:
    data = text.encode("utf-8", "replace")
    assert read(data, name="x") == read(data, name="x")


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS | mutated())
def test_the_outline_is_a_tree_without_gaps(text: str) -> None:
    manuscript = read(text.encode("utf-8", "replace"), name="x")
    last = 0
    for section in manuscript.sections:
        assert 1 <= section.depth <= last + 1
        last = section.depth
    keys = [section.key for section in manuscript.sections]
    assert len(set(keys)) == len(keys)
    lines = [block.line for block in manuscript.blocks]
    assert lines == sorted(lines)
