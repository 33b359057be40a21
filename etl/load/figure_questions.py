"""Figure questions: what files do to the figures that nobody would expect, asked about before they are in force."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.check.laid_over import ask_of_totals
from etl.compare.impossible_rates import impossible_rates, limits
from etl.load.kept_in_build import laid_over
from etl.load.sql_files import rows_of, run_file
from etl.model.finding import Finding
from stats.catalogue import Catalogue


@dataclass(frozen=True)
class Beginning:
    """What a working copy began as: the build it was made from and the last quarter known there, None where nothing is.

    `folder` is where the copy lies, and all that it may reach.
    """

    build: Path | None
    known_until: int | None
    folder: Path


def figure_questions(
    connection: duckdb.DuckDBPyConnection, files: dict[int, str], catalogue: Catalogue, beginning: Beginning
) -> dict[int, list[Finding]]:
    """Return the findings, by submission, on a refreshed copy; `files` are the names of the submissions.

    They push a rate out of its range, or lay an organisation's own total over what is below it.
    """
    asked = _impossible(connection, files, catalogue, beginning)
    for seq, findings in ask_of_totals(laid_over(connection, files, catalogue), files, catalogue).items():
        asked[seq] = [*asked.get(seq, ()), *findings]
    return asked


def _impossible(
    connection: duckdb.DuckDBPyConnection, files: dict[int, str], catalogue: Catalogue, beginning: Beginning
) -> dict[int, list[Finding]]:
    if not _lies_beyond(connection, catalogue):
        return {}
    _note_beginning(connection, catalogue, beginning)
    rows = rows_of(connection, "out_of_range.sql", submissions=list(files), known_until=beginning.known_until)
    return impossible_rates(rows, files, catalogue)


def _lies_beyond(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> bool:
    run_file(connection, "beyond.sql", **limits(catalogue))
    return bool(connection.execute("select 1 from beyond limit 1").fetchall())


def _note_beginning(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, beginning: Beginning) -> None:
    """Note which rates were out of their range at the beginning; few loads need it, so it is asked of another copy."""
    if beginning.build and beginning.known_until is not None:
        copy = beginning.folder / "beginning.duckdb"
        shutil.copyfile(beginning.build, copy)
        run_file(connection, "attach_beginning.sql", path=str(copy))
        _lies_beyond(connection, catalogue)
        run_file(connection, "detach_beginning.sql")
        copy.unlink()
    run_file(connection, "was_beyond.sql", known_until=beginning.known_until)
    _lies_beyond(connection, catalogue)  # of the working copy, again
