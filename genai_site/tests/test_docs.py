"""The documentation names every setting, command and option that exists, and none that does not."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

DOCS = settings.BASE_DIR / "docs"
VARIABLE = re.compile(r"\b(?:GENAI_[A-Z_]+|DATABASE_URL|CHROMIUM)\b")


def variables(*paths: Path) -> set[str]:
    return {name for path in paths for name in VARIABLE.findall(path.read_text())}


def test_every_setting_is_documented() -> None:
    code = variables(
        settings.BASE_DIR / "genai_site" / "settings.py",
        settings.BASE_DIR / "genai_site" / "tests" / "settings.py",
        settings.BASE_DIR / "genai_site" / "tests" / "browsing.py",
        settings.BASE_DIR / "conftest.py",
    )
    documented = variables(DOCS / "settings.md")
    assert code - documented == set(), "settings that docs/settings.md does not name"
    assert documented - code == set(), "settings of docs/settings.md that do not exist"


def test_no_page_speaks_of_a_setting_that_does_not_exist() -> None:
    known = variables(DOCS / "settings.md")
    for page in [*DOCS.glob("*.md"), settings.BASE_DIR / "README.md"]:
        if page.exists():
            assert variables(page) <= known, page


OURS = sorted(name for name, app in get_commands().items() if (settings.BASE_DIR / str(app) / "management").is_dir())
"""The commands of this project, not of Django and its packages."""


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_documented(name: str) -> None:
    page = (DOCS / "commands.md").read_text()
    row = next((line for line in page.splitlines() if line.startswith(f"| `{name}")), "")
    assert row, "docs/commands.md has no row for this command"
    app = get_commands()[name]
    command = load_command_class(str(app), name)
    parser = command.create_parser("manage.py", name)
    own = {
        option
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option not in STANDARD
    }
    documented = set(re.findall(r"--[a-z-]+", row)) - {"--help"}
    assert own == documented


STANDARD = {
    "--help",
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


def test_no_page_names_a_command_that_does_not_exist() -> None:
    known = set(get_commands())
    for page in [*DOCS.glob("*.md"), settings.BASE_DIR / "README.md"]:
        if page.exists():
            named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))
            assert named <= known, page


def test_every_script_is_documented() -> None:
    page = (DOCS / "commands.md").read_text()
    for script in ("setup", "server", "test"):
        assert f"`script/{script}" in page


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
        if ":" not in link:
            assert (page.parent / link).exists(), f"{page.name} links to {link}"
