"""Blanking: what is kept of a file that was sent back for personal data is a copy without them, in the same place."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from etl.guard import Refused
from etl.model.finding import Finding
from etl.model.rules import PERSONAL_DATA
from etl.read import reader
from etl.redraw.draw_answer import draw_blanked, draw_nothing_kept
from store.immutable_files import PART, hash_of

_SECONDS = 90


def holds_personal_data(findings: Iterable[Finding]) -> bool:
    """Return whether findings return a file because of personal data."""
    return any(finding.rule == PERSONAL_DATA and finding.severity == "return" for finding in findings)


def blank_original(path: Path) -> str:
    """Replace a kept original by a copy without personal data and return its sha256.

    The copy is a workbook whatever the original was. If the content can't be copied that way, the copy only says so. A
    second call copies the copy.
    """
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=PART, delete=False) as file:
        part = Path(file.name)
    try:
        reader().run(draw_blanked, path, part, seconds=_SECONDS)
    except Refused:
        draw_nothing_kept(part)
    with part.open("rb") as copy:
        os.fsync(copy.fileno())
    os.replace(part, path)
    return hash_of(path)
