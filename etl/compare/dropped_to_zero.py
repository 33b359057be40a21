"""Dropped to zero: numbers that are zero although they were filled in an earlier quarter.

A blank is refused where a number must stand, so who has none at hand writes 0; elsewhere a blank tells the same. Of
single rows are looked at stocks and what goes on from quarter to quarter, where they were large enough or most rows of
the return fell; a whole column of zeros is asked about whatever it counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from base.periods import say_quarter
from etl.check.finding_writer import FindingWriter
from etl.known import Column, Known
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.rules.repeating_clauses import FALL
from etl.model.rules.wording import Clause, Values
from stats.catalogue import Catalogue
from stats.catalogue.form_rules import Thresholds

_BACK = 4  # quarters looked back for the last one in which a row was filled
_SEVERAL, _NAMED = 3, 3


@dataclass(frozen=True)
class _Fall:
    """A row's number that is zero in one of two quarters; `then` stood there in quarter `period`."""

    number: int
    code: str
    then: float
    period: int


def check_vanished(found: Return, known: Known, catalogue: Catalogue, writer: FindingWriter) -> list[Finding]:
    """Return the findings on numbers of a return that are zero and were not, or are zero in the quarter after."""
    usual, whole = catalogue.thresholds, list[Finding]()
    falls: list[_Fall] = []
    steady = {item.take for item in catalogue.items_of(found.form.code) if item.take and item.time == "last"}
    steady |= {rule.column for rule in found.form.history.compare}
    for code in _columns(found):
        if told := _whole_column(found, code, known, usual, writer):
            whole.append(told)
        elif code in steady and not found.form.ledger:
            falls += _falls(found, code, known, usual)
            whole += _falls_after(found, code, known, usual, writer)
    return [*whole, *_tell(found, falls, writer)]


def _columns(found: Return) -> list[str]:
    compared = {rule.column for rule in found.form.history.compare}
    numeric = (column.code for column in found.form.columns if column.numeric)
    return [code for code in numeric if code in compared or not found.form.ledger]


def _before(found: Return, code: str, known: Known) -> Iterator[tuple[int, Column]]:
    """Yield the quarters before, the nearest first, with what stood in the column."""
    for period in range(found.period - 1, found.period - 1 - _BACK, -1):
        yield period, known.column(found.form.code, period, code)


def _whole_column(found: Return, code: str, known: Known, usual: Thresholds, writer: FindingWriter) -> Finding | None:
    """Return a finding when every number of a column is zero and those of the quarter before were not."""
    own = found.column(code)
    if not own or any(own) or (found.form.ledger and None in own):  # a quarter's events may be of other kinds
        return None
    theirs = known.column(found.form.code, found.period - 1, code)
    kept = theirs.values() if found.form.ledger else [theirs.get(key) for key in found.keys]
    filled = [value for value in kept if isinstance(value, int | float) and value]
    if len(filled) < usual.vanished_rows:
        return None
    return writer.on_sheet(
        "vanished",
        "column",
        column=code,
        count=len(own),
        label=writer.label(code),
        now="都是0" if 0 in own else "都没有填",
        filled=len(filled),
        sum=writer.value(found.form.code, code, sum(filled)),
    )


def _falls(found: Return, code: str, known: Known, usual: Thresholds) -> list[_Fall]:
    """Return the rows that are zero or blank and were not: the large ones, or all where they are most of the return."""
    zeros = [number for number, value in enumerate(found.column(code)) if not value]
    falls: list[_Fall] = []
    for period, column in _before(found, code, known) if zeros else ():
        left = []
        for number in zeros:
            key = found.keys[number]
            then = column.get(key)
            if key not in column:
                left.append(number)
            elif isinstance(then, int | float) and then:
                at_once = period == found.period - 1 and found.column(code)[number] is not None
                if not (at_once and _told_as_jump(found, code, then, usual)):
                    falls.append(_Fall(number, code, then, period))
        zeros = left
    return _worth_asking(falls, found, usual)


def _worth_asking(falls: list[_Fall], found: Return, usual: Thresholds) -> list[_Fall]:
    """Return the falls of a column that are large, or all that are not tiny where most rows of the return fell."""
    counting = [fall for fall in falls if fall.then >= usual.vanished_small]
    most = len(counting) >= usual.vanished_share * found.size
    return counting if most else [fall for fall in falls if _large(found, fall.code, fall.then, usual)]


def _large(found: Return, code: str, number: float, usual: Thresholds) -> bool:
    measure = found.form.column(code).measure or ""
    return measure in usual.vanished and number >= usual.vanished[measure]


def _told_as_jump(found: Return, code: str, number: float, usual: Thresholds) -> bool:
    """Return whether the rule on jumps beside last quarter tells of it."""
    least = usual.least.get(found.form.column(code).measure or "", 0.0)
    return any(
        rule.column == code and number >= (least if rule.least is None else rule.least)
        for rule in found.form.history.compare
    )


def _falls_after(found: Return, code: str, known: Known, usual: Thresholds, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each number beside which the next quarter, filed before it, says zero or nothing."""
    after, next_quarter = known.column(found.form.code, found.period + 1, code), found.period + 1
    falls = [
        _Fall(number, code, value, next_quarter)
        for number, value in enumerate(found.column(code))
        if isinstance(value, int | float)
        and value
        and found.keys[number] in after
        and not (then := after[found.keys[number]])
        and (then is None or not _told_as_jump(found, code, value, usual))
    ]
    for fall in _worth_asking(falls, found, usual):
        row, then = found.row(fall.number), after[found.keys[fall.number]]
        values: Values = {"row": writer.named(row), "label": writer.label(code), "value": _value(found, fall, writer)}
        quarter = say_quarter(next_quarter)
        yield writer.at(row, code, "vanished", "after", **values, quarter=quarter, then=_say_none(then))


def _say_none(value: object) -> str:
    return "没有填" if value is None else "是0"


def _tell(found: Return, falls: list[_Fall], writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding a column where several rows fell, else one a row with all its columns."""
    by_column: dict[str, list[_Fall]] = {}
    for fall in falls:
        by_column.setdefault(fall.code, []).append(fall)
    by_row: dict[int, list[_Fall]] = {}
    for code, fallen in by_column.items():
        if len(fallen) >= _SEVERAL:
            yield _tell_column(found, code, fallen, writer)
        else:
            for fall in fallen:
                by_row.setdefault(fall.number, []).append(fall)
    for number, fallen in sorted(by_row.items()):
        row = found.row(number)
        told = [
            Clause(
                FALL,
                {
                    "label": writer.label(one.code),
                    "quarter": say_quarter(one.period),
                    "then": _value(found, one, writer),
                },
            )
            for one in fallen
        ]
        now = _say_none(row.values.get(fallen[0].code))
        yield writer.at(row, fallen[0].code, "vanished", "row", row=writer.named(row), falls=told, now=now)


def _tell_column(found: Return, code: str, fallen: list[_Fall], writer: FindingWriter) -> Finding:
    names = "".join(writer.named(found.row(fall.number)) for fall in fallen[:_NAMED])
    return writer.on_sheet(
        "vanished",
        "several",
        column=code,
        names=f"{names}等" if len(fallen) > _NAMED else names,
        count=len(fallen),
        label=writer.label(code),
        now=_say_none(found.column(code)[fallen[0].number]),
        sum=writer.value(found.form.code, code, sum(fall.then for fall in fallen)),
    )


def _value(found: Return, fall: _Fall, writer: FindingWriter) -> str:
    return writer.value(found.form.code, fall.code, fall.then)
