import gzip
import os
from pathlib import Path

import brotli
import pytest
from pytest_django import Settings

from publishing import page_store

BODY = b"<p>Une page, deux pages, trois pages.</p>" * 50


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.PAGES_ROOT = tmp_path / "pages"
    return settings.PAGES_ROOT


def test_a_page_is_stored_in_each_coding() -> None:
    page_store.write("a", BODY)
    stored = {coding: page_store.read("a", coding) or b"" for coding in page_store.ENDS}
    assert gzip.decompress(stored["gzip"]) == BODY
    assert brotli.decompress(stored["br"]) == BODY
    assert all(len(content) < len(BODY) / 2 for content in stored.values())


def test_what_is_not_stored_is_nothing() -> None:
    assert page_store.read("a", "gzip") is None


def test_half_a_page_is_never_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr(os, "replace", fail)
    page_store.write("a", BODY)
    assert page_store.read("a", "gzip") is None
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_logged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder.write_text("A file stands where the folder should be.")
    page_store.write("a", BODY)
    assert page_store.read("a", "gzip") is None
    assert "could not be stored" in caplog.text


def test_the_oldest_pages_go_when_the_folder_is_full(folder: Path) -> None:
    folder.mkdir()
    for age, name in enumerate(["new", "middle", "old", "older"]):
        (folder / name).write_bytes(b"x" * 100)
        os.utime(folder / name, ns=(10**18 - age, 10**18 - age))
    page_store.sweep(folder, 400)
    assert len(list(folder.iterdir())) == 4
    page_store.sweep(folder, 380)
    assert {path.name for path in folder.iterdir()} == {"new", "middle", "old"}


def test_a_process_looks_at_the_size_again_and_again(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_store, "SWEPT_EVERY", 5)
    settings.PAGES_SIZE = 2000
    for number in range(60):
        page_store.write(f"page-{number}", os.urandom(300))
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 2000 + 5 * 2 * 400
    assert page_store.read("page-59", "br")
