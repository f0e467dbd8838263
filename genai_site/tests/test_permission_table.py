"""Who may what: `permission_table.txt` against every address of the admin and of previews, role by role and method by
method. A new address without a line fails here, and so does a line without an address.

Those who are not let in are led to the log-in, or find nothing; members of the staff without the right get 403, or 404
or 405 where there is nothing for them. HEAD, PUT and DELETE get what GET gets, or 405, and do nothing, whoever asks.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from genai_site.tests.roles import ROLES, STAFF, Roles, written
from genai_site.tests.settings import POSTGRESQL
from genai_site.tests.walking import Address, every_address

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(POSTGRESQL, reason="who may what is asked of the same rows on every database: once is enough"),
]

LET_IN = {200, 204, 302, 400}
REFUSED: dict[bool, dict[str, set[int | str]]] = {
    True: {letter: {403, 404, 405} if letter in STAFF else {"login"} for letter in ROLES},
    False: {letter: {404} for letter in ROLES},
}
"""What those get who may not, by whether it is an address of the admin."""
NO_METHOD: dict[str, set[int | str]] = {letter: {405} if letter in STAFF else {405, "login"} for letter in ROLES}
QUERIES = {"admin/autocomplete/": "?app_label=theses&model_name=documentcontribution&field_name=author&term="}
PATHS = {
    "admin/((?P<url>.*)$)": "/admin/rien/",
    "admin/(^(?P<app_label>": "/admin/theses/",
}
"""Addresses that are written as regular expressions, by how those begin."""


@dataclass(frozen=True, slots=True)
class Line:
    route: str
    get: str
    post: str


def table() -> list[Line]:
    text = Path(__file__).with_name("permission_table.txt").read_text(encoding="utf-8")
    return [Line(*row.split()) for row in text.splitlines() if row.strip() and not row.startswith("#")]


TABLE = table()


def short(route: str) -> str:
    """How the table writes a route: without the list of apps, which changes."""
    return next((begin for begin in PATHS if route.startswith(begin)), route)


ADDRESSES = {
    short(address.route): address
    for address in every_address()
    if address.route.startswith("admin/") or "apercu" in address.route
}


def test_every_address_has_one_line_and_every_line_an_address() -> None:
    lines = [line.route for line in TABLE]
    assert sorted(lines) == sorted(set(lines)), "a route has two lines"
    assert set(ADDRESSES) - set(lines) == set(), "say in permission_table.txt who may open these"
    assert set(lines) - set(ADDRESSES) == set()


@pytest.fixture(scope="module")
def roles(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Roles]:
    """Accounts and rows, once for this module, in a transaction that is undone at its end."""
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined]
    logging.disable(logging.ERROR)
    with django_db_blocker.unblock(), undone:
        yield Roles()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("line", TABLE, ids=[line.route for line in TABLE])
def test_who_may(line: Line, roles: Roles) -> None:
    address = ADDRESSES[line.route]
    wrong = []
    for letter in ROLES:
        got, posted = (answer(roles, letter, method, address, line) for method in ("GET", "POST"))
        for method, said, may in (("GET", got, line.get), ("POST", posted, line.post)):
            if said not in expected(line, letter, may):
                wrong.append(f"{method} {line.route}, {ROLES[letter]}: {said}")
        if letter == "s":
            before = written()
            head, put, delete = (answer(roles, letter, method, address, line) for method in ("HEAD", "PUT", "DELETE"))
            if (
                not {head, put, delete} <= ({got, 403, 405} | (LET_IN if got in LET_IN else set()))
                or written() != before
            ):
                wrong.append(f"HEAD, PUT, DELETE {line.route}, {ROLES[letter]}: {head}, {put}, {delete}, not {got}")
    assert not wrong, "\n".join(wrong)


def expected(line: Line, letter: str, may: str) -> set[Any]:
    if may == "405":
        return NO_METHOD[letter]
    return LET_IN if letter in may else REFUSED[line.route.startswith("admin/")][letter]


def answer(roles: Roles, letter: str, method: str, address: Address, line: Line) -> int | str:
    """What a role gets; all that it did is undone. The page is written for the humblest whom it is for, alone."""
    first = next((each for each in STAFF if each in line.get), "")
    seen = method == "GET" and letter == first
    quick = nullcontext() if seen else patch("django.template.backends.django.Template.render", lambda *a, **k: "")
    with transaction.atomic(), quick:
        path = PATHS.get(line.route) or address.path(roles.values(address, letter)) + QUERIES.get(line.route, "")
        said = roles.ask(letter, method, path, roles.posted(line.route))
        transaction.set_rollback(True)
    return said


@pytest.mark.parametrize("name", ["articles/article", "theses/document"])
def test_what_was_never_published_is_deleted_by_those_who_publish(roles: Roles, name: str) -> None:
    """The works of the table are published, and those nobody deletes."""
    kind: Any = type(roles.article if name == "articles/article" else roles.document)
    draft = kind.objects.create(title="Un brouillon", slug="un-brouillon")
    said = {letter: roles.ask(letter, "GET", f"/admin/{name}/{draft.pk}/delete/", {}) for letter in STAFF}
    assert said == {"n": 403, "i": 403, "e": 403, "p": 200, "s": 200}
