"""Read the YAML block that opens many Markdown files, under whatever names people give its keys.

---
pubDate: "Mars 2019"             ->  date "2019-03"
author: "LM, Ingénieure IA"      ->  a person with a role
---
"""

from __future__ import annotations

import datetime
import re
from typing import Any

import yaml

from manuscript.ai_header import read_ai
from manuscript.dates import read_date
from manuscript.draft import Draft, Piece
from manuscript.model import Contributor, DocumentKind, Person
from manuscript.names import read_people

LONGEST = 4 * 1024 * 1024
"""Characters of front matter; that of our own export holds a bibliography."""

KINDS: dict[str, DocumentKind] = {
    "article": DocumentKind.ARTICLE,
    "post": DocumentKind.ARTICLE,
    "thesis": DocumentKind.THESIS,
    "these": DocumentKind.THESIS,
    "thèse": DocumentKind.THESIS,
    "memoire": DocumentKind.THESIS,
    "mémoire": DocumentKind.THESIS,
    "whitepaper": DocumentKind.WHITEPAPER,
    "livre blanc": DocumentKind.WHITEPAPER,
    "report": DocumentKind.REPORT,
    "rapport": DocumentKind.REPORT,
    "book": DocumentKind.BOOK,
    "livre": DocumentKind.BOOK,
}

ALIASES: dict[str, tuple[str, ...]] = {
    "title": ("title", "titre"),
    "subtitle": ("subtitle", "soustitre", "sous-titre", "sous_titre"),
    "description": ("description", "excerpt", "chapo", "summary", "resume", "résumé"),
    "date": (
        "pubdate",
        "date",
        "published",
        "publishedat",
        "published_at",
        "publishdate",
        "publish_date",
        "datepublished",
        "date_publication",
        "publication",
    ),
    "language": ("language", "lang", "langue"),
    "hero_image": ("heroimage", "hero_image", "image", "cover", "coverimage", "cover_image", "couverture"),
    "hero_image_alt": ("heroimagealt", "hero_image_alt", "imagealt", "image_alt", "coveralt", "alt"),
    "tags": ("tags", "tag", "categories", "category", "étiquettes", "etiquettes"),
    "keywords": ("keywords", "mots-clés", "mots_cles", "motscles"),
    "featured": ("featured", "pinned", "epingle", "épinglé", "à la une"),
    "authors": ("author", "authors", "auteur", "auteurs", "auteure", "auteures", "by"),
    "contributors": ("contributors", "contributeurs"),
    "kind": ("kind", "type", "genre"),
    "institution": ("institution", "université", "universite", "school", "école", "ecole"),
    "programme": ("programme", "program", "formation", "diplôme", "diplome"),
    "ai_disclosure": ("ai_disclosure", "aidisclosure", "ai", "ia"),
    "abstract": ("abstract", "abstracts"),
    "biography": ("biography", "bio", "biographie"),
}
_FIELD_OF = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
HOUSE = ("outline", "figures", "references")
"""Keys of our own export, which `manuscript.house` reads."""
_FENCE = re.compile(r"---[ \t]*$")
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[\w-]+[ \t]*(?:$|[\],}\n])", re.MULTILINE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"[ \t]*[\w\"'-][^\n:]{0,80}:(?:\s|$)")


def front_matter(draft: Draft) -> int:
    """Take the block off the top; give the index of the line behind it, 0 where there is none."""
    lines = draft.lines
    first = next((i for i, line in enumerate(lines[:20]) if line.strip()), None)
    if first is None or not _FENCE.match(lines[first]):
        return 0
    last, size = None, 0
    for index in range(first + 1, len(lines)):
        if re.match(r"(?:---|\.\.\.)[ \t]*$", lines[index]):
            last = index
            break
        size += len(lines[index]) + 1
        if size > LONGEST:
            break
    if last is None or not any(_KEY.match(line) for line in lines[first + 1 : last]):
        return 0
    text = "\n".join(lines[first + 1 : last])
    try:
        # An alias makes a small file huge; nobody writes one in a manuscript.
        values = _by_hand(lines[first + 1 : last]) if _has_alias(text) else yaml.load(text, Loader=_LOADER)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        values = _by_hand(lines[first + 1 : last])
        line = getattr(getattr(error, "problem_mark", None), "line", -1)
        draft.doubt(
            "front-matter-broken",
            first + 2 + max(line, 0),
            "L’en-tête YAML n’est pas valide ; ses lignes « clé : valeur » ont été lues une à une.",
        )
    if not isinstance(values, dict) or not values:
        return 0
    _fill(draft, values, first + 1)
    parts = [(i + 1, lines[i]) for i in range(first, last + 1)]
    draft.pieces.append(Piece("metadata", "", parts))
    return last + 1


def _has_alias(text: str) -> bool:
    return _ALIAS.search(text) is not None and any(
        isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_LOADER)
    )


def _by_hand(lines: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for line in lines:
        match = re.match(r"([\w-]{1,40})[ \t]*:[ \t]*(.*)$", line)
        if match and match[2].strip():
            values[match[1]] = match[2].strip().strip("\"'")
    return values


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item).strip() for item in value)
    return str(value).strip()


def _words(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, (list, tuple)) else re.split(r"[,;]", _text(value))
    return tuple(dict.fromkeys(word for word in (_text(item) for item in items) if word))


def _person(value: Any) -> list[Person]:
    if isinstance(value, dict):
        fields = {key: _text(value.get(key)) for key in ("family", "given", "literal", "role", "organisation")}
        if any(fields.values()):
            return [Person(**fields)]
        name = _text(value.get("name") or value.get("nom"))
        people = read_people(name) if name else []
        role, organisation = _text(value.get("title")), _text(value.get("affiliation"))
        return [Person(p.family, p.given, p.literal, p.role or role, p.organisation or organisation) for p in people]
    return read_people(_text(value))


def _people(value: Any) -> tuple[Person, ...]:
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(person for item in items for person in _person(item))


def _by_language(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {"": value}


def _fill(draft: Draft, values: dict[Any, Any], line: int) -> None:
    known = draft.metadata
    extra: dict[str, str] = {}
    for raw_key, value in values.items():
        key = _text(raw_key)
        name = _FIELD_OF.get(key.casefold())
        if value is None:
            continue
        if name is None or (name in known and name != "tags"):
            if key in HOUSE and isinstance(value, list):
                draft.house = draft.house or key == "outline"
                draft.house_rows[key] = value
            else:
                extra[key] = _text(value)
        elif name == "authors":
            known[name] = _people(value)
        elif name == "contributors":
            rows = value if isinstance(value, list) else []
            known[name] = tuple(
                Contributor(_text(row.get("as") or row.get("function")) or "contributor", person)
                for row in rows
                if isinstance(row, dict)
                for person in _person(row)
            )
        elif name == "tags":
            known[name] = _words(value)
        elif name == "keywords":
            known[name] = {str(code): _words(words) for code, words in _by_language(value).items()}
        elif name == "abstract":
            known[name] = {str(code): _text(words) for code, words in _by_language(value).items()}
        elif name == "ai_disclosure":
            said = read_ai(value, _text)
            if said is None:
                extra[key] = _text(value)
            else:
                sentence = said.pop("note", "")
                known["ai"] = {**said, **known.get("ai", {})}
                if sentence:
                    known[name] = sentence
        elif name == "featured":
            known[name] = value is True or _text(value).casefold() in ("true", "yes", "oui", "1")
        elif name == "kind":
            kind = KINDS.get(_text(value).casefold())
            if kind is None:
                extra[key] = _text(value)
            else:
                known[name] = kind
        elif name == "date":
            date = read_date(_text(value))
            if date:
                known[name] = date
            else:
                extra[key] = _text(value)
                draft.doubt(
                    "date-unclear",
                    line,
                    f"La date « {_text(value)[:60]} » n’a pas été comprise ; elle reste à préciser.",
                )
        else:
            known[name] = _text(value)
    if extra:
        known["extra"] = extra
