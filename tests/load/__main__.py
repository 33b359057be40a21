"""Thirty readers at once: `python -m tests.load [--sessions 30] [--seconds 60] [STORE]`.

Without a store, the sample county is written and loaded first. Ends with 1 when a session saw an error.
"""

import argparse
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from etl.intake import load_paths
from etl.sample import write_county
from tests.bench.pages import ninety_fifth
from tests.load.sessions import Load, put_under_load

_MOST_FAULTS = 5  # printed


def main() -> int:
    """Put the server under load and print what was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        load = put_under_load(asked.store or _sample(Path(folder)), asked.sessions, asked.seconds)
    _print(load)
    return 1 if load.faults else 0


def _sample(folder: Path) -> Path:
    write_county(folder / "county")
    load_paths([folder / "county"], folder / "store")
    return folder / "store"


def _print(load: Load) -> None:
    for name, times in (("filter_change", load.changes), ("page", load.turns)):
        print(f"{name}_count                {len(times)}")
        print(f"{name}_median_s             {median(times):.2f}")
        print(f"{name}_p95_s                {ninety_fifth(times):.2f}")
    print(f"errors                  {len(load.faults)}")
    for fault in load.faults[:_MOST_FAULTS]:
        print(f"  {fault}")
    for seconds, size in load.memory:
        print(f"server_memory_mib at {seconds:4.0f} s  {size:.0f}")
    print(f"growth_second_half_ratio  {load.growth:.2f}")


if __name__ == "__main__":
    sys.exit(main())
