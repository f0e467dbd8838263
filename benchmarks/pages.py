"""What each type of page weighs for a reader, and how many queries it costs.

    python -m benchmarks.pages [--source FILE]

For each page type: the words and the HTML, the style sheets and the scripts that it loads (kilobytes as sent with gzip,
in brackets when the site does not compress them itself), the requests of a first visit, pictures apart, and the queries
of a warm process. The samples are published in a temporary data folder; `--source` adds a document, whose longest page
is then the one that is measured.
"""

import argparse
import gzip
import os
import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
ELSEWHERE = re.compile(
    r'(?:<(?:img|script|iframe|source)[^>]* src|<link rel="(?:stylesheet|icon|preload)"[^>]* href)="https?://'
)
IMPORTED_SCRIPT = re.compile(r'(?:^|;)\s*(?:import|export)[^"\';]*["\']([^"\']+)["\']', re.MULTILINE)
IMPORTED_STYLE = re.compile(r'@import\s+(?:url\()?["\']([^"\']+)["\']')


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
        measure()


def measure() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from genai_site.tests.addresses import page_types

    client = Client(headers={"accept-encoding": "gzip"})
    print("page                      words   HTML kB   CSS kB    JS kB requests queries elsewhere")
    for name, address in page_types().items():
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(address)
        body = response.content
        sent = response.get("Content-Encoding") == "gzip"
        html = gzip.decompress(body).decode() if sent else body.decode()
        weight = f"{len(body) / 1000:.1f}" if sent else f"({len(gzip.compress(body, 6)) / 1000:.1f})"
        styles = with_imports(client, address, STYLE.findall(html), IMPORTED_STYLE)
        scripts = with_imports(client, address, SCRIPT.findall(html), IMPORTED_SCRIPT)
        words = len(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())
        print(
            f"{name:24} {words:6} {weight:>9} {sum(styles.values()) / 1000:8.1f} {sum(scripts.values()) / 1000:8.1f} "
            f"{1 + len(styles) + len(scripts):8} {len(queries):7} {len(ELSEWHERE.findall(html)):9}"
        )


def with_imports(client: object, address: str, found: list[str], imported: re.Pattern[str]) -> dict[str, int]:
    """The size sent of each file, of those that they import too."""
    sizes: dict[str, int] = {}
    waiting = [urljoin(address, link) for link in found]
    while waiting:
        link = urldefrag(waiting.pop())[0]
        if link in sizes or urlsplit(link).netloc:
            continue
        response = client.get(link)  # type: ignore[attr-defined]
        body = b"".join(response)
        sent = response.get("Content-Encoding") == "gzip"
        sizes[link] = len(body)
        text = (gzip.decompress(body) if sent else body).decode()
        waiting += [urljoin(link, other) for other in imported.findall(text)]
    return sizes


if __name__ == "__main__":
    main()
