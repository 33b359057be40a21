"""Check rows: do the numbers and dates of one row fit each other? Rule by rule, so that many rows cost little."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from etl.findings import Finding
from etl.nouns import Return, Row
from etl.teller import Teller
from stats.catalogue_rules import RowCheck
from stats.periods import say_quarter

_CENT = 0.005


def check_rows(found: Return, adds_up: Callable[[Row], bool], teller: Teller) -> list[Finding]:
    """Return the findings on single rows, from the first row to the last."""
    told = [
        (row.row, _relation(check, row, teller)) for check in found.form.checks for row in _broken_rows(check, found)
    ]
    told += [(row.row, finding) for row, finding in _wrong_dates(found, adds_up, teller)]
    return [finding for _, finding in sorted(told, key=lambda pair: pair[0])]


def _broken_rows(check: RowCheck, found: Return) -> Iterator[Row]:
    """Yield the rows that break a check; one in which a number is missing does not. Dates compare as days."""
    left = _ordinals(found, check.left)
    right = [None if side is None else side * check.times for side in _ordinals(found, check.right)]
    for code, sign in [*((code, 1) for code in check.plus), *((code, -1) for code in check.minus)]:
        more = _ordinals(found, code)
        right = [None if None in pair else pair[0] + sign * pair[1] for pair in zip(right, more, strict=True)]
    at_most = check.op == "<="
    for row, one, other in zip(found.rows, left, right, strict=True):
        if one is None or other is None or (at_most and one <= other) or one == other:
            continue
        over, slack = one - other, _CENT + check.within * abs(other)
        if over > slack or (not at_most and over < -slack):
            yield row


def _ordinals(found: Return, code: str) -> list[Any]:
    """Return the numbers of a column, dates as days; None where there is none."""
    column = found.column(code)
    if found.form.column(code).type != "date":
        return column
    return [day.toordinal() if isinstance(day, date) else None for day in column]


def _relation(check: RowCheck, row: Row, teller: Teller) -> Finding:
    codes = (check.left, check.right, *check.plus, *check.minus)
    right = teller.label(check.right) + (f"×{check.times:g}" if check.times != 1 else "")
    right += "".join(f"＋{teller.label(code)}" for code in check.plus)
    right += "".join(f"－{teller.label(code)}" for code in check.minus)
    words = "不大于" if check.op == "<=" else "等于"
    return teller.at(
        row,
        check.left,
        "relation",
        check.severity,
        teller.named(row) + teller.written(row, codes),
        f"{teller.label(check.left)}应{words}{right}",
        "请核对这几个数",
    )


def _wrong_dates(found: Return, adds_up: Callable[[Row], bool], teller: Teller) -> Iterator[tuple[Row, Finding]]:
    code, period = found.form.date, found.period
    if not code:
        return
    fits = f"本表报告期是{say_quarter(period)}"
    for row in found.rows:
        if row.first > period:
            said = f"{teller.named(row)}日期是{row.values.get(code)}，在报告期之后"
            yield row, teller.at(row, code, "future_date", "return", said, fits, "请核对日期，或改报到对应的季度")
        elif 0 < row.first < period and adds_up(row):
            said = f"{teller.named(row)}日期是{row.values.get(code)}，在报告期之前"
            yield row, teller.at(row, code, "early_date", "confirm", said, fits, "如属补报请说明，否则请改正日期")
