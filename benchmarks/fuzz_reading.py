"""Coverage-guided fuzzing of `manuscript.read`: it must never raise, lose a word or take long.

    pip install atheris        # development only, not in the requirements: it has no wheel for every machine
    python benchmarks/fuzz_reading.py CORPUS_FOLDER -max_total_time=3600 -max_len=4096

The corpus folder is filled by the fuzzer; start it with copies of the sample documents cut to a few kilobytes. A find
becomes a case under `manuscript/tests/cases/`.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["manuscript"]):
    from manuscript import read, reading
    from manuscript.decoding import decode
    from manuscript.tests.ledger import accounted, words

reading.STRICT = True  # A fault in a step shows, instead of the reading going on without it.
LONGEST = 5.0
"""Seconds that a few kilobytes may take under the fuzzer, which slows everything by about ten."""


def one_input(data: bytes) -> None:
    started = time.perf_counter()
    manuscript = read(data, name="fuzz.md")
    taken = time.perf_counter() - started
    if taken > LONGEST:
        raise AssertionError(f"{len(data)} bytes took {taken:.1f} s")
    decoded = decode(data)
    if decoded.problem:
        return
    if manuscript.source.format not in {"markdown", "text"}:
        return
    before, after = words(decoded.text), accounted(manuscript)
    if before != after:
        raise AssertionError(f"words lost: {before - after}; words doubled: {after - before}")


def main() -> None:
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
