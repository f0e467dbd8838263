"""Nothing of a draft, of a withdrawn work, of its earlier editions or of a closed preview is at any public address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from genai_site.tests.hidden import HIDDEN, SECRET, STATES, Hidden
from genai_site.tests.walking import Address, every_address

pytestmark = pytest.mark.django_db

ASKED = {
    "recherche/": ["q=girafon", "q=girafon&nature=note", f"q=girafe&ouvrage={HIDDEN}-ouvrage-draft", "q=titre"],
    "recherche/suggestions/": ["q=girafon", "q=titre", "q=partie", "q=xyloq"],
    "recherche/mots/": ["q=girafon"],
    "signaler/": [
        f"adresse=/theses/{HIDDEN}-ouvrage-{state}/partie/&passage=partie" for state in STATES
    ] + [f"adresse=/articles/{HIDDEN}-article-{state}/" for state in STATES],
    "articles/<slug:slug>/passages/<slug:anchor>/": ["json"],
    "theses/<slug:slug>/passages/<slug:anchor>/": ["json", "json&page=partie"],
}  # fmt: skip
"""What is asked of an address beside what it is."""


def paths(hidden: Hidden) -> Iterator[tuple[Address, str]]:
    values = hidden.values()
    for address in every_address():
        if address.route.startswith("admin/"):
            continue
        assert not address.parameters or address.route in values, f"say what stands for the parameters of {address}"
        for row in values.get(address.route, [{}]):
            for query in ["", *ASKED.get(address.route, [])]:
                path = address.path(row) + (f"?{query}" if query else "")
                yield address, path
                if address.bilingual:
                    yield address, f"/en{path}"


@pytest.fixture
def hidden(settings: Any, tmp_path: Path) -> Hidden:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    return Hidden(tmp_path)


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{content.decode(errors='replace')}\n{headers}"


def test_nothing_hidden_is_anywhere(hidden: Hidden, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("genai_site.searching.A_MINUTE", 10_000)
    reader = Client()
    reader.force_login(User.objects.create_user("lea"))
    read_before = [path for _address, path in paths(hidden) if "-withdrawn/" in path]
    assert any(SECRET in body(client.get(path)) for path in read_before), "what was public was read, and could be kept"
    hidden.bring()
    leaks, answered = [], set()
    for address, path in paths(hidden):
        # Only these addresses look at who asks; an account that is not of the staff opens nothing there.
        looks = address.route.startswith("media/") or "apercu" in address.route
        for asking in (client, reader) if looks else (client,):
            response = asking.get(path)
            said = body(response)
            answered.add((address.route, response.status_code))
            if SECRET in said or (HIDDEN in said and HIDDEN not in path):
                where = said.find(SECRET) if SECRET in said else said.find(HIDDEN)
                leaks.append(f"{response.status_code} {path}: …{said[max(0, where - 90) : where + 40]}…")
            if HIDDEN in path and "?" not in path and response.status_code not in {301, 302, 404, 410}:
                leaks.append(f"{response.status_code} {path}")
    assert not leaks, "\n".join(leaks)
    # The walk reached what it was to reach: public works were shown all the while.
    for route in (
        "theses/<slug:slug>/<page:page>/",
        "articles/<slug:slug>/editions/<int:number>/",
        "recherche/",
        "flux/",
    ):
        assert (route, 200) in answered
    assert ("apercu/<slug:token>/", 410) in answered
    assert ("theses/<slug:slug>/integral/", 410) in answered
