"""The door: what the store may not hold is taken out of a file before it is kept."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from base.errors import UserError
from etl.guard import Refused
from etl.privacy import blank_name
from etl.read import reader
from etl.redraw.column_blanking import blank_columns
from stats.catalogue import Catalogue


@contextmanager
def without_persons(files: Sequence[Path], catalogue: Catalogue) -> Iterator[list[Path]]:
    """Yield the files as they are to be kept: those in which a declared layout finds persons as a copy without them.

    Raises UserError, and keeps nothing, when they can't be taken out of one.
    """
    if not any(layout.persons for layout in catalogue.layouts.values()):
        yield list(files)
        return
    with tempfile.TemporaryDirectory(prefix="mingshu-") as folder:
        yield [_as_kept(file, Path(folder) / f"{number}.xlsx", catalogue) for number, file in enumerate(files)]


def _as_kept(file: Path, copy: Path, catalogue: Catalogue) -> Path:
    try:
        blanked = reader().run(blank_columns, file, copy, catalogue.layers, catalogue.version)
    except (Refused, UserError) as refused:
        raise UserError(f"“{blank_name(file.name)}”：{refused}") from None
    return copy if blanked else file
