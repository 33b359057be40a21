"""Dropped to zero: numbers that are zero although they were filled in an earlier quarter.

A blank is refused in a required column, so senders without data write 0; in other columns a blank means the same.
Single rows are checked for stocks and continuing activities, if they were large enough or most rows of the return fell;
a whole column of zeros must be confirmed whatever it counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    """A row's number that is zero in one of two quarters; `then` is its value in quarter `period`."""

    number: int
    code: str
    then: float
    period: int


def check_vanished(filed: Return, known: Known, catalogue: Catalogue, writer: FindingWriter) -> list[Finding]:
    """Return the findings on numbers of a return that are zero and were not, or are zero in the quarter after."""
    usual, whole = catalogue.thresholds, list[Finding]()
    falls: list[_Fall] = []
    steady = {item.take for item in catalogue.items_of(filed.form.code) if item.take and item.time == "last"}
    steady |= {rule.column for rule in filed.form.history.compare}
    for code in _columns(filed):
        if finding := _whole_column(filed, code, known, usual, writer):
            whole.append(finding)
        elif code in steady and not filed.form.ledger:
            falls += _falls(filed, code, known, usual)
            whole += _falls_after(filed, code, known, usual, writer)
    return [*whole, *_tell(filed, falls, writer)]


def _columns(filed: Return) -> list[str]:
    compared = {rule.column for rule in filed.form.history.compare}
    numeric = (column.code for column in filed.form.columns if column.numeric)
    return [code for code in numeric if code in compared or not filed.form.ledger]


def _before(filed: Return, code: str, known: Known) -> Iterator[tuple[int, Column]]:
    """Yield the quarters before, the latest first, with the values of the column."""
    for period in range(filed.period - 1, filed.period - 1 - _BACK, -1):
        yield period, known.column(filed.form.code, period, code)


def _whole_column(
    filed: Return, code: str, known: Known, thresholds: Thresholds, writer: FindingWriter
) -> Finding | None:
    """Return a finding when every number of a column is zero and those of the quarter before were not."""
    own = filed.column(code)
    if not own or any(own) or (filed.form.ledger and None in own):  # a quarter's events may be of other kinds
        return None
    previous = known.column(filed.form.code, filed.period - 1, code)
    kept = previous.values() if filed.form.ledger else [previous.get(key) for key in filed.keys]
    filled = [value for value in kept if isinstance(value, int | float) and value]
    if len(filled) < thresholds.vanished_rows:
        return None
    return writer.on_sheet(
        "vanished",
        "column",
        column=code,
        count=len(own),
        label=writer.label(code),
        now="都是0" if 0 in own else "都没有填",
        filled=len(filled),
        sum=writer.value(filed.form.code, code, sum(filled)),
    )


def _falls(filed: Return, code: str, known: Known, thresholds: Thresholds) -> list[_Fall]:
    """Return the rows that are zero or blank and were not: the large ones, or all where they are most of the return."""
    zeros = [number for number, value in enumerate(filed.column(code)) if not value]
    falls: list[_Fall] = []
    for period, column in _before(filed, code, known) if zeros else ():
        left = []
        for number in zeros:
            key = filed.keys[number]
            then = column.get(key)
            if key not in column:
                left.append(number)
            elif isinstance(then, int | float) and then:
                at_once = period == filed.period - 1 and filed.column(code)[number] is not None
                if not (at_once and _told_as_jump(filed, code, then, thresholds)):
                    falls.append(_Fall(number, code, then, period))
        zeros = left
    return _worth_asking(falls, filed, thresholds)


def _worth_asking(falls: list[_Fall], filed: Return, thresholds: Thresholds) -> list[_Fall]:
    """Return the falls of a column that are large, or all that are not tiny where most rows of the return fell."""
    counting = [fall for fall in falls if fall.then >= thresholds.vanished_small]
    most = len(counting) >= thresholds.vanished_share * filed.size
    return counting if most else [fall for fall in falls if _large(filed, fall.code, fall.then, thresholds)]


def _large(filed: Return, code: str, number: float, thresholds: Thresholds) -> bool:
    measure = filed.form.column(code).measure or ""
    return measure in thresholds.vanished and number >= thresholds.vanished[measure]


def _told_as_jump(filed: Return, code: str, number: float, thresholds: Thresholds) -> bool:
    """Return whether the rule on jumps against the last quarter reports it."""
    least = thresholds.least.get(filed.form.column(code).measure or "", 0.0)
    return any(
        rule.column == code and number >= (least if rule.least is None else rule.least)
        for rule in filed.form.history.compare
    )


def _falls_after(
    filed: Return, code: str, known: Known, thresholds: Thresholds, writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding on each number that the next quarter, which was filed first, has as zero or blank."""
    after, next_quarter = known.column(filed.form.code, filed.period + 1, code), filed.period + 1
    falls = [
        _Fall(number, code, value, next_quarter)
        for number, value in enumerate(filed.column(code))
        if isinstance(value, int | float)
        and value
        and filed.keys[number] in after
        and not (then := after[filed.keys[number]])
        and (then is None or not _told_as_jump(filed, code, value, thresholds))
    ]
    for fall in _worth_asking(falls, filed, thresholds):
        row, then = filed.row(fall.number), after[filed.keys[fall.number]]
        values: Values = {"row": writer.named(row), "label": writer.label(code), "value": _value(filed, fall, writer)}
        quarter = filed.form.say(next_quarter)
        yield writer.at(row, code, "vanished", "after", **values, quarter=quarter, then=_say_none(then))


def _say_none(value: object) -> str:
    return "没有填" if value is None else "是0"


def _tell(filed: Return, falls: list[_Fall], writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding a column where several rows fell, else one a row with all its columns."""
    by_column: dict[str, list[_Fall]] = {}
    for fall in falls:
        by_column.setdefault(fall.code, []).append(fall)
    by_row: dict[int, list[_Fall]] = {}
    for code, fallen in by_column.items():
        if len(fallen) >= _SEVERAL:
            yield _tell_column(filed, code, fallen, writer)
        else:
            for fall in fallen:
                by_row.setdefault(fall.number, []).append(fall)
    for number, fallen in sorted(by_row.items()):
        row = filed.row(number)
        clauses = [
            Clause(
                FALL,
                {
                    "label": writer.label(fall.code),
                    "quarter": filed.form.say(fall.period),
                    "then": _value(filed, fall, writer),
                },
            )
            for fall in fallen
        ]
        now = _say_none(row.values.get(fallen[0].code))
        yield writer.at(row, fallen[0].code, "vanished", "row", row=writer.named(row), falls=clauses, now=now)


def _tell_column(filed: Return, code: str, fallen: list[_Fall], writer: FindingWriter) -> Finding:
    names = "".join(writer.named(filed.row(fall.number)) for fall in fallen[:_NAMED])
    return writer.on_sheet(
        "vanished",
        "several",
        column=code,
        names=f"{names}等" if len(fallen) > _NAMED else names,
        count=len(fallen),
        label=writer.label(code),
        now=_say_none(filed.column(code)[fallen[0].number]),
        sum=writer.value(filed.form.code, code, sum(fall.then for fall in fallen)),
    )


def _value(filed: Return, fall: _Fall, writer: FindingWriter) -> str:
    return writer.value(filed.form.code, fall.code, fall.then)
