"""A target broken down: filed as a return of its own, so that each part has a kept file behind it like any other."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from etl.intake import load_paths
from etl.outcomes import Outcome


def file_breakdown(store: Path, write: Callable[[Path], Path], who: str) -> Outcome:
    """Take in the return that `write` writes into a folder; return what became of it, as of any file sent in."""
    with tempfile.TemporaryDirectory(prefix="mingshu-") as folder:
        return load_paths([write(Path(folder))], store, who=who).outcomes[-1]
