"""`python -m manuscript`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from manuscript.__main__ import main

TEXT = "# Le jardin\n\n## La terre\n\nElle est noire.\n\n---\n\n## L'eau\n\nElle est claire.\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "jardin.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(source), "--json"]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert reading["schema"] == "manuscript/1"
    assert [section["title"] for section in reading["sections"]] == ["La terre", "L'eau"]
    assert reading["discarded"][0]["reason"] == "rule"


def test_a_step_switched_off(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(source), "--json", "--without", "furniture"]) == 0
    assert json.loads(capsys.readouterr().out)["discarded"] == []


def test_markdown(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(source)]) == 0
    assert "# La terre\n\nElle est noire." in capsys.readouterr().out


def test_references(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "references.txt"
    path.write_text("Petit, A. (2020). La terre noire. Éditions du Jardin.\n", encoding="utf-8")
    assert main(["--references", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["csl"]["title"] == "La terre noire"


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "rien.md")]) == 2
    assert "rien.md" in capsys.readouterr().err
