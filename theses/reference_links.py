"""Follow an address that a bibliography gives, without ever reaching into the network that the site itself stands in.

Only `http` and `https` on their own ports, only to public addresses: the name is resolved once, what it resolves to is
judged, and the connection goes to that very address, so that a second answer of the name cannot lead elsewhere. Each
redirection is judged in the same way. Nothing of the answer is read but its status.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from django.utils.translation import gettext as _

from theses.models import LinkCheck

State = LinkCheck.State

TIMEOUT = 8.0
"""Seconds for each step: connecting, and waiting for the first line."""
MOST_REDIRECTIONS = 5
PORTS = {"http": 80, "https": 443}
AGENT = "Mozilla/5.0 (compatible; verification de liens bibliographiques)"
_GONE = {404, 410}
_NOT_FOR_HEAD = {400, 403, 404, 405, 501}

Resolver = Callable[[str, int], list[tuple[str, int]]]
"""Host and port to the addresses, and their ports, that it stands for."""


@dataclass(frozen=True, slots=True)
class Answer:
    state: str
    said: str = ""


class NotFollowed(Exception):
    """An address that leads where the site does not go."""


def resolve(host: str, port: int) -> list[tuple[str, int]]:
    """Raises NotFollowed where any of the addresses is not public: one that is would not make the others safe."""
    found = [(str(row[4][0]), port) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address, _port in found:
        if not is_public(address):
            raise NotFollowed(_("adresse d’un réseau privé"))
    return found


def is_public(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        # Addresses of the fourth version in the clothes of the sixth, and the tunnels to them.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not is_public(str(inner)):
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def follow(address: str, resolver: Resolver = resolve, timeout: float = TIMEOUT) -> Answer:
    """What a reader who followed this address would meet. Never raises."""
    first = address
    try:
        for _step in range(MOST_REDIRECTIONS + 1):
            status, location = _ask(address, resolver, timeout)
            if status in (301, 302, 303, 307, 308) and location:
                address = urljoin(address, location)
                continue
            return _judged(status, address if address != first else "")
    except NotFollowed as refusal:
        return Answer(State.REFUSED, str(refusal)[:300])
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        if isinstance(error, socket.gaierror):
            return Answer(State.DEAD, _("ce nom de site n’existe pas"))
        if isinstance(error, TimeoutError):
            return Answer(State.UNSURE, _("pas de réponse dans le temps imparti"))
        return Answer(State.UNSURE, type(error).__name__)
    return Answer(State.UNSURE, _("trop de redirections"))


def _judged(status: int, moved: str) -> Answer:
    said = f"{status}" + (f" → {moved}" if moved else "")
    if status < 300:
        return Answer(State.ALIVE, said[:300])
    return Answer(State.DEAD if status in _GONE else State.UNSURE, said[:300])


def _ask(address: str, resolver: Resolver, timeout: float) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise NotFollowed(_("seules les adresses http et https sont suivies"))
    port = PORTS[parts.scheme]
    if (parts.port or port) != port:
        raise NotFollowed(_("adresse d’un port inhabituel"))
    host = parts.hostname.encode("idna").decode("ascii")
    place = resolver(host, port)[0]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?[]')}" if parts.query else ""
    )
    status, location = _request("HEAD", parts.scheme, host, place, path, timeout)
    if status in _NOT_FOR_HEAD:
        # Some servers know GET alone.
        status, location = _request("GET", parts.scheme, host, place, path, timeout)
    return status, location


def _request(method: str, scheme: str, host: str, place: tuple[str, int], path: str, timeout: float) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, timeout=timeout)
    try:
        plain = socket.create_connection(place, timeout=timeout)
        connection.sock = plain
        if scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        connection.request(method, path, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()
