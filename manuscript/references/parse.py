"""One printed entry to one CSL-JSON item.

before: Roux, A. (2024a) 'Un essai,' Revue d'essai, 3 May. <https://exemple.org/essai>
after:  {"type": "article-magazine", "author": [...], "issued": {"date-parts": [[2024, 5, 3]]}, "year-suffix": "a", ...}

Fields are those of CSL 1.0.2 (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables).
"""

from __future__ import annotations

import re
from typing import Any

from manuscript.references import dates
from manuscript.references.body import read_body
from manuscript.references.fields import Fields, clean_title
from manuscript.references.head import Head, read_head
from manuscript.references.language import language_of
from manuscript.references.legal import read_legal
from manuscript.references.markup import HOLE, read_markup, strip_emphasis, tidy
from manuscript.references.sites import host_of, split_site
from manuscript.references.vocabulary import THESIS, fold, is_institution, is_journal, is_publisher

LONGEST = 6000
"""Characters. A longer text is no entry: it is kept as a title, unread, so that reading stays linear."""

_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com", "dailymotion.com", "ted.com")
_IBID = re.compile(r"^\W*(?:ibid(?:em)?|op\.?\s?cit|loc\.?\s?cit|art\.?\s?cit)\b", re.IGNORECASE)


def parse_reference(raw: str) -> dict[str, Any]:
    """Parse one entry. Never raises: what cannot be read is a "document" whose title is the text."""
    return read_entry(raw)[0]


def read_entry(raw: str, order: str = "") -> tuple[dict[str, Any], bool]:
    """Parse one entry of a list, and say whether a dash or "Id." stands for the people of the entry before it.

    ``order`` is the list's habit for names without a comma: "family" or "given" first, or "" where unknown.
    """
    printed = read_markup(raw[: LONGEST + 1])
    whole = strip_emphasis(printed.text).strip()
    if printed.urls and not re.search(r"\w", whole):
        return {"type": "webpage", "title": printed.urls[0], "URL": printed.urls[0]}, False
    if len(raw) > LONGEST or not re.search(r"\w", whole):
        return {"type": "document", "title": tidy(raw[:LONGEST])}, False
    url = printed.urls[0] if printed.urls else None
    legal = read_legal(whole)
    if legal:
        return {**legal, "language": language_of(legal["title"]) or "fr", **({"URL": url} if url else {})}, False
    text, accessed = dates.take_access(printed.text, "")
    text = re.sub(r"\s+", " ", text).strip()
    head = read_head(text, url, order)
    fields = read_body(head.rest, head.title, head.mark, head.date is not None, url)
    item = _item(head, fields, url)
    if not item.get("title"):
        _rescue_title(item, whole)
    if url:
        item["URL"] = url
    for key, value in (("DOI", printed.doi), ("ISBN", printed.isbn), ("ISSN", printed.issn)):
        if value:
            item[key] = value
    if accessed and accessed.parts:
        item["accessed"] = accessed.csl
    language = language_of(item.get("title", ""))
    if language:
        item["language"] = language
    item["type"] = type_of(item, whole)
    return {"type": item.pop("type"), **item}, head.same_author


def _item(head: Head, fields: Fields, url: str | None) -> dict[str, Any]:
    item: dict[str, Any] = {}
    if head.people:
        item["editor" if head.role == "editor" else head.role or "author"] = head.people
    found: list[tuple[dates.Date, bool]] = fields.pop("_dates", [])
    day = fields.pop("_day", "")
    date = _choose_date(head, found) or _bracketed_date(fields)
    if date is not None:
        if day:
            date = dates.with_day(date, day)
        item["issued"] = date.csl
        if date.original:
            item["original-date"] = {"date-parts": [[date.original]]}
        if date.suffix:
            item["year-suffix"] = date.suffix
    for key, value in fields.items():
        if isinstance(value, list) and isinstance(item.get(key), list):
            item[key] = item[key] + [person for person in value if person not in item[key]]
        else:
            item.setdefault(key, value)
    if head.et_al:
        item["note"] = "; ".join(x for x in (item.get("note"), "et al.") if x)
    title = item.get("title", "")
    title, site = split_site(title, url)
    named = [fold(p.get("literal", "")) for p in head.people]
    if (
        site
        and fold(title) not in named
        and not (title == item.get("title", "")[-len(title) :] and fold(site) in named)
    ):
        item["title"] = clean_title(title)
        item.setdefault("container-title", site)
    return item


def _choose_date(head: Head, found: list[tuple[dates.Date, bool]]) -> dates.Date | None:
    """The head's date, made more precise by the body's; else the fullest of the body's, the last of equals."""
    if head.date is not None:
        for date, _ in found:
            if head.date.parts and date.year == head.date.year and len(date.parts[0]) > len(head.date.parts[0]):
                return date._replace(suffix=head.date.suffix)
        if not head.date.parts and not head.date.suffix and found and found[-1][0].parts:
            return head.date
        return head.date
    dated = [d for d, _ in found if d.parts]
    if not dated:
        return found[0][0] if found else None
    imprint = [d for d in dated if d.imprint]
    if imprint:
        return imprint[-1]
    firm = [d for d, loose in found if d.parts and not loose]
    precise = [d for d in firm if len(d.parts[0]) > 1]
    single = [d for d in dated if len(d.parts) == 1]
    return precise[0] if precise else single[-1] if single else dated[-1]


def _bracketed_date(fields: Fields) -> dates.Date | None:
    """The date of "(Brest, May 15-18, 1992)" after the container, which is cut there; or one left in another field."""
    container = fields.get("container-title", "")
    match = re.search(rf"\s?\((?:[^()]{{2,80}}[,\s])?({dates.YEAR})\)", container)
    if match:
        fields["container-title"] = container[: match.start()].strip()
        full = dates.FULL_DATE.search(match[0])
        return dates.from_full(full) if full else dates.Date(((int(match[1]),),))
    for key in ("genre", "publisher", "note", "collection-title", "container-title"):
        year = dates.YEAR_ONLY.search(fields.get(key, "")) if isinstance(fields.get(key), str) else None
        if year and not year["e"]:
            return dates.from_year(year)
    return None


def _rescue_title(item: dict[str, Any], whole: str) -> None:
    """An entry without a title gets one: its container, or its whole text."""
    for key in ("container-title", "publisher", "note"):
        if isinstance(item.get(key), str) and len(item[key].split()) > 1:
            item["title"] = item.pop(key)
            return
    item["title"] = re.sub(rf"\s*{HOLE}\s*", " ", whole).strip()[:1000]


def type_of(item: dict[str, Any], whole: str) -> str:
    """The CSL type that the fields say. "document" where they say nothing."""
    url, container = item.get("URL"), item.get("container-title", "")
    genre = fold(item.get("genre", ""))
    if "director" in item:
        return "motion_picture"
    if THESIS.search(genre):
        return "thesis"
    if re.search(r"rapport|report|working paper|document de travail", genre):
        return "report"
    if re.search(r"communication|paper presented|conference|intervention|poster", genre):
        return "speech" if "publisher" not in item else "paper-conference"
    host = host_of(url or "")
    if host and any(host == h or host.endswith(f".{h}") for h in _VIDEO_HOSTS):
        return "motion_picture"
    journal = any(k in item for k in ("volume", "issue")) or ("page" in item and not item.get("publisher"))
    if container:
        if re.search(r"\b(?:encyclop[ée]die|encyclopedia|dictionnaire|dictionary)\b", container, re.IGNORECASE):
            return "entry-encyclopedia"
        if re.search(
            r"\b(?:proceedings|actes du|conference|congr[èe]s|symposium|colloque)\b", container, re.IGNORECASE
        ):
            return "paper-conference"
        if (
            "editor" in item
            or "container-author" in item
            or ("publisher" in item and "page" in item and not is_journal(container))
        ):
            return "chapter"
        if journal or item.get("DOI"):
            return "article-journal"
        if url:
            return "article-magazine" if len(item.get("issued", {}).get("date-parts", [[]])[0]) > 1 else "webpage"
        return "article-journal" if is_journal(container) else "article-magazine" if item.get("issued") else "chapter"
    if re.match(r"(?:rapport|report)\b", fold(item.get("title", ""))):
        return "report"
    if "page" in item and "publisher" not in item and "publisher-place" not in item:
        return "article"
    if item.get("ISBN") or item.get("publisher-place") or item.get("edition") or item.get("number-of-pages"):
        return "book"
    if item.get("publisher"):
        return "book" if is_publisher(item["publisher"]) or not is_institution(item["publisher"]) else "report"
    if url:
        return "webpage"
    return "book" if item.get("author") and item.get("issued") and not _IBID.match(whole) else "document"
