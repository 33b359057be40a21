"""Figure questions: what files do to the figures that nobody would expect, asked about before they are in force."""

import duckdb

from etl.check.laid_over import ask_of_totals
from etl.compare.impossible_rates import impossible_rates, limits
from etl.load.kept_in_build import laid_over
from etl.load.sql_files import rows_of, run_file
from etl.model.finding import Finding
from stats.catalogue import Catalogue


def figure_questions(
    connection: duckdb.DuckDBPyConnection, files: dict[int, str], catalogue: Catalogue, known_until: int | None
) -> dict[int, list[Finding]]:
    """Return the findings, by submission, on a refreshed copy; `files` are the names of the submissions.

    They push a rate out of its range, or lay an organisation's own total over what is below it. `known_until` is the
    last quarter that was known before them.
    """
    asked = _impossible(connection, files, catalogue, known_until)
    for seq, findings in ask_of_totals(laid_over(connection, files), files, catalogue).items():
        asked[seq] = [*asked.get(seq, ()), *findings]
    return asked


def note_beyond(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, known_until: int) -> None:
    """Note which rates are out of their range before anything is written."""
    run_file(connection, "beyond.sql", **limits(catalogue))
    run_file(connection, "was_beyond.sql", known_until=known_until)


def _impossible(
    connection: duckdb.DuckDBPyConnection, files: dict[int, str], catalogue: Catalogue, known_until: int | None
) -> dict[int, list[Finding]]:
    run_file(connection, "beyond.sql", **limits(catalogue))
    if not connection.execute("select 1 from beyond limit 1").fetchall():
        return {}
    if known_until is None:
        run_file(connection, "was_beyond.sql", known_until=None)
    rows = rows_of(connection, "out_of_range.sql", submissions=list(files), known_until=known_until)
    return impossible_rates(rows, files, catalogue)
