"""What the address of an entry says of its parts: the piece that names the site is the container.

before: Un titre - La Revue du Test  +  https://www.larevuedutest.fr/x
after:  title "Un titre", container "La Revue du Test"
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from manuscript.references.vocabulary import fold

_GENERIC_TEXT = """
www com org net fr en co uk eu info gouv edu ac blog blogs news web m html app io ai ca be ch de
"""
_GENERIC = frozenset(_GENERIC_TEXT.split())
_SMALL_TEXT = """
le la les l de du des d et the of and a an for en
"""
_SMALL = frozenset(_SMALL_TEXT.split())


def host_of(url: str) -> str:
    """The host of an address, without "www.", folded; an empty string for no address."""
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return fold(host).removeprefix("www.")


def names_site(text: str, url: str | None) -> bool:
    """Whether a short text is the name of the site at ``url``: its letters, or its initials, stand in the host."""
    if not url:
        return False
    host = host_of(url)
    labels = [label for label in host.split(".") if label not in _GENERIC]
    squeezed = re.sub(r"[^a-z0-9]", "", "".join(labels))
    text_squeezed = re.sub(r"[^a-z0-9]", "", fold(text))
    words: list[str] = re.findall(r"[a-z0-9]+", fold(text))
    if not squeezed or not text_squeezed:
        return False
    if re.sub(r"[^a-z0-9]", "", host) == text_squeezed or text_squeezed == squeezed:
        return True
    if len(text_squeezed) >= 4 and text_squeezed in squeezed:
        return True
    longest = max((re.sub(r"[^a-z0-9]", "", label) for label in labels), key=len, default="")
    if len(longest) >= 4 and longest in text_squeezed and len(words) <= 8 and 3 * len(longest) >= len(text_squeezed):
        return True
    if len(words) <= 4 and any(w in labels for w in words if len(w) >= 3):
        return True
    content = [w for w in words if w not in _SMALL and len(w) > 1]
    labels_short = [re.sub(r"[^a-z0-9]", "", label) for label in labels]
    if content and len(content) <= 6:
        hits = [w for w in content if len(w) >= 3 and any(w in label for label in labels_short)]
        if hits and 2 * len("".join(hits)) >= len("".join(content)):
            return True
    initials = "".join(w[0] for w in content)
    return len(initials) >= 3 and any(initials in label and len(label) <= len(initials) + 3 for label in labels_short)


_SUFFIX = re.compile(r"^(?P<title>.{3,400}?)\s(?P<mark>[|·»]|[-–—])\s(?P<site>[^|]{2,80})$")


def split_site(title: str, url: str | None) -> tuple[str, str]:
    """Split "Title - Site" where the last part names the site of the address; else the title and an empty string."""
    for mark in ("|", "·", "–", "—", "-"):
        head, found, tail = title.rpartition(f" {mark} ")
        if found and head and 1 <= len(tail.split()) <= 9 and names_site(tail, url):
            return head.strip(), tail.strip()
    # "Site - Title", as some pages name themselves.
    for mark in ("|", "-"):
        head, found, tail = title.partition(f" {mark} ")
        if found and len(tail.split()) > 3 and 1 <= len(head.split()) <= 4 and names_site(head, url):
            return tail.strip(), head.strip()
    return title, ""
