"""Filing a target's split as a return, so that each part has a kept file behind it like any other number."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from etl.intake import load_paths
from etl.journal.outcomes import Outcome


def file_breakdown(store: Path, write: Callable[[Path], Path], who: str) -> Outcome:
    """Load the return that `write` writes into a folder; return its outcome, as for any file."""
    with tempfile.TemporaryDirectory(prefix="mingshu-") as folder:
        return load_paths([write(Path(folder))], store, who=who).outcomes[-1]
