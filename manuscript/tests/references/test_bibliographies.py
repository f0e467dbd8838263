"""Bibliographies cut into entries, by the cases of ``cases/bibliographies.txt``.

A case is a title, the lines, and what they give: ``number first-last | raw`` for each entry, then ``left out`` lines.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from manuscript.references import split_entries


def read_cases():
    """The file as (title, source, expected): fields end at a line that holds a full stop alone."""
    fields, current = [], []
    for line in (Path(__file__).parent / "cases" / "bibliographies.txt").read_text(encoding="utf-8").splitlines():
        if line == ".":
            fields.append("\n".join(current))
            current = []
        else:
            current.append(line)
    return [(fields[i].strip(), fields[i + 1], fields[i + 2]) for i in range(0, len(fields) - 2, 3)]


CASES = read_cases()


@pytest.mark.parametrize(("source", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_bibliography(source, expected):
    entries, left_out = split_entries(list(enumerate(source.split("\n"), 1)))
    out = [f"{e.number} {e.first_line}-{e.last_line} | {e.raw}" for e in entries]
    if left_out:
        out.append("left out " + " ".join(map(str, left_out)))
    assert "\n".join(out) == expected


def test_every_case_is_read():
    assert len(CASES) == 16
