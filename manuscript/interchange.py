"""The reading as JSON, schema `manuscript/1`: the public interchange form that `docs/reading.md` describes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from manuscript.model import Manuscript, Person

SCHEMA = "manuscript/1"


def _name(person: Person) -> dict[str, str]:
    return {key: value for key, value in asdict(person).items() if value}


def as_json(manuscript: Manuscript) -> dict[str, Any]:
    """Plain dicts and lists, ready for `json.dumps`."""
    metadata = asdict(manuscript.metadata)
    metadata["authors"] = [_name(person) for person in manuscript.metadata.authors]
    metadata["contributors"] = [
        {"role": row.role, "name": _name(row.person)} for row in manuscript.metadata.contributors
    ]
    sections = []
    for section in manuscript.sections:
        row = asdict(section)
        row["person"] = _name(section.person) if section.person else None
        sections.append(row)
    targets = {f"section:{section.key}": index for index, section in enumerate(manuscript.sections)}
    figures = [{**asdict(figure), "number": _number(figure.number)} for figure in manuscript.figures]
    by_figure = {f"figure:{figure['key']}": figure["number"] for figure in figures}
    return {
        "schema": SCHEMA,
        "source": asdict(manuscript.source),
        "metadata": metadata,
        "lead": manuscript.lead,
        "sections": sections,
        "blocks": [asdict(block) for block in manuscript.blocks],
        "figures": figures,
        "tables": [asdict(table) for table in manuscript.tables],
        "footnotes": [asdict(note) for note in manuscript.footnotes],
        "joins": [asdict(join) for join in manuscript.joins],
        "references": [asdict(reference) for reference in manuscript.references],
        "citations": [asdict(citation) for citation in manuscript.citations],
        "cross_references": [
            {
                "line": row.line,
                "text": row.text,
                "target": targets.get(row.target or "", by_figure.get(row.target or "")),
                "link": row.target,
            }
            for row in manuscript.cross_references
        ],
        "discarded": [asdict(row) for row in manuscript.discarded],
        "findings": [asdict(finding) for finding in manuscript.findings],
    }


def _number(number: str | None) -> int | str | None:
    return int(number) if number is not None and number.isdigit() and number.isascii() else number
