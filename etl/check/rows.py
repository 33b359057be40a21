"""Check rows: are the numbers and dates of one row consistent? Rule by rule, which is fast for many rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from base.china_days import today
from base.month_spans import QUARTER, period_of
from etl.check.column_comparison import all_hold
from etl.check.finding_writer import FindingWriter
from etl.model.finding import Finding
from etl.model.nouns import Return, Row, day_of
from etl.model.observe import Observer
from etl.model.rules.wording import Values
from stats.catalogue.form_rules import RowCheck

_TIMES = ("date", "moment")
_CENT = 0.005
_BEGIN = datetime(1900, 1, 1)


def check_rows(filed: Return, observer: Observer, writer: FindingWriter) -> list[Finding]:
    """Return the findings on single rows, from the first row to the last."""
    numbered = [
        (row.row, _relation(check, row, filed, writer))
        for check in filed.form.checks
        for row in _broken_rows(check, filed)
    ]
    numbered += [(row.row, finding) for row, finding in _wrong_dates(filed, observer, writer)]
    return [finding for _, finding in sorted(numbered, key=lambda pair: pair[0])]


def _broken_rows(check: RowCheck, filed: Return) -> Iterator[Row]:
    """Yield the rows that break a check; a row with a missing number does not. Dates are compared as days."""
    exact = all(filed.form.column(code).type == "moment" for code in (check.left, check.right))
    left, right = (_ordinals(filed, code, exact) for code in (check.left, check.right))
    if check.times != 1:
        right = [None if side is None else side * check.times for side in right]
    for code, sign in [*((code, 1) for code in check.plus), *((code, -1) for code in check.minus)]:
        more = _ordinals(filed, code, exact)
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


def _ordinals(filed: Return, code: str, exact: bool) -> list[Any]:
    """Return the numbers of a column, dates as days; moments as seconds if `exact`, else by their day too."""
    column, kind = filed.column(code), filed.form.column(code).type
    if kind == "moment" and exact:
        return [_seconds(value) if isinstance(value, str) else None for value in column]
    if kind in _TIMES:
        return [day.toordinal() if (day := day_of(value)) else None for value in column]
    return column


def _seconds(moment: str) -> float:
    return (datetime.fromisoformat(moment) - _BEGIN).total_seconds()


def _relation(check: RowCheck, row: Row, filed: Return, writer: FindingWriter) -> Finding:
    codes = (check.left, check.right, *check.plus, *check.minus)
    right = writer.label(check.right) + (f"×{check.times:g}" if check.times != 1 else "")
    right += "".join(f"＋{writer.label(code)}" for code in check.plus)
    right += "".join(f"－{writer.label(code)}" for code in check.minus)
    is_time = filed.form.column(check.left).type in _TIMES
    return writer.at(
        row,
        check.left,
        "relation",
        "equal" if check.op == "=" else "in_order" if is_time else "at_most",
        severity=check.severity,
        row=writer.named(row),
        cells=writer.written(row, codes),
        left=writer.label(check.left),
        right=right,
    )


def _wrong_dates(filed: Return, observer: Observer, writer: FindingWriter) -> Iterator[tuple[Row, Finding]]:
    """Yield a finding on each date after the quarter; before it, only if the row counts for its quarter alone."""
    code, period = filed.form.date, filed.period
    begun = _begun(filed)
    if not code or not any(first != period for first in begun):
        return
    # A matter that is told again in each quarter in which it moves keeps the day on which it began.
    added = frozenset() if filed.form.repeats_keys else observer.rows_that_add_up(filed)
    whole = filed.layout.shown is not None and filed.layout.shown.whole
    last = max(period, period_of(today(), filed.form.months)) if whole else period
    for number, first in enumerate(begun):
        if first > last or (0 < first < period and number in added):
            yield _wrong_date(filed.row(number), code, first > last, filed.form.say(filed.period), writer)


def _begun(filed: Return) -> list[int]:
    """Return the period in which each row begins, numbered as the return's own."""
    if filed.form.months == QUARTER:
        return filed.firsts
    return [period_of(day, filed.form.months) if day else filed.period for day in filed.days]


def _wrong_date(row: Row, code: str, after: bool, quarter: str, writer: FindingWriter) -> tuple[Row, Finding]:
    values: Values = {"row": writer.named(row), "day": str(row.values.get(code)), "quarter": quarter}
    if after:
        return row, writer.at(row, code, "future_date", **values)
    return row, writer.at(row, code, "early_date", **values)
