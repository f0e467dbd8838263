"""What every test of the house shares: its database, its real documents, its browser."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from genai_site.tests import postgresql
from genai_site.tests.settings import FOLDER, POSTGRESQL

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from playwright.sync_api import Browser, Page

    from genai_site.tests.browsing import Watch

ROOT = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("GENAI_SHARED") or ROOT.parent / "shared")
SEEDS = SHARED / "seeds"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}

# Examples are not timed: the suite runs on two cores that may be busy.
hypothesis_settings.register_profile(
    "suite", deadline=None, print_blob=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")

resources = contextlib.ExitStack()


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start PostgreSQL once for all processes, before pytest-xdist makes them."""
    if is_worker(session.config):
        return
    resources.callback(shutil.rmtree, FOLDER, ignore_errors=True)
    if POSTGRESQL and not session.config.option.collectonly:
        try:
            resources.enter_context(postgresql.running(FOLDER))
        except postgresql.Unavailable as error:
            pytest.exit(str(error), returncode=pytest.ExitCode.USAGE_ERROR)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        resources.close()


def pytest_report_header(config: pytest.Config) -> list[str]:
    seeds = str(SEEDS) if SEEDS.is_dir() else f"absent ({SEEDS}); tests marked seeds are skipped"
    return [f"database: {'PostgreSQL' if POSTGRESQL else 'SQLite'}", f"real documents: {seeds}"]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark the tests by what they ask for, before `-m` chooses among them; then settle which run, and in what order."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "seeds" in fixtures:
            item.add_marker("seeds")
        if "chromium" in fixtures:
            item.add_marker("browser")
        if item.get_closest_marker("seeds") and not SEEDS.is_dir():
            item.add_marker(pytest.mark.skip(reason=f"the real documents are not in {SEEDS} (GENAI_SHARED)"))
    yield
    # A browser keeps an event loop in its process, and the database of its tests is emptied: those come last.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if POSTGRESQL:
        touching = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not touches_database(item)])
        items[:] = touching


def touches_database(item: pytest.Item) -> bool:
    return bool(
        item.get_closest_marker("django_db")
        or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        or getattr(getattr(item, "cls", None), "databases", None)
    )


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """A page that was asked for in English leaves its language behind: no test finds that of another."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the real documents."""
    return SEEDS


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder around the real documents: seeds, gold, practice, tools. For tests marked `seeds`."""
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    from playwright.sync_api import Error, sync_playwright

    from genai_site.tests import browsing

    # Playwright keeps an event loop running in this thread, where Django then refuses its ordinary queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=browsing.executable(), args=browsing.ARGUMENTS)
        except Error as error:
            pytest.skip(f"no Chromium starts on this machine (apt-get install chromium): {str(error).splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def watch(live_server: Any) -> "Iterator[Watch]":
    """What went wrong in the browser; the test fails at its end where something did."""
    from genai_site.tests.browsing import Watch

    watch = Watch(urlsplit(live_server.url).netloc)
    yield watch
    assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def new_page(
    chromium: "Browser", live_server: Any, watch: "Watch", django_db_serialized_rollback: None
) -> "Iterator[Callable[..., Page]]":
    """A function that opens a page of its own: `new_page(width=390, colour="dark", java_script_enabled=False)`;
    further arguments are Playwright's for a context. Addresses are relative to the site: `page.goto("/articles/")`.
    """
    contexts = []

    def open_page(*, width: int = 1440, height: int = 900, colour: str = "light", **options: Any) -> "Page":
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme=colour,
            locale=options.pop("locale", "fr-FR"),
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        watch.follow(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: "Callable[..., Page]") -> "Page":
    """An ordinary page, 1440 pixels wide."""
    return new_page()


@pytest.fixture
def sign_in(live_server: Any, client: Any) -> "Callable[[Page, User], None]":
    """A function that gives a page the session of a user, without the login form."""

    def give(page: "Page", user: "User") -> None:
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    return give


@pytest.fixture
def samples(live_server: Any, transactional_db: None, django_db_serialized_rollback: None) -> None:
    """The sample documents, published, for the browser to read. Imported once; later tests get a copy of that base."""
    from django.core.management import call_command
    from django.db import connection

    connection.ensure_connection()
    copy = Path(connection.settings_dict["NAME"] + ".samples")
    if connection.vendor == "sqlite" and copy.exists():
        with contextlib.closing(sqlite3.connect(copy)) as source:
            source.backup(connection.connection)
        return
    call_command("import_samples", verbosity=0)
    if connection.vendor == "sqlite":
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)


@pytest.fixture
def axe() -> "Callable[[Page], None]":
    """A function that fails the test where axe finds a violation on the page."""
    from genai_site.tests.browsing import violations

    def check(page: "Page") -> None:
        found = violations(page)
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check
