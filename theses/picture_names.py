"""Which figure a picture is meant for, told by the name of its file.

before: "these-figure-3-usages.png" | "Fig. 12 – La chaîne.jpg" | "07.png" | "chaine.png", as the source names it
after:  figure 3                    | figure 12                 | figure 7 | the figure that asks for that image
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from theses.models import Figure

_NUMBER = r"(\d{1,4}(?:[._]\d{1,3})*[a-z]?)"
_NAMED = re.compile(
    rf"(?:^|[^a-z])(?:figures?|fig|illustrations?|ill|images?|img)[\s._-]*n?[°º]?[\s._-]*{_NUMBER}(?![\da-z])"
)
_BARE = re.compile(rf"^0*{_NUMBER}(?:[\s._–—-].*)?$")


def proposed_figure(name: str, figures: Iterable[Figure]) -> Figure | None:
    """The one figure that the name can mean; None where it means none of them, or more than one."""
    figures = list(figures)
    stem = _plain(PurePosixPath(name.replace("\\", "/")).name)
    asked = [f for f in figures if f.image_name and _plain(PurePosixPath(f.image_name).name) == stem]
    keyed = [f for f in figures if _plain(f.key) == stem]
    for found in (asked, keyed, _numbered(stem, figures)):
        if len(found) == 1:
            return found[0]
    return None


def _numbered(stem: str, figures: list[Figure]) -> list[Figure]:
    match = _NAMED.search(stem) or _BARE.match(stem)
    if match is None:
        return []
    number = _number(match[1])
    return [figure for figure in figures if figure.number and _number(figure.number) == number]


def _number(text: str) -> str:
    """« 03 » and « 3 » are one number, and so are « 2_1 » and « 2.1 »."""
    return ".".join(part.lstrip("0") or "0" for part in re.split(r"[._]", text.casefold()))


def _plain(name: str) -> str:
    """A name without its ending, its capitals and its accents."""
    name = re.sub(r"\.(?:png|jpe?g|webp|gif)$", "", name.strip(), flags=re.IGNORECASE)
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
