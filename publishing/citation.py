"""References as readers see and take them: APA (7th edition) and ISO 690 (2021) from CSL fields, in French or English.

One small writer instead of a CSL processor: entries come from OCR and lack fields at random, and each part here is
written only where it is known. `publishing.citation_files` writes BibTeX, RIS and CSL-JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from publishing.rendering.inline import prose
from publishing.rendering.page import fold
from publishing.rendering.safety import clean_characters, outside_address

Csl = Mapping[str, Any]

_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_WORDS = {
    "fr": {
        "and": " et ",
        "undated": "s.\u00a0d.",
        "in": "Dans",
        "ed": "dir.",
        "eds": "dir.",
        "page": "p.\u00a0",
        "volume": "vol.\u00a0",
        "issue": "n°\u00a0",
        "online": "en ligne",
        "at": "Disponible à l’adresse\u00a0:",
        "thesis": "thèse",
        "report": "rapport",
        "motion_picture": "vidéo",
        "translator": "trad.",
        "edition": "éd.",
    },
    "en": {
        "and": " & ",
        "undated": "n.d.",
        "in": "In",
        "ed": "Ed.",
        "eds": "Eds.",
        "page": "pp.\u00a0",
        "volume": "vol.\u00a0",
        "issue": "no.\u00a0",
        "online": "online",
        "at": "Available at:",
        "thesis": "thesis",
        "report": "report",
        "motion_picture": "video",
        "translator": "Trans.",
        "edition": "ed.",
    },
}
_IN_PERIODICAL = {"article", "article-journal", "article-magazine", "article-newspaper", "post-weblog", "review"}
_IN_BOOK = {"chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary"}
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d+[a-z]?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SAID_OTHERWISE = frozenset(
    fold(
        " ".join(
            [*_MONTHS["fr"], *_MONTHS["en"], "janv févr avr juil sept jan feb mar apr jun jul aug sep oct nov dec"]
        )
        + " 1er and et in dans no date nd sd vol pp ed eds éd éds dir coord trad trans retrieved from accessed consulté"
        " le disponible sur à url doi org en ligne online available at n° num isbn"
    ).split()
)
"""What a printed entry says in other words than the style: months, « et », « consulté le »…"""
_ET_AL = "et al."
"""As `manuscript` notes it beside the authors that an entry names."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PARTICLES = frozenset({"de", "du", "des", "von", "van", "der", "den", "da", "di", "del", "della", "le", "la"})
_MANY = 20
"""Authors that APA lists; beyond, the first nineteen and the last."""


@dataclass(frozen=True, slots=True)
class FormattedReference:
    text: str
    html: str
    """`em` and links alone, escaped, with the typography of the language."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    italic: bool = False
    address: str = ""
    after: str = ". "
    """What stands between this part and the next one, where there is one."""
    language: str = ""


def format_reference(csl: Csl, language: str = "fr", raw: str = "") -> FormattedReference:
    """An entry in the APA style; `raw` as it is printed where the fields hold no title, or not all that it says."""
    printed = _without_marks(raw)
    if not _text(csl.get("title")) or (printed and _lost(printed, csl)):
        text = printed or _names(csl.get("author"), language) or _text(csl.get("id"))
        return FormattedReference(text, prose(text, language))
    return _assemble(_apa(csl, language), language)


def _lost(printed: str, csl: Csl) -> set[str]:
    """Words of a printed entry that its fields lack; then the fields are not to be trusted with it."""
    words = set(_WORD.findall(fold(_ADDRESS.sub(" ", printed))))
    known = set(_WORD.findall(fold(" ".join(_values(csl)))))
    return {word for word in words - known - _SAID_OTHERWISE if len(word) > 1 and not _YEAR.fullmatch(word)}


def _values(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _values(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in _values(part)]
    return [str(value)]


def cite(csl: Csl, style: str = "apa", language: str = "fr") -> FormattedReference:
    """How to cite a work: `style` is `apa` or `iso690`."""
    parts = {"apa": _apa, "iso690": _iso690}[style](csl, language)
    return _assemble(parts, language)


def _apa(csl: Csl, language: str) -> list[_Part]:
    words, kind = _wording(language), str(csl.get("type", ""))
    authors = _authors(csl, language)
    editors = _names(csl.get("editor"), language)
    title, container = _text(csl.get("title")), _text(csl.get("container-title"))
    own = str(csl.get("language") or "")
    date = f"({_date(csl, language)})"
    contained = bool(container) and kind in _IN_PERIODICAL | _IN_BOOK | {"webpage", "post", "broadcast", "interview"}
    details = _details(csl, kind, words)
    name = _Part(title, italic=not contained, language=own)
    parts = [_Part(authors, after=" "), _Part(date), name] if authors else [name, _Part(date)]
    if details:
        index = parts.index(name)
        parts[index] = _Part(title, not contained, after=" ", language=own)
        parts.insert(index + 1, _Part(f"({details})" if kind not in {"motion_picture"} else f"[{details}]"))
    if contained and kind in _IN_BOOK:
        who = f"{_names(csl.get('editor'), language, direct=True)} ({words['eds']}), " if editors else ""
        pages = _text(csl.get("page"))
        parts.append(_Part(f"{words['in']} {who}".rstrip() if who else words["in"], after=" "))
        parts.append(_Part(container, italic=True, after=" " if pages else ". "))
        parts.append(_Part(f"({words['page']}{pages})" if pages else ""))
    elif contained:
        rest = ", ".join(part for part in (_volume(csl, words), _text(csl.get("page"))) if part)
        parts.append(_Part(container, italic=True, after=", " if rest else ". "))
        parts.append(_Part(rest))
    elif container:
        parts.append(_Part(container))
    parts += [_Part(_publisher(csl, authors)), _note(csl)]
    return [*parts, *_address(csl)]


def _iso690(csl: Csl, language: str) -> list[_Part]:
    words, kind = _wording(language), str(csl.get("type", ""))
    authors = _authors(csl, language, upper=True)
    title, container = _text(csl.get("title")), _text(csl.get("container-title"))
    own = str(csl.get("language") or "")
    online = f"[{words['online']}]" if csl.get("URL") else ""
    date = _date(csl, language, iso=True)
    parts = [_Part(authors, after=", "), _Part(date)] if authors else []
    details = _details(csl, kind, words)
    if container:
        inside = [_Part(words["in"] + "\u00a0:", after=" ")] if kind in _IN_BOOK else []
        parts += [_Part(title, language=own), *inside]
        parts.append(_Part(container, italic=True, after=" " if online else ". " if csl.get("publisher") else ", "))
    else:
        parts.append(_Part(title, italic=True, after=" " if online else ". ", language=own))
    parts.append(_Part(online))
    if not authors:
        parts.append(_Part(date))
    parts += [_Part(details), _Part(_publisher(csl, ""))]
    volume = ", ".join(
        part
        for part in (
            _with(words["volume"], csl.get("volume")),
            _with(words["issue"], csl.get("issue")),
            _with(words["page"], csl.get("page")),
        )
        if part
    )
    parts += [_Part(volume), _note(csl)]
    address = _address(csl)
    if address:
        parts += [_Part(words["at"], after=" "), *address]
    return parts


def _assemble(parts: Sequence[_Part], language: str) -> FormattedReference:
    text: list[str] = []
    html: list[str] = []
    written = [part for part in parts if part.text]
    for index, part in enumerate(written):
        after = part.after if index + 1 < len(written) else "" if part.address else "."
        if after.startswith(".") and part.text.endswith((".", "?", "!", "…")):
            after = after[1:]
        text.append(part.text + after)
        shown = escape(part.text, quote=False) if part.address else prose(part.text, part.language or language)
        if part.italic:
            shown = f"<em>{shown}</em>"
        if part.language[:2] not in {"", language[:2]} and _LANGUAGE.fullmatch(part.language):
            shown = f'<span lang="{part.language}">{shown}</span>'
        if part.address:
            shown = f'<a href="{escape(part.address)}" rel="noopener noreferrer">{shown}</a>'
        html.append(shown + escape(after, quote=False))
    return FormattedReference("".join(text), "".join(html))


def _authors(csl: Csl, language: str, *, upper: bool = False) -> str:
    more = csl.get("note") == _ET_AL
    names = _names(csl.get("author"), language, upper=upper, more=more)
    return f"{names} {_ET_AL}" if names and more else names


def _names(people: Any, language: str, *, upper: bool = False, direct: bool = False, more: bool = False) -> str:
    """« Nom, P. », or « NOM, Prénom » in capitals for ISO 690, or « P. Nom » for the editors of a book.

    Where `more` people follow unnamed, no « et » announces the last one named.
    """
    people = people if isinstance(people, (list, tuple)) else ()
    names = [name for person in people if isinstance(person, Mapping) and (name := _name(person, upper, direct))]
    if len(names) > _MANY:
        names = [*names[: _MANY - 1], "…", names[-1]]
        return ", ".join(names).replace("…,", "…")
    if len(names) < 2 or more:
        return ", ".join(names)
    joint = _wording(language)["and"]
    if joint == " & ":
        joint = ", & "
    return ", ".join(names[:-1]) + (" et " if upper and language[:2] == "fr" else joint) + names[-1]


def _name(person: Mapping[str, Any], upper: bool, direct: bool) -> str:
    family = " ".join(_text(person.get(key)) for key in ("non-dropping-particle", "family") if person.get(key))
    given = _text(person.get("given"))
    if not family:
        return _text(person.get("literal")) or given
    if upper:
        return f"{family.upper()}, {given}" if given else family.upper()
    initials = _initials(given)
    if direct:
        return f"{initials} {family}".strip()
    return f"{family}, {initials}" if initials else family


def _initials(given: str) -> str:
    """« Jean-Pierre Marie » gives « J.-P. M. »; initials stay as they are, and so does the particle of « Jean de »."""
    return " ".join(
        word
        if word in _PARTICLES
        else "-".join(piece if piece.endswith(".") else f"{piece[0].upper()}." for piece in word.split("-") if piece)
        for word in given.split()
    )


def _date(csl: Csl, language: str, *, iso: bool = False) -> str:
    """« 2024b, 24 juillet » for APA; « 24 juillet 2024b » for ISO 690."""
    issued = csl.get("issued") or {}
    suffix = _text(csl.get("year-suffix"))
    parts = _date_parts(issued)
    if not parts:
        literal = _text(issued.get("literal")) if isinstance(issued, Mapping) else ""
        return literal or _wording(language)["undated"]
    numbers = [int(part) for part in parts if str(part).lstrip("-").isdigit()]
    if not numbers:
        return _wording(language)["undated"]
    year = f"{numbers[0]}{suffix}"
    if len(numbers) < 2 or not 1 <= numbers[1] <= 12:
        return year
    month = _MONTHS["en" if language[:2] == "en" else "fr"][numbers[1] - 1]
    day = str(numbers[2]) if len(numbers) > 2 else ""
    if language[:2] != "en" and day == "1":
        day = "1er"
    if language[:2] == "en" and not iso:
        return f"{year}, {month} {day}".strip()
    return f"{day} {month} {year}".strip() if iso else f"{year}, {day} {month}".replace(",  ", ", ")


def _date_parts(issued: Any) -> list[Any]:
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    return parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []


def _details(csl: Csl, kind: str, words: Mapping[str, str]) -> str:
    """What kind of document it is, and which edition of it."""
    named = _text(csl.get("genre")) or (words[kind] if kind in {"thesis", "report", "motion_picture"} else "")
    number = _text(csl.get("number")) if kind == "report" else ""
    edition = _text(csl.get("edition"))
    if edition.isdigit():
        edition = f"{edition}{'e' if words is _WORDS['fr'] else 'th'} {words['edition']}"
    return ", ".join(part for part in (named, number, edition) if part)


def _volume(csl: Csl, words: Mapping[str, str]) -> str:
    volume, issue = _text(csl.get("volume")), _text(csl.get("issue"))
    if volume and issue:
        return f"{volume}({issue})"
    return volume or _with(words["issue"], issue)


def _publisher(csl: Csl, authors: str) -> str:
    """The publisher, unless it is the author."""
    publisher = _text(csl.get("publisher"))
    place = _text(csl.get("publisher-place"))
    if publisher and publisher == authors:
        return place
    return "\u00a0: ".join(part for part in (place, publisher) if part)


def _address(csl: Csl) -> list[_Part]:
    doi = _text(csl.get("DOI"))
    address = outside_address(f"https://doi.org/{doi}" if doi else _text(csl.get("URL")))
    return [_Part(address, address=address)] if address else []


def _note(csl: Csl) -> _Part:
    note = _text(csl.get("note"))
    return _Part("" if note == _ET_AL else note)


def _with(label: str, value: Any) -> str:
    text = _text(value)
    return label + text if text else ""


def _text(value: Any) -> str:
    return " ".join(clean_characters(str(value)).split()) if value not in (None, "") else ""


def _wording(language: str) -> Mapping[str, str]:
    return _WORDS["en" if language[:2] == "en" else "fr"]


def _without_marks(raw: str) -> str:
    """A printed entry without the Markdown around its addresses and its emphasis."""
    raw = re.sub(r"\[([^\[\]]{1,2000})\]\(([^()\s]{1,2000})\)", lambda m: m[2], raw)
    raw = re.sub(r"<((?:https?|mailto):[^<>\s]{1,2000})>", r"\1", raw)
    raw = re.sub(r"\\([\\_*\[\]<>#&])", r"\1", raw)
    return _text(re.sub(r"(?<!\w)[*_]{1,3}(?=\S)(.{1,500}?)(?<=\S)[*_]{1,3}(?!\w)", r"\1", raw))
