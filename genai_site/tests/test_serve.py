"""What `script/server` does before it serves: once, in order, and never twice for nothing."""

import socket
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from genai_site.management.commands import serve


@pytest.fixture
def site(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site of its own; gives the names of the commands that were called, which do nothing."""
    called: list[str] = []
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()

    def call(name: str, *arguments: object, **options: object) -> None:
        called.append(name)
        if name == "collectstatic":
            (settings.STATIC_ROOT / "staticfiles.json").touch()

    monkeypatch.setattr(serve, "call_command", call)
    return called


def prepare() -> str:
    output = StringIO()
    call_command("serve", prepare_only=True, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_a_second_start_has_nothing_to_do(site: list[str]) -> None:
    prepare()
    assert site == ["collectstatic", "import_samples", "create_editor"]
    site.clear()
    assert prepare() == ""
    assert site == []


@pytest.mark.django_db
def test_a_new_database_gets_samples_and_an_editor_whatever_the_folder_says(
    site: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()
    site.clear()
    monkeypatch.setattr(serve.Command, "migrate", lambda self: True)
    prepare()
    assert site == ["import_samples", "create_editor"]


@pytest.mark.django_db
def test_static_files_are_collected_when_one_changes(site: list[str], settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, folder]
    prepare()
    site.clear()
    (folder / "new.css").write_text("p { color: teal }")
    serve.get_finders.__globals__["get_finder"].cache_clear()
    prepare()
    assert site == ["collectstatic"]


@pytest.mark.django_db
def test_static_files_are_collected_when_they_were_lost(site: list[str], settings: Settings) -> None:
    prepare()
    site.clear()
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    prepare()
    assert site == ["collectstatic"]


@pytest.mark.django_db
def test_samples_are_tried_again_after_a_failure(site: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    fine = serve.call_command

    def call(name: str, *arguments: object, **options: object) -> None:
        if name == "import_samples":
            raise CommandError("un exemple manque")
        fine(name, *arguments, **options)

    monkeypatch.setattr(serve, "call_command", call)
    with pytest.raises(CommandError):
        prepare()
    monkeypatch.setattr(serve, "call_command", fine)
    site.clear()
    prepare()
    assert site == ["import_samples", "create_editor"]


def test_a_port_that_is_taken_is_named_with_another(site: list[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"--port {port + 1}"):
            call_command("serve", port=port)
    assert site == []


@pytest.mark.parametrize("port", [-1, 0, 65536, 99999999])
def test_a_port_that_cannot_be(site: list[str], port: int) -> None:
    with pytest.raises(CommandError, match="entre 1024 et 65535"):
        call_command("serve", port=port)


def test_a_host_that_is_not_here(site: list[str]) -> None:
    with pytest.raises(CommandError, match="ne peut pas servir"):
        call_command("serve", port=8999, host="192.0.2.1")


@pytest.mark.django_db
def test_it_says_where_to_click_then_becomes_the_server(site: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(serve.os, "execv", lambda program, command: started.append(command))
    monkeypatch.setattr(serve, "require_free_port", lambda host, port: None)
    output = StringIO()
    call_command("serve", port=8123, stdout=output)
    assert "http://localhost:8123/" in output.getvalue()
    assert "http://localhost:8123/admin/" in output.getvalue()
    assert started[0][-1] == "genai_site.wsgi:application"
    assert "8123" in started[0]
