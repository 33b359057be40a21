"""Reversals: rows of negative numbers in a ledger of events, which reverse an earlier row (冲销, 退回, 更正).

Such a row is asked about, and once confirmed it is subtracted. It is refused if it can't be a reversal: some of its
numbers are above zero, its rows are counted and not summed, or a figure would fall below zero.
"""

from collections.abc import Collection, Iterator, Mapping

from etl.check.finding_writer import FindingWriter
from etl.known import Known
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.observe import Observer
from etl.model.rules import Severity
from etl.model.rules.wording import Values

_QUARTERS = 4  # quarters searched for the reversed row
_CENT = 0.005


def check_reversals(filed: Return, known: Known, observer: Observer, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row of negative numbers."""
    reversals = filed.reversals()
    if not reversals:
        return
    counted, below = observer.counted_rows(filed), _below_zero(filed, observer)
    for number, codes in reversals.items():
        row = filed.row(number)
        other, filed_by = _row_taken_back(filed, row, codes, known, writer)
        mixed = [column.code for column in filed.form.sized if (row.number(column.code) or 0) > 0]
        severity: Severity = "return"
        values: Values = {}
        if mixed:
            wording, values = "mixed", {"above_zero": writer.written(row, mixed)}
        elif number in counted:
            wording = "counted"
        elif (number, "sheet") in below:
            wording, values = "sheet", below[number, "sheet"]
        elif not other and (number, "unit") in below:
            wording, values = "unit", below[number, "unit"]
        else:
            severity = "confirm"
            wording, values = ("found", {"other": other}) if other else ("unfound", {})
        placeholders: Values = {"row": writer.named(row), "cells": writer.written(row, codes), **values}
        yield writer.at(row, codes[0], "reversal", wording, severity=severity, **placeholders).quoting(filed_by)


def _below_zero(filed: Return, observer: Observer) -> dict[tuple[int, str], Values]:
    """Return the rows whose return (sheet), or whose organisation (unit), would fall below zero, and in what."""
    below: dict[tuple[int, str], Values] = {}
    for item, numbers in observer.added(filed):
        total = sum(numbers.values())
        by_unit: dict[str, float] = {}
        for number, value in numbers.items():
            by_unit[filed.units[number]] = by_unit.get(filed.units[number], 0.0) + value
        for number, value in numbers.items():
            if value < 0 and total < -_CENT:
                below.setdefault((number, "sheet"), {"item": item.name, "sum": total})
            elif value < 0 and by_unit[filed.units[number]] < -_CENT:
                below.setdefault((number, "unit"), {"item": item.name, "sum": by_unit[filed.units[number]]})
    return below


def _row_taken_back(
    filed: Return, row: Row, codes: list[str], known: Known, writer: FindingWriter
) -> tuple[str, Collection[str]]:
    """Return the sender's name for the reversed row, of the same organisation, kind and numbers, and who else filed it.

    The name is "" when there is none.
    """
    same = [*filed.form.subject, *filed.form.history.alike]
    for other in filed.rows:
        if _is_taken_back(row.values, other.values, codes, same):
            return writer.named(other), ()
    for period in range(filed.period, filed.period - _QUARTERS - 1, -1):
        columns = {code: known.column(filed.form.code, period, code) for code in (*same, *codes)}
        for key in columns[codes[0]]:
            values = {code: column.get(key) for code, column in columns.items()}
            if key not in filed.keys and _is_taken_back(row.values, values, codes, same):
                return f"“{key}”", writer.filed_by(filed.form.code, period, [key])
    return "", ()


def _is_taken_back(row: Mapping[str, object], other: Mapping[str, object], codes: list[str], same: list[str]) -> bool:
    if any(row.get(code) != other.get(code) for code in same):
        return False
    pairs = [(row.get(code), other.get(code)) for code in codes]
    return all(
        isinstance(less, int | float) and isinstance(whole, int | float) and whole + less >= -_CENT
        for less, whole in pairs
    )
