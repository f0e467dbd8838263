"""A published work as CSL-JSON fields, and as the files that reference managers read: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from publishing.rendering import fold

_CSL_TYPES = {"thesis": "thesis", "whitepaper": "report", "report": "report", "book": "book", "article": "webpage"}
_BIBTEX_TYPES = {
    "thesis": "phdthesis",
    "report": "techreport",
    "book": "book",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
}
_RIS_TYPES = {
    "thesis": "THES",
    "report": "RPRT",
    "book": "BOOK",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "chapter": "CHAP",
    "paper-conference": "CONF",
    "legislation": "STAT",
    "post-weblog": "BLOG",
    "motion_picture": "VIDEO",
}
_CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def work_csl(facts: Mapping[str, Any], *, address: str, site: str, edition: int = 0) -> dict[str, Any]:
    """The CSL fields of an edition, from its frozen facts; `address` is absolute, `site` the name of this one."""
    kind = str(facts.get("kind", "article"))
    subtitle = facts.get("subtitle")
    fields: dict[str, Any] = {
        "id": _key(facts),
        "type": _CSL_TYPES.get(kind, "webpage"),
        "title": ". ".join(part for part in (facts.get("title"), subtitle) if part),
        "author": [_person(person) for person in facts.get("authors", ())],
        "issued": _issued(str(facts.get("date") or "")),
        "genre": facts.get("programme")
        if kind == "thesis"
        else facts.get("kind_label")
        if kind == "whitepaper"
        else "",
        "publisher": facts.get("institution") or ("" if kind == "article" else site),
        "container-title": site if kind == "article" else "",
        "language": facts.get("language"),
        "DOI": facts.get("doi"),
        "ISBN": facts.get("isbn"),
        "URL": address,
        "edition": str(edition) if edition > 1 else "",
        "keyword": ", ".join(tag["name"] for tag in facts.get("tags", ())),
    }
    return {name: value for name, value in fields.items() if value}


def csl_json(csl: Mapping[str, Any]) -> str:
    return csl_json_list([csl])


def csl_json_list(items: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([dict(csl) for csl in items], ensure_ascii=False, indent=2) + "\n"


def bibtex(csl: Mapping[str, Any]) -> str:
    """A BibTeX entry in UTF-8; titles keep their capitals."""
    kind = _BIBTEX_TYPES.get(str(csl["type"]), "misc")
    year, month, _day = _date(csl)
    fields = {
        "author": " and ".join(_bibtex_name(person) for person in csl.get("author", ())),
        "title": "{" + _bibtex(csl.get("title", "")) + "}",
        "year": year,
        "month": month.lstrip("0"),
        {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher"): _bibtex(csl.get("publisher", "")),
        _CONTAINERS.get(kind, "howpublished"): _bibtex(csl.get("container-title", "")),
        "volume": _bibtex(csl.get("volume", "")),
        "number": _bibtex(csl.get("issue", "")),
        "pages": _bibtex(csl.get("page", "")).replace("-", "--"),
        "type": _bibtex(csl.get("genre", "")),
        "edition": csl.get("edition", ""),
        "keywords": _bibtex(csl.get("keyword", "")),
        "language": {"fr": "french", "en": "english"}.get(str(csl.get("language")), ""),
        "doi": csl.get("DOI", ""),
        "isbn": csl.get("ISBN", ""),
        "url": str(csl.get("URL", "")).replace("{", "%7B").replace("}", "%7D"),
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value and value != "{}")
    return f"@{kind}{{{csl['id']},\n{rows}}}\n"


def ris(csl: Mapping[str, Any]) -> str:
    year, month, day = _date(csl)
    rows = [("TY", _RIS_TYPES.get(str(csl["type"]), "ELEC"))]
    for person in csl.get("author", ()):
        rows.append(
            ("AU", person.get("literal") or ", ".join(filter(None, (person.get("family"), person.get("given")))))
        )
    rows += [
        ("TI", csl.get("title", "")),
        ("T2", csl.get("container-title", "")),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}" if month else ""),
        ("VL", csl.get("volume", "")),
        ("IS", csl.get("issue", "")),
        ("SP", str(csl.get("page", "")).partition("-")[0]),
        ("EP", str(csl.get("page", "")).partition("-")[2]),
        ("PB", csl.get("publisher", "")),
        ("M3", csl.get("genre", "")),
        ("ET", csl.get("edition", "")),
        ("LA", csl.get("language", "")),
        ("DO", csl.get("DOI", "")),
        ("SN", csl.get("ISBN", "")),
        ("UR", csl.get("URL", "")),
    ]
    rows += [("KW", word.strip()) for word in str(csl.get("keyword", "")).split(",")]
    # A field is one line: a line break in a title would begin another field.
    lines = [f"{tag}  - {' '.join(str(value).split())}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])


FORMATS = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
    "json": (csl_json, "application/vnd.citationstyles.csl+json"),
}
"""File ending to writer and media type."""


def _person(person: Mapping[str, Any]) -> dict[str, str]:
    if person.get("family"):
        return {"family": person["family"], **({"given": person["given"]} if person.get("given") else {})}
    return {"literal": person["name"]}


def _issued(date: str) -> dict[str, Any] | None:
    parts = [int(part) for part in date.split("-") if part.isdigit()]
    return {"date-parts": [parts]} if parts else None


def _date(csl: Mapping[str, Any]) -> tuple[str, str, str]:
    parts = (csl.get("issued") or {}).get("date-parts", [[]])[0]
    texts = [str(parts[0]), *(f"{int(part):02d}" for part in parts[1:3])] if parts else []
    year, month, day = [*texts, "", "", ""][:3]
    return year, month, day


def _key(facts: Mapping[str, Any]) -> str:
    """« dumas2025lire »: the first author, the year and the first word of the title that has four letters."""
    people = facts.get("authors") or [{}]
    name = people[0].get("family") or people[0].get("name", "")
    words = re.findall(r"[a-z]{4,}", fold(str(facts.get("title", ""))))
    parts = (name, str(facts.get("date") or "")[:4], words[0] if words else "")
    return "".join(re.sub(r"[^a-z0-9]", "", fold(part)) for part in parts) or "texte"


def _bibtex_name(person: Mapping[str, str]) -> str:
    if person.get("literal"):
        return "{" + _bibtex(person["literal"]) + "}"
    return ", ".join(_bibtex(person[part]) for part in ("family", "given") if person.get(part))


def _bibtex(text: object) -> str:
    return "".join(_BIBTEX_SPECIAL.get(character, character) for character in " ".join(str(text).split()))
