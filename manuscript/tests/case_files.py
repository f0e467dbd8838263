"""The case files: a title, what goes in, what must come out, and the findings, each ended by a line with a full
stop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from manuscript import Manuscript, read
from manuscript.export import markdown_body

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    step: str
    title: str
    source: str
    expected: str
    findings: str

    @property
    def name(self) -> str:
        return f"{self.step}: {self.title}"


def cases_of(path: Path) -> list[Case]:
    fields: list[str] = []
    rows: list[str] = []
    for row in path.read_text(encoding="utf-8").split("\n"):
        if row == ".":
            fields.append("\n".join(rows).strip("\n"))
            rows = []
        else:
            rows.append(row)
    assert not "".join(rows).strip(), f"{path.name} ends inside a case"
    assert len(fields) % 4 == 0, f"{path.name} has a case with a part missing"
    return [Case(path.stem, *fields[i : i + 4]) for i in range(0, len(fields), 4)]


def shown(manuscript: Manuscript) -> str:
    """What a case compares: what was learned about the work, then its body."""
    known = manuscript.metadata
    rows = [
        f"@{name}: {value}"
        for name, value in (
            ("title", known.title),
            ("subtitle", known.subtitle),
            ("kind", known.kind.value if known.kind.value != "article" else ""),
            ("date", known.date),
            ("authors", "; ".join(f"{p.given} {p.family}{p.literal}".strip() for p in known.authors)),
            (
                "contributors",
                "; ".join(
                    f"{row.role} {row.person.given} {row.person.family}{row.person.literal}".strip()
                    + (f" ({row.person.role})" if row.person.role else "")
                    + (f" [{row.person.organisation}]" if row.person.organisation else "")
                    for row in known.contributors
                ),
            ),
            ("abstract", "; ".join(known.abstract)),
            ("keywords", "; ".join(word for words in known.keywords.values() for word in words)),
            ("ai", known.ai_disclosure),
        )
        if value
    ]
    rows += [f"@figure {f.number}: {f.caption} ({f.credit}) {f.image}".rstrip() for f in manuscript.figures]
    rows += [f"@table {t.number}: {t.rows} x {t.columns}{', header' if t.header else ''}" for t in manuscript.tables]
    rows += [
        f"@reference {r.key}: {r.csl.get('title', '')} {r.csl.get('URL', '')}".rstrip() for r in manuscript.references
    ]
    return "\n".join([*rows, "", markdown_body(manuscript)]).strip("\n")


def found(manuscript: Manuscript) -> str:
    return "\n".join(f"{finding.code} {finding.line}" for finding in manuscript.findings)


def reading_of(case: Case) -> Manuscript:
    return read((case.source + "\n").encode(), name=case.title)
