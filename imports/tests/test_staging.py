"""Uploads wait for their user alone, byte for byte, and not for ever."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from imports import staging
from imports.refusals import ImportRefused

pytestmark = pytest.mark.django_db

DATA = b"un\n\x00deux\r\n\xff"


def test_the_bytes_come_back_as_they_were(editor: User) -> None:
    staged = staging.stage(editor, name="../x/a\nb.md", data=DATA)
    found = staging.unstage(editor, staged.token)
    assert found is not None
    assert found[1] == DATA
    assert (found[0].name, found[0].size) == ("a b.md", len(DATA))
    assert staging.waiting(editor) == [found[0]]


def test_nobody_else_sees_them(editor: User, granted: Any) -> None:
    staged = staging.stage(editor, name="a.md", data=DATA)
    other = granted(name="autre")
    assert staging.unstage(other, staged.token) is None
    assert staging.waiting(other) == []
    staging.discard(other, staged.token)
    assert staging.unstage(editor, staged.token) is not None


@pytest.mark.parametrize("token", ["", "..", "../x", "a/b", "x" * 21, "x" * 22, "é" * 22])
def test_a_token_is_no_path(editor: User, token: str) -> None:
    assert staging.unstage(editor, token) is None
    staging.discard(editor, token)


def test_what_is_abandoned_is_gone(editor: User) -> None:
    staged = staging.stage(editor, name="a.md", data=DATA)
    staging.discard(editor, staged.token)
    assert staging.unstage(editor, staged.token) is None
    assert staging.waiting(editor) == []


def test_what_nobody_comes_back_for_is_deleted(editor: User, monkeypatch: pytest.MonkeyPatch, folders: Any) -> None:
    old = staging.stage(editor, name="a.md", data=DATA)
    later = timezone.now() + staging.LIFETIME + datetime.timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert staging.unstage(editor, old.token) is None
    assert staging.waiting(editor) == []
    new = staging.stage(editor, name="b.md", data=DATA)
    assert [path.name for path in (folders / "staging").rglob("*") if path.is_file()] == [new.token]


def test_not_too_many_wait(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST", 2)
    staging.stage(editor, name="a.md", data=DATA)
    staging.stage(editor, name="b.md", data=DATA)
    with pytest.raises(ImportRefused, match="2 fichiers"):
        staging.stage(editor, name="c.md", data=DATA)


def test_a_stranger_in_the_folder_is_left_alone(editor: User, folders: Any) -> None:
    staging.stage(editor, name="a.md", data=DATA)
    (folders / "staging" / str(editor.pk) / "notes.txt").write_text("x")
    assert len(staging.waiting(editor)) == 1
    staging.purge()
    assert (folders / "staging" / str(editor.pk) / "notes.txt").exists()
