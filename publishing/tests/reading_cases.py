"""Case files: a title, the Markdown, its HTML, and the codes of the problems it tells, parted by lone points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    file: str
    title: str
    source: str
    html: str
    problems: list[str]

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"


def read_cases(path: Path) -> list[Case]:
    cases = []
    for block in path.read_text(encoding="utf-8").split("\n====\n"):
        title, source, html, codes = block.split("\n.\n")
        cases.append(Case(path.stem, title.strip(), source, html, codes.split()))
    return cases


def all_cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]
