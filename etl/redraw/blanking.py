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
    """Put a copy without persons in the place of a kept original and return its sha256.

    It is a workbook, whatever the original was. One that can't be copied so is not kept at all: the copy says so.
    Done twice, it is a copy of the copy.
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
