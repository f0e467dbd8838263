"""Two imports at the same moment, in threads with connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from articles.models import Article
from imports.actions.import_source import Imported, import_source
from imports.models import SourceFile
from imports.tests.conftest import ARTICLE

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*sources: bytes) -> list[Imported]:
    start = Barrier(len(sources))
    results: list[Imported] = []
    failures: list[BaseException] = []

    def run(data: bytes) -> None:
        try:
            start.wait(timeout=20)
            results.append(import_source(data=data, name="fil.md", user=None))
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(data,)) for data in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    return results


def test_the_same_bytes_make_one_work(stored: Callable[[], list[str]]) -> None:
    results = at_once(*[ARTICLE.encode()] * 4)
    assert sorted(result.created for result in results) == [False, False, False, True]
    assert len({result.work.pk for result in results}) == 1
    assert Article.objects.count() == SourceFile.objects.count() == 1
    assert len(stored()) == 1


def test_the_same_title_makes_two_addresses(stored: Callable[[], list[str]]) -> None:
    results = at_once(*[f"{ARTICLE}\nVariante {number}.\n".encode() for number in range(3)])
    assert all(result.created for result in results)
    assert len(set(Article.objects.values_list("slug", flat=True))) == 3
    assert len(stored()) == 3
