"""Where the real documents are, and faults that show."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from manuscript import reading

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("GENAI_SHARED", ROOT.parent / "shared"))


@pytest.fixture(autouse=True)
def _faults_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fails is skipped in production; in tests it fails the test."""
    monkeypatch.setattr(reading, "STRICT", True)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("GENAI_SHARED has no real documents")
    return SHARED
