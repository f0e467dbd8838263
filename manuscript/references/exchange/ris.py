"""RIS files, read by rispy, as CSL items.

before: TY  - JOUR / AU  - Roux, Anne / TI  - Un titre / T2  - Revue / PY  - 2020 / SP  - 1 / EP  - 9 / ER  -
after:  {"type": "article-journal", "author": [...], "title": "Un titre", "container-title": "Revue", "page": "1-9"}
"""

from __future__ import annotations

import re
from typing import Any

import rispy  # type: ignore[import-untyped]

from manuscript.references.exchange.items import date_of, name_of, pages_of
from manuscript.references.markup import clean_url, tidy

TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "ABST": "article-journal",
    "INPR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "ELEC": "webpage",
    "WEB": "webpage",
    "BLOG": "post-weblog",
    "VIDEO": "motion_picture",
    "MPCT": "motion_picture",
    "SOUND": "song",
    "DATA": "dataset",
    "COMP": "software",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "MAP": "map",
    "PAT": "patent",
    "UNPB": "manuscript",
    "MANSCPT": "manuscript",
    "PAMP": "pamphlet",
    "SLIDE": "speech",
    "HEAR": "hearing",
    "CASE": "legal_case",
    "STAT": "legislation",
}
"""RIS reference types; what is not here is a "document"."""

FIELDS = {
    "title": ("title", "primary_title", "translated_title"),
    "container-title": ("secondary_title", "alternate_title3", "journal_name", "alternate_title2", "alternate_title1"),
    "collection-title": ("tertiary_title",),
    "publisher": ("publisher",),
    "publisher-place": ("place_published",),
    "volume": ("volume",),
    "issue": ("number",),
    "edition": ("edition",),
    "genre": ("type_of_work",),
    "abstract": ("abstract", "notes_abstract"),
    "language": ("language",),
    "DOI": ("doi",),
    "id": ("id",),
}
ROLES = {
    "author": ("authors", "first_authors"),
    "editor": ("secondary_authors",),
    "translator": ("subsidiary_authors",),
}
_TAG = re.compile(r"^[A-Z][A-Z0-9] {1,2}-")


def read_ris(text: str) -> list[dict[str, Any]]:
    """The records of a RIS file. A record without its end is ended where the next begins."""
    return [_item(record) for record in rispy.loads(_orderly(text))]


def _orderly(text: str) -> str:
    """The text as rispy wants it: two blanks in each tag, lines that go on joined to their tag, each record ended."""
    lines: list[str] = []
    for raw in re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")):
        line = raw.strip(" \t")
        if _TAG.match(line):
            tag, _, value = line.partition("-")
            if tag.strip() == "TY":
                lines.append("ER  - ")
            lines.append(f"{tag.strip()}  - {value.strip()}")
        elif line and lines:
            lines[-1] = f"{lines[-1]} {line}"
    return "\n".join([*lines, "ER  - ", ""])


def _item(record: dict[str, Any]) -> dict[str, Any]:
    kind = TYPES.get(str(record.get("type_of_reference", "")).strip().upper(), "document")
    item: dict[str, Any] = {"type": kind, "title": ""}
    for key, names in FIELDS.items():
        value = next((tidy(str(record[n])) for n in names if record.get(n)), "")
        if value:
            item[key] = value
    for role, names in ROLES.items():
        people = [person for n in names for raw in record.get(n) or [] if (person := name_of(raw))]
        if people:
            item[role] = people
    for key, names in (("issued", ("year", "publication_year", "date")), ("accessed", ("access_date",))):
        fitting = [d for n in names if record.get(n) and (d := date_of(str(record[n]).strip("/ ")))]
        if fitting:
            # "PY" often has the year alone where "DA" has the day.
            item[key] = max(fitting, key=lambda d: len(d.get("date-parts", [[]])[0]))
    pages = "-".join(str(record[n]) for n in ("start_page", "end_page") if record.get(n))
    if pages:
        item["page"] = pages_of(pages)
    urls = record.get("urls") or []
    if urls:
        item["URL"] = clean_url(str(urls[0]))
    if record.get("issn"):
        item["ISBN" if kind in ("book", "chapter") else "ISSN"] = tidy(str(record["issn"]))
    keywords = [tidy(str(k)) for k in record.get("keywords") or [] if str(k).strip()]
    if keywords:
        item["keyword"] = ", ".join(keywords)
    notes = [tidy(str(n)) for n in record.get("notes") or [] if str(n).strip()]
    if notes:
        item["note"] = " ; ".join(notes)
    return item
