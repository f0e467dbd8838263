"""What each type of page weighs for a reader, and how many queries it costs.

    python -m benchmarks.pages [--source FILE]

For each page type: the words and the HTML, the style sheets and the scripts that it loads (kilobytes as sent with
gzip), the requests of a first visit, pictures apart, the queries of a warm process, and what it loads from other sites.
Ends with an error where a page exceeds the budgets. The samples are published in a temporary data folder; `--source`
adds a document, whose heaviest and longest pages are then the ones that are measured.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin, urlsplit

if TYPE_CHECKING:
    from django.test import Client

STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
ELSEWHERE = re.compile(
    r'(?:<(?:img|script|iframe|source)[^>]* src|<link rel="(?:stylesheet|icon|preload)"[^>]* href)="(?:https?:)?//'
)
IMPORTED_SCRIPT = re.compile(r'(?:^|;)\s*(?:import|export)[^"\';]*["\']([^"\']+)["\']', re.MULTILINE)
IMPORTED_STYLE = re.compile(r'@import\s+(?:url\()?["\']([^"\']+)["\']')

CSS, JS, REQUESTS = 14_000, 10_000, 5
"""Budgets of a page: bytes as sent, and requests without pictures."""
HTML, LONG = 40_000, 5_000
"""A page of `LONG` words may have `HTML` bytes as sent, a shorter one no more, a longer one in proportion."""


@dataclass(frozen=True)
class Weight:
    """Sizes in bytes as sent with gzip."""

    words: int
    html: int
    css: int
    js: int
    requests: int
    elsewhere: int
    queries: int

    def over(self) -> list[str]:
        """The budgets that the page exceeds."""
        most = HTML * max(1.0, self.words / LONG)
        found = {
            "HTML": self.html > most,
            "CSS": self.css > CSS,
            "JS": self.js > JS,
            "requests": self.requests > REQUESTS,
            "elsewhere": self.elsewhere > 0,
        }
        return [name for name, exceeded in found.items() if exceeded]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, help="a document to import and publish beside the samples")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="genai-pages-") as folder:
        os.environ["GENAI_DATA"] = folder
        os.environ["GENAI_ALLOWED_HOSTS"] = "testserver"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genai_site.settings")
        import django

        django.setup()
        from django.core.management import call_command

        sys.stderr.write("preparing…\n")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("import_samples", verbosity=0)
        if arguments.source:
            call_command("import_documents", str(arguments.source), "--publish", verbosity=0)
        sys.exit(measure())


def measure() -> int:
    """Prints a line for each page; returns how many are too heavy."""
    from genai_site.tests.addresses import page_types, pages_of, work

    longest = max(pages_of(work()), key=lambda page: len(re.sub(r"<[^>]+>", " ", page.html).split()))
    heavy = 0
    print("page                      words   HTML kB   CSS kB    JS kB requests queries elsewhere")
    for name, address in {**page_types(), "longest page": f"{work().get_absolute_url()}{longest.slug}/"}.items():
        weight = weigh(address)
        over = weight.over()
        heavy += bool(over)
        print(
            f"{name:24} {weight.words:6} {weight.html / 1000:9.1f} {weight.css / 1000:8.1f} {weight.js / 1000:8.1f} "
            f"{weight.requests:8} {weight.queries:7} {weight.elsewhere:9}{'  over: ' if over else ''}{', '.join(over)}"
        )
    print(f"budgets: HTML {HTML / 1000:.0f} for {LONG} words, CSS {CSS / 1000:.0f}, JS {JS / 1000:.0f}, ", end="")
    print(f"{REQUESTS} requests, none elsewhere: {heavy} pages are over")
    return heavy


def weigh(address: str) -> Weight:
    """What a first visit to this page transfers. Needs a database with the page in it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"accept-encoding": "gzip"})
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    # Counted at once: each further request empties the log.
    queries = len(captured)
    size, html = transferred(response)
    styles = with_imports(client, address, STYLE.findall(html), IMPORTED_STYLE)
    scripts = with_imports(client, address, SCRIPT.findall(html), IMPORTED_SCRIPT)
    return Weight(
        words=len(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split()),
        html=size,
        css=sum(styles.values()),
        js=sum(scripts.values()),
        requests=1 + len(styles) + len(scripts),
        elsewhere=len(ELSEWHERE.findall(html)),
        queries=queries,
    )


def with_imports(client: Client, address: str, found: list[str], imported: re.Pattern[str]) -> dict[str, int]:
    """The size sent of each file, of those that they import too."""
    sizes: dict[str, int] = {}
    waiting = [urljoin(address, link) for link in found]
    while waiting:
        link = urldefrag(waiting.pop())[0]
        if link in sizes or urlsplit(link).netloc:
            continue
        sizes[link], text = transferred(client.get(link))
        waiting += [urljoin(link, other) for other in imported.findall(text)]
    return sizes


def transferred(response: Any) -> tuple[int, str]:
    """The bytes as sent and the text of an answer, which is compressed here where the site left that to its storage."""
    if response.status_code != 200:
        raise ValueError(f"{response.request['PATH_INFO']} answered {response.status_code}.")
    body = b"".join(response)
    if response.get("Content-Encoding") == "gzip":
        return len(body), gzip.decompress(body).decode()
    return len(gzip.compress(body, 9)), body.decode()


if __name__ == "__main__":
    main()
