"""Check rows: are the numbers and dates of one row consistent? Rule by rule, which is fast for many rows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from base.periods import say_quarter
from etl.check.column_comparison import all_hold
from etl.check.finding_writer import FindingWriter
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.observe import Observer
from etl.model.rules.wording import Values
from stats.catalogue.form_rules import RowCheck

_CENT = 0.005


def check_rows(filed: Return, observer: Observer, writer: FindingWriter) -> list[Finding]:
    """Return the findings on single rows, from the first row to the last."""
    numbered = [
        (row.row, _relation(check, row, writer)) for check in filed.form.checks for row in _broken_rows(check, filed)
    ]
    numbered += [(row.row, finding) for row, finding in _wrong_dates(filed, observer, writer)]
    return [finding for _, finding in sorted(numbered, key=lambda pair: pair[0])]


def _broken_rows(check: RowCheck, filed: Return) -> Iterator[Row]:
    """Yield the rows that break a check; a row with a missing number does not. Dates are compared as days."""
    left = _ordinals(filed, check.left)
    right = _ordinals(filed, check.right)
    if check.times != 1:
        right = [None if side is None else side * check.times for side in right]
    for code, sign in [*((code, 1) for code in check.plus), *((code, -1) for code in check.minus)]:
        more = _ordinals(filed, code)
        right = [None if None in pair else pair[0] + sign * pair[1] for pair in zip(right, more, strict=True)]
    if all_hold(left, check.op, right):
        return
    at_most = check.op == "<="
    for number, (first, second) in enumerate(zip(left, right, strict=True)):
        if first is None or second is None or (at_most and first <= second) or first == second:
            continue
        if first < 0 and second < 0:  # a row that reverses an earlier one
            first, second = -first, -second
        over, slack = first - second, _CENT + check.within * abs(second)
        if over > slack or (not at_most and over < -slack):
            yield filed.row(number)


def _ordinals(filed: Return, code: str) -> list[Any]:
    """Return the numbers of a column, dates as days; None where there is none."""
    column = filed.column(code)
    if filed.form.column(code).type != "date":
        return column
    return [day.toordinal() if isinstance(day, date) else None for day in column]


def _relation(check: RowCheck, row: Row, writer: FindingWriter) -> Finding:
    codes = (check.left, check.right, *check.plus, *check.minus)
    right = writer.label(check.right) + (f"×{check.times:g}" if check.times != 1 else "")
    right += "".join(f"＋{writer.label(code)}" for code in check.plus)
    right += "".join(f"－{writer.label(code)}" for code in check.minus)
    return writer.at(
        row,
        check.left,
        "relation",
        "at_most" if check.op == "<=" else "equal",
        severity=check.severity,
        row=writer.named(row),
        cells=writer.written(row, codes),
        left=writer.label(check.left),
        right=right,
    )


def _wrong_dates(filed: Return, observer: Observer, writer: FindingWriter) -> Iterator[tuple[Row, Finding]]:
    """Yield a finding on each date after the quarter; before it, only if the row counts for its quarter alone."""
    code, period = filed.form.date, filed.period
    if not code or not any(first != period for first in filed.firsts):
        return
    added = observer.rows_that_add_up(filed)
    for number, first in enumerate(filed.firsts):
        if first > period or (0 < first < period and number in added):
            yield _wrong_date(filed.row(number), code, first > period, say_quarter(period), writer)


def _wrong_date(row: Row, code: str, after: bool, quarter: str, writer: FindingWriter) -> tuple[Row, Finding]:
    values: Values = {"row": writer.named(row), "day": str(row.values.get(code)), "quarter": quarter}
    if after:
        return row, writer.at(row, code, "future_date", **values)
    return row, writer.at(row, code, "early_date", **values)
