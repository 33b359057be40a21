"""An hour of mixed use in five minutes: `python -m tests.soak [--seconds 300] [STORE]`.

Readers, uploads and exports at once, without pauses worth the name. Prints what was done and what the server held;
ends with 1 when memory, open files or threads do not level off, or when anybody saw an error. The store is copied;
without one the sample county is written and loaded. Then an attacker's quarter of an hour, as much shorter, on a small
county: ends with 1 when anybody got what the table of roles does not grant.
"""

import argparse
import asyncio
import os
import shutil
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from etl.intake import load_paths
from etl.sample import write_county
from tests.access.conftest import make_county
from tests.lib.server import start
from tests.soak.attackers import Attacked
from tests.soak.attacks import attack
from tests.soak.growth import grows, growth
from tests.soak.mix import Hour, live

# A session that went is kept for those who come back: five minutes, which here stand for an hour.
_KEPT = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "20"}
_MOST_FAULTS = 5  # printed


def main() -> int:
    """Run the office and say whether the server levels off."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=300.0)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        hour = soak(_store(asked.store, Path(folder)), asked.seconds)
        attacked = besiege(Path(folder), asked.seconds / 4)
    return report(hour) | report_attack(attacked)


def soak(store: Path, seconds: float) -> Hour:
    """Serve a store and let the office work on it."""
    os.environ.update(_KEPT)
    with start(store) as (address, server):
        return asyncio.run(live(address, server, store, seconds))


def besiege(folder: Path, seconds: float) -> Attacked:
    """Serve a small county and let people of every role try what is not theirs."""
    store, seed = make_county(folder / "small"), Random().getrandbits(32)
    print(f"attack with the seed {seed}", flush=True)
    with start(store) as (address, _):
        return asyncio.run(attack(address, store, folder, seconds, seed))


def report_attack(attacked: Attacked) -> int:
    """Print what was tried and what should not have succeeded; return 0, or 1 when anything did."""
    for act, number in sorted(attacked.done.items()):
        print(f"{act:<40}{number}")
    for breach in attacked.breaches:
        print(f"got what is not granted: {breach}")
    return 1 if attacked.breaches or not attacked.done else 0


def report(hour: Hour) -> int:
    """Print what was done and seen; return 0, or 1 when something grows or went wrong."""
    for act, number in hour.done.items():
        print(f"{act:<24}{number}")
    for one in hour.samples[:: max(1, len(hour.samples) // 12)]:
        print(f"at {one.second:4.0f} s   {one.memory:7.0f} MiB   {one.handles:4} open files   {one.threads:4} threads")
    for name, value in growth(hour.samples).items():
        print(f"growth_{name:<17}{value:.2f}")
    for fault in hour.faults[:_MOST_FAULTS]:
        print(f"  {fault}")
    wrong = grows(hour.samples)
    for fault in wrong:
        print(f"does not level off: {fault}")
    idle = [
        act
        for act in ("pages", "filters", "files uploaded", "files taken in", "files taken away")
        if act not in hour.done
    ]
    print(f"errors                  {len(hour.faults)}")
    for act in idle:
        print(f"nobody came to: {act}")
    return 1 if wrong or idle or hour.faults else 0


def _store(given: Path | None, folder: Path) -> Path:
    store = folder / "store"
    if given:
        shutil.copytree(given, store)
    else:
        write_county(folder / "county")
        load_paths([folder / "county"], store)
    return store


if __name__ == "__main__":
    sys.exit(main())
