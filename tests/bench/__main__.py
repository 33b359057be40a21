"""Times the way from files to figures, screens and papers: `python -m tests.bench [--part PART]`, for PARTS see below.

It prints a table and writes bench.json: an object a part, each figure under a name that ends in its unit. Times are to
be compared within one run only; the ratios can be compared between machines.
"""

import argparse
import json
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PARTS = ("intake", "readings", "pages", "brief", "verify")
RESULT = Path("bench.json")


def main() -> None:
    """Run the parts asked for, print what was measured and write it down."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be repeated")
    wanted = parser.parse_args().part or list(PARTS)
    measured: dict[str, dict[str, Any]] = {}
    for part in wanted:
        with TemporaryDirectory() as folder:
            # Only now, for every process that is started imports this module, and is measured.
            measured[part] = getattr(import_module(f"tests.bench.{part}"), f"bench_{part}")(Path(folder))
        _print(part, measured[part])
    RESULT.write_text(json.dumps(measured, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _print(part: str, figures: dict[str, Any]) -> None:
    print(part)
    for name, figure in figures.items():
        rows = figure.items() if isinstance(figure, dict) else [("", figure)]
        for key, value in rows:
            print(f"  {' '.join(filter(None, (name, key))):<40}{value}")


if __name__ == "__main__":
    main()
