"""Headless Chromium for the browser tests, and what a page must never do while it is looked at."""

import os
import shutil
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# Chromium reaches this machine and nothing else, whatever a page asks for.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def executable() -> str | None:
    """The Chromium of this machine: `CHROMIUM`, or the one on the path."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


class Watch:
    """Notes what goes wrong in the pages of a test: errors of scripts, refusals of the content policy (which the
    console reports), answers in error, requests to another machine. A test that provokes one takes it with `forgive`.
    """

    def __init__(self, host: str) -> None:
        self.host = host
        self.problems: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"answer {response.status}: {response.url}")

    def forgive(self, text: str) -> None:
        """Take back the problems that contain this text; there must be one."""
        kept = [problem for problem in self.problems if text not in problem]
        assert len(kept) < len(self.problems), f"No problem contains {text!r}: {self.problems}"
        self.problems[:] = kept


def violations(page: Page, **options: Any) -> list[str]:
    """What axe finds on the page as it stands, a line for each place: rule, element, what is wrong."""
    # WCAG 2.2 asks for targets of 24 pixels; axe looks at them only where it is told to.
    options.setdefault("options", {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}})
    results = Axe().run(page, **options)
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']}: {node['failureSummary']}"
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]
