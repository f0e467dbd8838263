"""The documentation names every setting, and no setting that does not exist."""

import re
from pathlib import Path

from django.conf import settings

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
