"""Bibliographies of other programs, told by their content."""

from __future__ import annotations

import pytest

from manuscript import read


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("@book{petit, author = {Petit, Anne}, title = {La terre noire}, year = 2020}\n", "bibtex"),
        ("TY  - BOOK\nAU  - Petit, Anne\nTI  - La terre noire\nPY  - 2020\nER  - \n", "ris"),
        ('[{"id": "a", "type": "book", "title": "La terre noire"}]', "csl-json"),
    ],
)
def test_reference_files(text: str, kind: str) -> None:
    manuscript = read(text.encode(), name="x.txt")
    assert manuscript.source.format == kind
    [reference] = manuscript.references
    assert reference.csl["title"] == "La terre noire"
    assert [block.text for block in manuscript.blocks] == [text]


@pytest.mark.parametrize(
    "text", ['[un lien](x) avec "type" et "title"\n', '{"type": "title"\n', "@anne écrit {ceci}.\n"]
)
def test_look_alikes_are_manuscripts(text: str) -> None:
    assert read(text.encode(), name="x").source.format == "markdown"
