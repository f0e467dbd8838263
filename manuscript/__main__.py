"""`python -m manuscript FILE --json` prints a reading; `--references FILE --json` reads references alone."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from manuscript.export import to_markdown
from manuscript.interchange import as_json
from manuscript.reading import read


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m manuscript", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print the structured reading")
    parser.add_argument("--references", action="store_true", help="the file holds references alone")
    parser.add_argument("--without", action="append", default=[], metavar="STEP", help="switch a step off")
    options = parser.parse_args(arguments)
    try:
        data = options.file.read_bytes()
    except OSError as error:
        print(f"{options.file} : {error.strerror}", file=sys.stderr)
        return 2
    if options.references:
        from manuscript.references import references_as_json

        print(json.dumps(references_as_json(data), ensure_ascii=False, indent=1))
        return 0
    manuscript = read(data, name=options.file.name, without=frozenset(options.without))
    if options.json:
        print(json.dumps(as_json(manuscript), ensure_ascii=False, indent=1))
    else:
        print(to_markdown(manuscript), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
