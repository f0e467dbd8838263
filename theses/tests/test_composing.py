"""Whatever editors and sources write, a draft composes, and its anchors lead to one place each."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from theses.composing import Composer
from theses.drafts import Draft
from theses.models import BibliographyEntry, Figure, Section
from theses.tests.building import section

KEYS = ["a", "figure-1", "notes", "main", "p-a", "note-1", "ref-a", "été", "x y", ""]
MARKS = [
    "Un texte simple.",
    "Un texte simple.",
    "Appel[^1] et[^1] et[^b].",
    "[^1]: Une note.",
    "[^b]: Une note\n\n    en deux.",
    "![](figure:figure-1)",
    "![](figure:a)",
    "[x](figure:a) [y](table:table-1) [z](section:a) [w](page:3) [v](cite:a) [u](cite:ref-a)",
    "| a | b |\n|---|---|\n| 1 | 2 |\n: Table 1. Titre.",
    "## Notes\n\nEncore.",
    "# a",
    "> Cité.\n>\n> — Elle",
    "::: {lang=en}\nIn English.\n:::",
    "[lien](../ailleurs/) <script>alert(1)</script> [^nulle]",
    "[^a]: \n[^a]: deux fois",
    "\x00\ud800\u202e",
]

bodies = st.lists(st.sampled_from(MARKS), max_size=6).map("\n\n".join)
sections = st.builds(
    lambda depth, kind, number, title, body, printed, opens, calls: {
        "row": (depth, kind, number, title),
        "fields": {"body": body, "printed_page": printed, "starts_page": opens, "note_calls": calls},
    },
    st.integers(1, 12),
    st.sampled_from([kind.value for kind in Section.Kind]),
    st.sampled_from(["", "1", "Annexe 1"]),
    st.sampled_from(["Titre", "<b>Gras</b> [^1]", "x" * 1000]),
    bodies,
    st.sampled_from(["", "1", "3", "iv", "99999999"]),
    st.sampled_from([None, None, True, False]),
    st.sampled_from([[], ["1"], ["nulle"]]),
)


def draft(rows: list[dict[str, Any]], keys: list[str], lead: str, page_depth: int | None) -> Draft:
    slugs = [*KEYS[:7], *(f"s{number}" for number in range(len(rows)))]
    return Draft(
        title="Essai",
        language="fr",
        lead=lead,
        page_depth=page_depth,
        sections=[
            section(position, row["row"], slug=slugs[position - 1], **row["fields"])
            for position, row in enumerate(rows, start=1)
        ],
        figures=[Figure(position=n, key=key, number=str(n), caption="*Une* figure") for n, key in enumerate(keys)],
        entries=[
            BibliographyEntry(position=n, key=key, raw="Nom (2020). Titre.", csl={}) for n, key in enumerate(keys)
        ],
    )


@settings(max_examples=60)
@given(
    st.lists(sections, max_size=8),
    st.lists(st.sampled_from(KEYS), unique=True, max_size=4),
    bodies,
    st.sampled_from([None, None, 1, 3]),
)
def test_any_draft_composes(rows: list[dict[str, Any]], keys: list[str], lead: str, page_depth: int | None) -> None:
    composition = Composer(draft(rows, keys, lead, page_depth)).compose()
    for composed in composition.pages:
        anchors = [passage.anchor for passage in composed.rendered.passages]
        assert len(anchors) == len(set(anchors)), composed.rendered.html
        assert all(0 < len(anchor) <= 200 for anchor in anchors)
        assert len(composed.page.title) <= 1000
        assert len(composed.page.number) <= 50
        assert "<script" not in composed.rendered.html
        assert not [problem for problem in composed.rendered.problems if problem.code == "renderer-failed"]
    assert len({composed.page.slug for composed in composition.pages}) == len(composition.pages)
