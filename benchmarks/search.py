"""How fast the search answers, how large its index is, and how well plain PostgreSQL would have done.

    python -m benchmarks.search [--shared DIR] [--copies 200] [--database sqlite|postgresql]

Publishes documents in a temporary data folder (the samples, or the `seeds` of DIR), measures, then adds copies of the
longest one to the index, each with other words here and there, and measures again. On PostgreSQL the same sections are
also indexed by its own configuration for French, and asked the same. With DIR, which holds `gold` too, the judged
queries of `genai_site/tests` say how good the answers of both are. Without `--database`: one after the other.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from genai_site.tests.judging import Places
    from search.index import Entry, Work

COPIES = 200
OTHER_WORD, NEW_WORD = 0.12, 0.01
"""How many of the words of a copy are others of the same text, and how many are invented."""
ASKED = 200
ROUNDS = 3
SEED = 2025
FREQUENT = ("IA générative", "marketing", "entreprise", "les données", "intelligence artificielle", "outils IA")
SYLLABLES = ("ba", "cor", "di", "fal", "gen", "lu", "mir", "no", "pra", "ser", "ta", "vin")

_WORD = re.compile(r"[^\W\d_]{2,}")

PLAIN = """
    CREATE TABLE plain AS
    SELECT u.id, w.slug, u.title, u.passages->0->>0 AS anchor,
        (SELECT string_agg(p->>2, E'\n') FROM jsonb_array_elements(u.passages) p) AS body
    FROM search_indexedunit u JOIN search_indexedwork w ON w.id = u.work_id WHERE u.kind <> 'tag';
    ALTER TABLE plain ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('french', title), 'A') || setweight(to_tsvector('french', coalesce(body, '')), 'D')
    ) STORED;
    CREATE INDEX plain_words ON plain USING gin (words);
    ANALYZE plain;
"""
PLAIN_COUNT = "SELECT count(*) FROM plain, websearch_to_tsquery('french', %s) query WHERE words @@ query"
PLAIN_FIND = """
    SELECT slug, anchor, title, ts_headline('french', coalesce(body, ''), query) FROM (
        SELECT * FROM plain, websearch_to_tsquery('french', %s) query
        WHERE words @@ query ORDER BY ts_rank(words, query, 1) DESC, id LIMIT 30
    ) best
"""
PLAIN_ALL = """
    SELECT slug, anchor FROM plain, websearch_to_tsquery('french', %s) query
    WHERE words @@ query ORDER BY ts_rank(words, query, 1) DESC, id
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, metavar="DIR", help="a folder that holds `seeds` and `gold`")
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    arguments = parser.parse_args()
    if not arguments.database:
        for database in ("sqlite", "postgresql"):
            subprocess.run(
                [sys.executable, "-m", "benchmarks.search", *sys.argv[1:], "--database", database], check=True
            )
        return
    with tempfile.TemporaryDirectory(prefix="genai-search-") as folder, database_in(Path(folder), arguments.database):
        print(f"== {arguments.database}", flush=True)
        places = publish(arguments.shared)
        measure(places)
        if arguments.copies:
            add_copies(arguments.copies)
            measure(None)


@contextlib.contextmanager
def database_in(folder: Path, database: str) -> Iterator[None]:
    """Django with a new database of its own."""
    from genai_site.tests import postgresql

    os.environ["GENAI_DATA"] = str(folder / "data")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genai_site.settings")
    os.environ.pop("DATABASE_URL", None)
    with contextlib.ExitStack() as stack:
        if database == "postgresql":
            stack.enter_context(postgresql.running(folder))
            socket = quote(str(folder / "socket"), safe="")
            os.environ["DATABASE_URL"] = f"postgresql://postgres@{socket}/postgres"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        yield
        connection.close()


def publish(shared: Path | None) -> Places | None:
    """Publish what is measured first. The places of judged sections, where there are any."""
    import logging

    from django.core.management import call_command

    logging.disable(logging.INFO)
    if shared is None:
        call_command("import_samples", verbosity=0)
        return None
    from genai_site.tests.judging import Places
    from imports.actions.import_source import import_source
    from imports.publication import publish as make_public

    slugs = {}
    for path in sorted((shared / "seeds").iterdir()):
        work = import_source(data=path.read_bytes(), name=path.name, user=None).work
        make_public(work=work, user=None)
        slugs[work.slug] = path.name[:3]
    return Places(shared, slugs)


def add_copies(copies: int) -> None:
    from django.db import connection

    from search import index

    work, entries = longest()
    vocabulary = [word for entry in entries for passage in entry.passages for word in _WORD.findall(passage.text)]
    began = time.perf_counter()
    writing = 0.0
    for number in range(1, copies + 1):
        chance = random.Random(SEED + number)
        varied = [vary(entry, vocabulary, chance, number) for entry in entries]
        slug = f"{work.slug}-{number}"[-200:]
        started = time.perf_counter()
        index.replace(replace(work, key=f"copy:{number}", slug=slug, title=f"{work.title} ({number})"), varied)
        writing += time.perf_counter() - started
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number} copies")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    whole = time.perf_counter() - began
    passages = copies * sum(len(entry.passages) for entry in entries)
    print(f"{copies} copies, {passages} passages: written in {writing:.0f} s, {whole:.0f} s with making them up")


def longest() -> tuple[Work, list[Entry]]:
    """The largest work of the index, as it was given to it."""
    from django.db.models import Count

    from search.index import Entry, Passage, Work
    from search.models import IndexedWork

    row = IndexedWork.objects.annotate(size=Count("units")).order_by("-size")[0]
    work = Work(row.key, row.slug, row.kind, row.kind_label, row.title, row.href, language=row.language, year=row.year)
    entries = [
        Entry(
            kind=unit.kind,
            path=unit.path,
            passages=[Passage(*passage) for passage in unit.passages],
            title=unit.title,
            heading_path=unit.heading_path,
            language=unit.language,
        )
        for unit in row.units.all()
    ]
    return work, entries


def vary(entry: Entry, vocabulary: Sequence[str], chance: random.Random, number: int) -> Entry:
    """The entry with some words replaced by others, of the text or invented."""

    def other(match: re.Match[str]) -> str:
        draw = chance.random()
        if draw < NEW_WORD:
            return "".join(chance.choices(SYLLABLES, k=3)) + SYLLABLES[number % len(SYLLABLES)]
        return chance.choice(vocabulary) if draw < OTHER_WORD else match[0]

    passages = [replace(passage, text=_WORD.sub(other, passage.text)) for passage in entry.passages]
    return replace(entry, passages=passages)


def queries() -> list[str]:
    """Those that were judged, frequent words, pairs of words and misspelt ones, always the same."""
    from genai_site.tests.judging import judged
    from search.models import Word

    chance = random.Random(SEED)
    words = [word for word in Word.objects.order_by("folded").values_list("shown", flat=True) if len(word) > 3]
    asked = [*FREQUENT, *(row["query"] for row in judged()["queries"])]
    asked += [word[:2] + word[3:] for word in chance.sample(words, min(20, len(words)))]
    while len(asked) < ASKED:
        asked.append(" ".join(chance.choices(words, k=2)))
    return asked


def measure(places: Places | None) -> None:
    from django.db import connection

    from search.find import find
    from search.models import IndexedUnit, IndexedWork
    from search.results import parse
    from search.suggest import suggest

    print(f"-- {IndexedWork.objects.count()} works, {IndexedUnit.objects.count()} units")
    print(f"{'index':<28}{index_size()}")
    asked = queries()
    print(timing("find", lambda text: find(parse(text)), asked))
    print(timing("suggest", lambda text: suggest(text[:4]), asked))
    if places:
        from genai_site.tests.judging import answers

        print(quality("find", answers(places)))
    if connection.vendor == "postgresql":
        plain(asked, places)
    sys.stdout.flush()


def plain(asked: Sequence[str], places: Places | None) -> None:
    """PostgreSQL's own analysis of French on the same sections, with a count, a rank and a headline as we give them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS plain")
        began = time.perf_counter()
        cursor.execute(PLAIN)
        built = time.perf_counter() - began
        cursor.execute("SELECT pg_total_relation_size('plain'), pg_relation_size('plain_words')")
        table, words = cursor.fetchone()
        print(f"{'plain index':<28}{table / 1e6:.1f} MB, of which GIN {words / 1e6:.1f} MB; built in {built:.1f} s")

        def ask(text: str) -> None:
            cursor.execute(PLAIN_COUNT, [text])
            cursor.execute(PLAIN_FIND, [text])
            cursor.fetchall()

        print(timing("plain PostgreSQL, french", ask, asked))
        if places:

            def found(text: str) -> list[str]:
                cursor.execute(PLAIN_ALL, [text])
                return [places.section(slug, anchor or "") for slug, anchor in cursor.fetchall()]

            print(quality("plain PostgreSQL, french", found))


def timing(name: str, ask: Callable[[str], object], asked: Sequence[str]) -> str:
    """Milliseconds, of each query the least in three rounds over all: other work on the machine only adds to them."""
    taken = [min(times) for times in zip(*(_round(ask, asked) for _ in range(ROUNDS)), strict=True)]
    cuts = statistics.quantiles(taken, n=20)
    slowest = asked[taken.index(max(taken))]
    middle, most = statistics.median(taken), max(taken)
    return f"{name:<28}median {middle:.1f} ms, p95 {cuts[-1]:.1f} ms, most {most:.1f} ms ({slowest})"


def _round(ask: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    taken = []
    for text in asked:
        began = time.perf_counter()
        ask(text)
        taken.append(1000 * (time.perf_counter() - began))
    return taken


def quality(name: str, ask: Callable[[str], list[str]]) -> str:
    from genai_site.tests.judging import judged, mean
    from genai_site.tests.judging import measure as compare

    data = judged()
    recall, precision, reciprocal = mean([compare(row, ask(row["query"]), data["neutral"]) for row in data["queries"]])
    return f"{name:<28}recall {recall:.3f}, precision@10 {precision:.3f}, reciprocal rank {reciprocal:.3f}"


def index_size() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('search_indexedunit') + pg_total_relation_size('search_word'),"
                " pg_relation_size('search_words')"
            )
            table, words = cursor.fetchone()
            return f"{table / 1e6:.1f} MB with the texts, of which GIN {words / 1e6:.1f} MB"
        cursor.execute("SELECT sum(length(block)) FROM search_words_data")
        words = cursor.fetchone()[0] or 0
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return f"FTS5 {words / 1e6:.1f} MB; the whole database {pages * cursor.fetchone()[0] / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
