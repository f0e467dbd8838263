"""BibTeX and BibLaTeX files, read by bibtexparser, as CSL items.

before: @article{roux, author={Roux, Anne and {Les Amis}}, title={Un {\\'e}t\\'e}, journal={Revue}, year=2020}
after:  {"id": "roux", "type": "article-journal", "author": [...], "title": "Un été", "container-title": "Revue", ...}
"""

from __future__ import annotations

import logging
import re
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]
from pylatexenc.latexwalker import LatexWalkerError  # type: ignore[import-untyped]

from manuscript.references.exchange.items import date_of, month_number, pages_of, text_item
from manuscript.references.markup import clean_url, tidy

TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "proceedings": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inreference": "entry-encyclopedia",
    "manual": "report",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "software": "software",
    "dataset": "dataset",
    "patent": "patent",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "movie": "motion_picture",
    "audio": "song",
    "periodical": "periodical",
}
"""BibTeX and BibLaTeX entry types; what is not here is a "document"."""

FIELDS = {
    "title": ("title",),
    "container-title": ("journal", "journaltitle", "booktitle"),
    "publisher": ("publisher", "school", "institution", "organization", "howpublished"),
    "publisher-place": ("address", "location"),
    "volume": ("volume",),
    "issue": ("issue",),
    "edition": ("edition",),
    "collection-title": ("series",),
    "chapter-number": ("chapter",),
    "genre": ("type",),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "note": ("note", "annotation"),
    "language": ("langid", "language"),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "number-of-pages": ("pagetotal",),
}
_THESES = {"mastersthesis": "mémoire de master", "phdthesis": "thèse de doctorat"}
_LANGUAGES = {"french": "fr", "francais": "fr", "français": "fr", "english": "en", "german": "de", "spanish": "es"}
_DECODER = LatexNodes2Text(math_mode="verbatim")


def read_bibtex(text: str) -> list[dict[str, Any]]:
    """The entries of a BibTeX file, in its order. An entry that cannot be parsed keeps its text as a title."""
    # The parser reports each bad block in the log; it is in the result as well.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text.replace("\x00", ""))
    items = [(entry.start_line or 0, _item(entry)) for entry in library.entries]
    for block in library.failed_blocks:
        if block.raw and block.raw.strip().startswith("@"):
            items.append((block.start_line or 0, text_item(block.raw, "BibTeX illisible")))
    return [item for _, item in sorted(items, key=lambda pair: pair[0])]


def decode(value: Any) -> str:
    """LaTeX as plain text: accents, braces, commands. What is no LaTeX is kept."""
    text = str(value)
    try:
        text = _DECODER.latex_to_text(text)
    except (LatexWalkerError, ValueError, IndexError, RecursionError):
        text = re.sub(r"[{}]", "", text)
    return tidy(text)


def _item(entry: Any) -> dict[str, Any]:
    fields = {key.lower(): str(field.value) for key, field in entry.fields_dict.items()}
    kind = entry.entry_type.lower()
    item: dict[str, Any] = {"type": TYPES.get(kind, "document"), "title": ""}
    if entry.key:
        item["id"] = entry.key
    for key, names in FIELDS.items():
        value = next((decode(fields[n]) for n in names if fields.get(n)), "")
        if value:
            item[key] = value
    subtitle = decode(fields.get("subtitle", ""))
    if subtitle:
        item["title"] = f"{item['title']} : {subtitle}" if item["title"] else subtitle
    for role in ("author", "editor", "translator"):
        people = _people(fields.get(role, ""))
        if people:
            item[role] = people
    issued = _issued(fields)
    if issued:
        item["issued"] = issued
    if fields.get("urldate") and (accessed := date_of(decode(fields["urldate"]))):
        item["accessed"] = accessed
    if fields.get("url"):
        item["URL"] = clean_url(fields["url"])
    if fields.get("pages"):
        item["page"] = pages_of(decode(fields["pages"]))
    if fields.get("number"):
        item["issue" if item["type"].startswith("article") else "number"] = decode(fields["number"])
    if kind in _THESES:
        item.setdefault("genre", _THESES[kind])
    if "language" in item:
        item["language"] = _LANGUAGES.get(item["language"].lower(), item["language"])
    if item["type"] == "document" and "URL" in item:
        item["type"] = "webpage"
    return item


def _people(value: str) -> list[dict[str, str]]:
    people = []
    for raw in split_multiple_persons_names(value) if value.strip() else []:
        if raw.strip().lower() == "others":
            continue
        if re.fullmatch(r"\{.*\}", raw.strip(), re.DOTALL):
            people.append({"literal": decode(raw)})
            continue
        try:
            parts = parse_single_name_into_parts(raw)
        except InvalidNameError:
            people.append({"literal": decode(raw)})
            continue
        family = decode(" ".join(parts.last)) or decode(raw)
        person = {"family": family} if parts.first or parts.von else {"literal": family}
        for key, words in (("given", parts.first), ("non-dropping-particle", parts.von), ("suffix", parts.jr)):
            if words:
                person[key] = decode(" ".join(words))
        people.append(person)
    return [p for p in people if any(p.values())]


def _issued(fields: dict[str, str]) -> dict[str, Any] | None:
    issued = date_of(decode(fields.get("date") or fields.get("year") or ""))
    month = month_number(fields.get("month", ""))
    parts = (issued or {}).get("date-parts")
    if issued and month and parts and len(parts) == 1 and len(parts[0]) == 1:
        issued = {"date-parts": [[parts[0][0], month]]}
    return issued
