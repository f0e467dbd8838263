"""How much the reading of a thesis owes to each kind of evidence: its figures when one kind is taken away.

    python benchmarks/robustness.py [--shared ../shared]

Reads the annotated thesis of GENAI_SHARED four times (as it is; without its printed contents; with every heading at
one `#`; with no `#` at all, the lines kept as paragraphs) and prints the figures of `score_reading.py` side by side.
Lines are emptied or changed in place, never removed, so that the annotation's line numbers hold.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from manuscript import read  # noqa: E402 (the script runs from any folder)
from manuscript.interchange import as_json  # noqa: E402


def without_contents(lines: list[str], gold: dict) -> list[str]:
    printed = [row["line"] for row in gold["toc"] + gold["toc_interviews"]]
    return [
        "" if number in printed or ("....." in line and min(printed) <= number <= max(printed)) else line
        for number, line in enumerate(lines, 1)
    ]


def variants(text: str, gold: dict) -> dict[str, str]:
    lines = text.split("\n")
    return {
        "as it is": text,
        "no contents": "\n".join(without_contents(lines, gold)),
        "one #": "\n".join(re.sub(r"^#{1,6} ", "# ", line) for line in lines),
        "no #": "\n".join(re.sub(r"^#{1,6} ", "", line) for line in lines),
    }


def score(reading: dict, shared: Path) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(reading, file)
        file.flush()
        printed = subprocess.run(
            [sys.executable, shared / "tools" / "score_reading.py", file.name],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return {name: float(value) for name, value in (line.split() for line in printed.splitlines() if line.strip())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("GENAI_SHARED", ROOT.parent / "shared")))
    shared: Path = parser.parse_args().shared
    gold_file = shared / "gold" / "thesis-structure.json"
    if not gold_file.exists():
        print(f"The annotated thesis is not there: {gold_file} is missing. Name its folder with --shared.")
        return 1
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    text = (shared / "seeds" / gold["source"]["file"]).read_text(encoding="utf-8")
    columns = {
        name: score(as_json(read(variant.encode(), name=gold["source"]["file"])), shared)
        for name, variant in variants(text, gold).items()
    }
    print(f"{'':26}" + "".join(f"{name:>14}" for name in columns))
    for figure in columns["as it is"]:
        print(f"{figure:26}" + "".join(f"{column[figure]:14.4f}" for column in columns.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
