"""A snapshot of a store in use: a copy of the journal and the build that matches it.

Nothing is locked. The journal is copied as of one moment; then we check that the current build matches that copy. If a
load was published in between, both are taken again.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from base.errors import UserError
from etl.backup.manifest import JOURNAL
from etl.journal import ACCEPTED, Entry, read_entries
from etl.load.contents import submissions_in
from store.builds import REBUILD, current_build
from store.engine import copy_journal

_TRIES = 20
_PAUSE = 0.5  # seconds


@dataclass(frozen=True)
class Snapshot:
    """The receipts in the copied journal, and the build that was current then (None: none)."""

    entries: Sequence[Entry]
    current: Path | None


def take_snapshot(store: Path, folder: Path) -> Snapshot:
    """Copy the journal into a folder and return the snapshot. Raises UserError when journal and build do not agree."""
    for _ in range(_TRIES):
        copy_journal(store / JOURNAL, folder / JOURNAL)
        taken = Snapshot(read_entries(folder), current_build(store))
        if agree(taken):
            return taken
        time.sleep(_PAUSE)  # a load came between; it moves CURRENT and the journal within moments
    raise UserError("数据和日志对不上，没有备份。请先重建数据，再备份。", REBUILD)


def agree(snapshot: Snapshot) -> bool:
    """Return whether a build holds exactly the receipts that the journal calls accepted.

    Receipts of an unfinished load may be in the build or not: the next start settles it.
    """
    inside = submissions_in(snapshot.current) if snapshot.current and snapshot.current.is_file() else set()
    settled = [entry for entry in snapshot.entries if entry.what is not None and entry.intent is None]
    known = {entry.seq for entry in snapshot.entries}
    return inside <= known and all((entry.what == ACCEPTED) == (entry.seq in inside) for entry in settled)
