"""Rate columns: columns of averages or rates without a word for it, known by totals that are not sums of the rows."""

from collections.abc import Iterable, Sequence
from itertools import permutations

from etl.layout.table import TotalRow
from etl.sums.column_totals import Sums

_TOTALS = 2  # minimum number of totals between their rows; 1 where the heading may name a rate (同比增长)
_ROWS = 4  # minimum number of rows in which a column is the quotient of two others
_MOST = 12  # maximum number of columns searched for quotients


def find_rates(totals: Sequence[TotalRow], sums: Sums) -> set[int]:
    """Return the columns of figures that don't add up: their totals lie between the rows, or are quotients like them.

    At least one other column has to add up, otherwise nothing can be concluded.
    """
    added = {c for c in sums.columns if all(_agreements(totals, c)) and _agreements(totals, c)}
    wrong = {c for c in sums.columns if _agreements(totals, c) and not any(_agreements(totals, c))}
    if not added or not wrong:
        return set()
    return {column for column in wrong if _between(totals, column, sums) or _divides(totals, column, added, sums)}


def _agreements(totals: Iterable[TotalRow], column: int) -> list[bool]:
    """Return for each total with a comparable figure in a column whether it agrees."""
    checks = (check for total in totals for check in total.checks if check.column == column and check.written)
    return [check.agrees for check in checks if check.agrees is not None]


def _between(totals: Sequence[TotalRow], column: int, sums: Sums) -> bool:
    """Return whether several totals each lie between the minimum and the maximum of the rows they cover."""
    held = 0
    for total in totals:
        written = sums.at(total.row.row, column)
        rows = [number for row in total.covers if (number := sums.at(row, column)) is not None]
        if written is None or len(rows) < 2:
            continue
        if not min(rows) <= written <= max(rows):
            return False
        held += 1
    return held >= (1 if column in sums.changes else _TOTALS)


def _divides(totals: Sequence[TotalRow], column: int, others: set[int], sums: Sums) -> bool:
    """Return whether a column is the quotient of two summable columns, plain or in percent, in the totals as well."""
    rows = sorted({row for total in totals for row in (total.row.row, *total.covers)})
    written = [row for row in rows if sums.at(row, column) is not None]
    if len(written) < _ROWS or len(others) > _MOST:
        return False
    pairs = permutations(sorted(others), 2)
    return any(
        all(_is_quotient(row, column, pair, times, sums) for row in written) for pair in pairs for times in (1, 100)
    )


def _is_quotient(row: int, column: int, pair: tuple[int, ...], times: int, sums: Sums) -> bool:
    written, above, below = (sums.at(row, c) for c in (column, *pair))
    if written is None or above is None or not below:
        return False
    return abs(written - times * above / below) <= 0.51 * 10.0 ** -sums.places(row, column)
