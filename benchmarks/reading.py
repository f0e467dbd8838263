"""How long a reading takes, against pandoc reading and writing the same file, and how it grows.

    python benchmarks/reading.py FILE [--sizes 1 10 30]

Ratios of one run on one machine: `read / pandoc` should be at most 0.5, `30x / 1x` at most 33. Needs pypandoc_binary
(requirements-dev.txt).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

import pypandoc

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from manuscript import read
from manuscript.export import to_markdown

REPEATS = 3


def best(action: object) -> float:
    """Least of a few runs, in seconds of this process."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        action()  # type: ignore[operator]
        times.append(time.process_time() - start)
    return min(times)


def pandoc(text: bytes) -> float:
    """Seconds of processor that pandoc takes to read the text as Markdown and to write it as Markdown."""
    times = []
    for _ in range(REPEATS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [pypandoc.get_pandoc_path(), "--from=markdown", "--to=markdown"],
            input=text,
            capture_output=True,
            check=True,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 30])
    options = parser.parse_args()
    data = options.file.read_bytes()
    read(data, name="warm")
    manuscript = read(data, name=options.file.name)
    one = best(lambda: read(data, name=options.file.name))
    whole = best(lambda: to_markdown(read(data, name=options.file.name)))
    rival = pandoc(data)
    print(f"read               {one:7.2f} s   {len(data) / one / 1e6:6.2f} MB/s   {len(manuscript.sections)} sections")
    print(f"read and write     {whole:7.2f} s")
    print(f"pandoc             {rival:7.2f} s")
    print(f"read / pandoc      {one / rival:7.2f}     read and write / pandoc {whole / rival:.2f}")
    for size in options.sizes:
        start = time.process_time()
        big = read(data * size, name=options.file.name)
        taken = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:3}x               {taken:7.2f} s   {taken / one:6.1f} times 1x   {peak:5.0f} MB  "
            f" {big.source.format}"
        )
        del big


if __name__ == "__main__":
    main()
