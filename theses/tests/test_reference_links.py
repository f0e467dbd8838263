"""Following addresses: what they answer, and that none of them leads into the network of the site."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from theses.reference_links import NotFollowed, _ask, follow, is_public, resolve


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, str]] = []

    def answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers["Host"]))
        path = self.path.partition("?")[0]
        if path == "/seul-get" and self.command == "HEAD":
            self.send_response(405)
        elif path == "/private":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
        elif path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif path == "/loop":
            self.send_response(301)
            self.send_header("Location", "/loop")
        elif path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/ici")
        else:
            self.send_response({"/404": 404, "/410": 410, "/500": 500}.get(path, 200))
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Site.asked = []
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def here(port: int):  # type: ignore[no-untyped-def]
    """A resolver for which `example.org` is the site of the test, and everything else what it really is."""

    def resolver(host: str, asked: int) -> list[tuple[str, int]]:
        return [("127.0.0.1", port)] if host == "example.org" else resolve(host, asked)

    return resolver


@pytest.mark.parametrize(
    ("path", "state", "said"),
    [
        ("/ici", "alive", "200"),
        ("/seul-get", "alive", "200"),
        ("/404", "dead", "404"),
        ("/410", "dead", "410"),
        ("/500", "unsure", "500"),
        ("/moved", "alive", "200 → http://example.org/ici"),
        ("/loop", "unsure", "trop de redirections"),
        ("/private", "refused", "adresse d’un réseau privé"),
        ("/file", "refused", "seules les adresses http et https sont suivies"),
        ("/été?a=é b", "alive", "200"),
    ],
)
def test_what_an_address_answers(port: int, path: str, state: str, said: str) -> None:
    answer = follow(f"http://example.org{path}", here(port))
    assert (answer.state, answer.said) == (state, said)
    assert {host for _method, _path, host in Site.asked} == {"example.org"}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.8/",
        "http://192.168.1.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//example.org/",
        "http:///",
    ],
)
def test_what_is_never_followed(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def forbidden(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket, "create_connection", forbidden)
    assert follow(address).state in {"refused", "dead", "unsure"}
    with pytest.raises((NotFollowed, OSError, ValueError)):
        _ask(address, resolve, 1)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: rows)
    assert follow("http://example.org/").state == "refused"


@pytest.mark.parametrize("address", ["http://[", "http://exa mple.org/", "http://" + "a" * 300 + ".org/", ""])
def test_what_is_no_address_never_raises(address: str) -> None:
    assert follow(address).state != "alive"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fc00::1", False),
        ("nothing", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        answer = follow("http://example.org/", here(silent.getsockname()[1]), timeout=0.2)
    assert answer.state == "unsure"
