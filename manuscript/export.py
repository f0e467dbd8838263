"""A manuscript back to Markdown: front matter and body, which read again give the same outline and bodies."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import yaml

from manuscript.model import Manuscript, Metadata, Person, Section

_ESCAPED = str.maketrans({c: "\\" + c for c in "\\*_`[]<>"})
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def markdown_body(manuscript: Manuscript) -> str:
    """The whole body with its headings."""
    parts = [manuscript.lead] if manuscript.lead else []
    for section in manuscript.sections:
        parts.append(heading(section))
        if section.body:
            parts.append(section.body)
    return "\n\n".join(parts) + "\n" if parts else ""


def heading(section: Section) -> str:
    """The heading line of a section, with its number and its note calls."""
    title = section.title.translate(_ESCAPED)
    printed = section.number or section.local_number
    number = f"{printed}." if printed else ""
    calls = "".join(f"[^{key}]" for key in section.note_calls)
    return f"{'#' * section.depth} {' '.join(part for part in (number, title) if part)}{calls}"


def to_markdown(manuscript: Manuscript) -> str:
    """Front matter and body; `read` knows it again by its `outline`."""
    head = yaml.dump(front_matter(manuscript), Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{head}---\n\n{markdown_body(manuscript)}"


def _person(person: Person) -> dict[str, str]:
    return {key: value for key, value in asdict(person).items() if value}


def front_matter(manuscript: Manuscript) -> dict[str, Any]:
    """What the front matter of the export holds, in its order; empty values are left out."""
    values = _metadata(manuscript.metadata)
    values["outline"] = [_row(section) for section in manuscript.sections]
    figures = [
        {key: value for key, value in asdict(figure).items() if value and key != "line"}
        for figure in manuscript.figures
    ]
    references = [{"key": row.key, "raw": row.raw, "csl": row.csl} for row in manuscript.references]
    if figures:
        values["figures"] = figures
    if references:
        values["references"] = references
    return values


def _row(section: Section) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": section.key,
        "number": section.number,
        "local": section.local_number,
        "kind": section.kind.value,
        "page": section.page,
        "language": section.language,
        "person": _person(section.person) if section.person else None,
        "ai": section.ai_disclosure,
    }
    return {key: value for key, value in row.items() if value}


def _ai(metadata: Metadata) -> dict[str, str] | str:
    fields = {**metadata.ai, "note": metadata.ai_disclosure} if metadata.ai else {}
    return {name: said for name, said in fields.items() if said} or metadata.ai_disclosure


def _metadata(metadata: Metadata) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "kind": metadata.kind.value,
        "language": metadata.language,
        "description": metadata.description,
        "date": metadata.date,
        "author": [_person(person) for person in metadata.authors],
        "contributors": [{"as": row.role, **_person(row.person)} for row in metadata.contributors],
        "institution": metadata.institution,
        "programme": metadata.programme,
        "tags": list(metadata.tags),
        "featured": metadata.featured,
        "image": metadata.hero_image,
        "imageAlt": metadata.hero_image_alt,
        "abstract": metadata.abstract,
        "keywords": {code: list(words) for code, words in metadata.keywords.items()},
        "biography": metadata.biography,
        "ai": _ai(metadata),
        **metadata.extra,
    }
    return {key: value for key, value in values.items() if value}
