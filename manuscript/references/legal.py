"""Laws, decrees and rulings, whose numbers and dates are their names.

before: Loi n° 2016-12 du 7 octobre 2016 pour une mer propre, JORF n° 235 du 8 octobre 2016.
after:  {"type": "legislation", "title": "Loi n° 2016-12 du 7 octobre 2016 pour une mer propre", "issued": ...}
"""

from __future__ import annotations

import re
from typing import Any

from manuscript.references import dates

_ACT = re.compile(
    r"^(?:Loi|Décret|Arrêté|Ordonnance|Circulaire|Directive|Règlement|Constitution|Code|Act|Regulation)\b"
    r"(?=[^.]{0,60}(?:\bn\s?[°o]|\bdu\s\d|\d{2,4}/\d+|\bart\.|\((?:UE|EU|CE|EC)\)))"
)
_RULING = re.compile(
    r"^(?:Cass\.|Cour de cassation\b|CE\b,|Conseil d['’][ÉE]tat,|CJUE\b|CJCE\b|CEDH\b"
    r"|CA\s[A-ZÀ-Þ]|TGI\s[A-ZÀ-Þ]|Cons\. const\.)"
)
_GAZETTE = re.compile(
    r",\s(?P<name>JORF|JOUE|JOCE|JO|OJ|Journal officiel[^,\d]{0,60}|Bull\.[^,\d]{0,30}|Rec\.[^,\d]{0,30})"
    r"(?P<rest>.*)$"
)


def read_legal(text: str) -> dict[str, Any] | None:
    """The item of a legal text, or None for any other. ``text`` has no markup."""
    act, ruling = _ACT.match(text), _RULING.match(text)
    if not act and not ruling:
        return None
    item: dict[str, Any] = {"type": "legislation" if act else "legal_case"}
    gazette = _GAZETTE.search(text)
    item["title"] = (text[: gazette.start()] if gazette else text).strip(" .,")
    if gazette:
        item["container-title"] = gazette["name"].strip()
        page = re.search(r"\bp\.\s?(\d{1,5})", gazette["rest"])
        if page:
            item["page"] = page[1]
    date = dates.FULL_DATE.search(item["title"]) or dates.FULL_DATE.search(text)
    if date:
        item["issued"] = dates.from_full(date).csl
    return item
