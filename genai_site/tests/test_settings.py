"""A wrong environment is refused when the site starts, with a sentence that says what to set."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

KEY = "k7Qv-" * 12
PRODUCTION = {"GENAI_MODE": "production", "GENAI_SECRET_KEY": KEY, "GENAI_ALLOWED_HOSTS": "example.org"}


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The settings read by a process of their own, with this environment alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=kept | {"GENAI_DATA": str(folder / "data")} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_production_starts(tmp_path: Path) -> None:
    run = start(tmp_path, **PRODUCTION)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"GENAI_SECRET_KEY": ""}, "GENAI_SECRET_KEY must be set"),
        ({"GENAI_SECRET_KEY": "short"}, "GENAI_SECRET_KEY must be set"),
        ({"GENAI_ALLOWED_HOSTS": ""}, "GENAI_ALLOWED_HOSTS must name"),
        ({"GENAI_ALLOWED_HOSTS": " , "}, "GENAI_ALLOWED_HOSTS must name"),
        ({"GENAI_DEBUG": "yes"}, "GENAI_DEBUG shows secrets"),
        ({"GENAI_MODE": "prod"}, "it must be 'local' or 'production'"),
    ],
)
def test_production_refuses(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    run = start(tmp_path, **PRODUCTION | changes)
    assert run.returncode != 0
    assert sentence in run.stderr
    assert KEY not in run.stderr + run.stdout


def test_local_makes_itself_a_key(tmp_path: Path) -> None:
    program = "import genai_site.settings as s; print(s.SECRET_KEY); print(s.ALLOWED_HOSTS)"
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "GENAI_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    key, hosts = runs[0].splitlines()
    assert len(key) >= 50
    assert hosts == "['localhost', '127.0.0.1', '[::1]']"
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
