"""Reversals: rows of negative numbers in a ledger of events, which reverse an earlier row (冲销, 退回, 更正).

Such a row is asked about, and once confirmed it is subtracted. It is refused if it can't be a reversal: some of its
numbers are above zero, its rows are counted and not summed, or a figure would fall below zero.
"""

from collections.abc import Iterator, Mapping

from etl.check.finding_writer import FindingWriter
from etl.known import Known
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.observe import Observer

_QUARTERS = 4  # quarters searched for the reversed row
_CENT = 0.005
_AGAIN = "请在原来那份台账里改正那一行，再整份重新上报"


def check_reversals(found: Return, known: Known, observer: Observer, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row of negative numbers."""
    reversals = found.reversals()
    if not reversals:
        return
    counted, below = observer.counted_rows(found), _below_zero(found, observer)
    for number, codes in reversals.items():
        row = found.row(number)
        said = f"{writer.named(row)}{writer.written(row, codes)}"
        other = _row_taken_back(found, row, codes, known, writer)
        if mixed := [column.code for column in found.form.sized if (row.number(column.code) or 0) > 0]:
            said += f"，{writer.written(row, mixed)}"
            yield writer.at(
                row, codes[0], "reversal", said, "冲销的一行各数都应是负数", "请核对各数的正负", severity="return"
            )
        elif number in counted:
            yield writer.at(
                row, codes[0], "reversal", said, "这一类按行计数，负数减不掉一行", _AGAIN, severity="return"
            )
        elif (number, True) in below or (not other and (number, False) in below):
            fits = f"{below.get((number, True)) or below[number, False]}，不能小于零"
            yield writer.at(
                row, codes[0], "reversal", said, fits, f"请核对；冲的是别的台账里的一笔的，{_AGAIN}", severity="return"
            )
        else:
            which = f"冲的像是{other}" if other else "没有找到要冲的那一笔"
            todo = "确属冲销、退回或更正的请说明原因，否则请改正"
            yield writer.at(
                row, codes[0], "reversal", said, f"负数按冲销从合计里减去，{which}", todo, severity="confirm"
            )


def _below_zero(found: Return, observer: Observer) -> dict[tuple[int, bool], str]:
    """Return the rows whose return, or (False) whose organisation, would fall below zero, and in which column."""
    below: dict[tuple[int, bool], str] = {}
    for item, numbers in observer.added(found):
        total = sum(numbers.values())
        by_unit: dict[str, float] = {}
        for number, value in numbers.items():
            by_unit[found.units[number]] = by_unit.get(found.units[number], 0.0) + value
        for number, value in numbers.items():
            if value < 0 and total < -_CENT:
                below.setdefault((number, True), f"本表{item.name}合起来会是{total:,.10g}")
            elif value < 0 and by_unit[found.units[number]] < -_CENT:
                below.setdefault((number, False), f"这个单位的{item.name}会是{by_unit[found.units[number]]:,.10g}")
    return below


def _row_taken_back(found: Return, row: Row, codes: list[str], known: Known, writer: FindingWriter) -> str:
    """Return the sender's name for the reversed row, of the same organisation, kind and numbers; "" for none."""
    same = [*found.form.subject, *found.form.history.alike]
    for other in found.rows:
        if _is_taken_back(row.values, other.values, codes, same):
            return writer.named(other)
    for period in range(found.period, found.period - _QUARTERS - 1, -1):
        columns = {code: known.column(found.form.code, period, code) for code in (*same, *codes)}
        for key in columns[codes[0]]:
            values = {code: column.get(key) for code, column in columns.items()}
            if key not in found.keys and _is_taken_back(row.values, values, codes, same):
                return f"“{key}”"
    return ""


def _is_taken_back(row: Mapping[str, object], other: Mapping[str, object], codes: list[str], same: list[str]) -> bool:
    if any(row.get(code) != other.get(code) for code in same):
        return False
    pairs = [(row.get(code), other.get(code)) for code in codes]
    return all(
        isinstance(less, int | float) and isinstance(whole, int | float) and whole + less >= -_CENT
        for less, whole in pairs
    )
