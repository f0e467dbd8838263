"""Inputs that make Markdown parsers slow or that attack: bounded in time, and without a fault."""

from __future__ import annotations

import time

import pytest

from manuscript import read, reading
from manuscript.export import to_markdown

SIZE = 150_000
CASES = {
    "one line": "x" * 10_000_000,
    "stars": "*a" * (SIZE // 2),
    "underscores": "_a" * (SIZE // 2),
    "brackets": "[" * SIZE,
    "links": "[a](" * (SIZE // 4),
    "tags": "<b>" * (SIZE // 3),
    "raised": "<sup>1</sup>" * (SIZE // 12),
    "nested quotes": ">" * 10_000 + " x",
    "nested items": "\n".join(" " * i + "- x" for i in range(500)),
    "headings": "# Titre\n\n" * (SIZE // 9),
    "numbered headings": "".join(f"## {i}. Titre\n\n" for i in range(SIZE // 15)),
    "contents": "# Sommaire\n\n"
    + "".join(f"{i}. Titre {i} ..... {i}\n" for i in range(SIZE // 50))
    + "# Chose\n\n" * 2000,
    "equal contents": "# Sommaire\n\n" + "Titre ..... 1\n" * 3000 + "# Titre\n\n" * 3000,
    "wide table": ("a\t" * 50 + "\n") * 500,
    "notes": "".join(f"<sup>1</sup> note {i}\n\n" for i in range(SIZE // 25)),
    "captions": "Figure 1 : X\n\n" * (SIZE // 14),
    "cut paragraphs": "un texte qui ne finit pas de\n\nse poursuivre et de\n\n" * (SIZE // 50),
    "bold lines": "**Et puis ?**\n\n" * (SIZE // 15),
    "quotation mark behind an indent": "Un mot.\n\n       > pas une citation\n",
    "fences": "```\n" * (SIZE // 4),
    "comments": "<!-- x\n" * (SIZE // 7),
    "front matter": "---\n" + "a: b\n" * (SIZE // 5) + "---\n",
    "deep front matter": "---\na: " + "[" * 3000 + "\n---\n",
}


@pytest.mark.parametrize("name", CASES)
def test_hostile(name: str) -> None:
    start = time.process_time()
    manuscript = read(CASES[name].encode(), name=name)
    to_markdown(manuscript)
    # A thesis of this size takes a fifth of a second; ten times that is still no attack.
    assert time.process_time() - start < 10
    assert manuscript.source.format == "markdown"


def test_markup_that_would_run_stays_text() -> None:
    text = "# Essai\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<img src=x onerror=alert(1)>\n"
    manuscript = read(text.encode(), name="x")
    assert "onerror" not in manuscript.lead


def test_a_step_that_fails_costs_its_repair_and_not_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(draft: object) -> None:
        raise ZeroDivisionError

    steps = tuple((name, broken if name == "lists" else step) for name, step in reading.STEPS)
    monkeypatch.setattr(reading, "STEPS", steps)
    monkeypatch.setattr(reading, "STRICT", False)
    manuscript = read(b"# Un\n\ntexte\n\n# Deux\n\ntexte\n", name="x")
    assert len(manuscript.sections) == 2
    assert [finding.code for finding in manuscript.findings if finding.severity == "error"] == ["step-failed"]
