"""The returns that are due in a year: one entry for each form and its period, with who has not sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from base.month_spans import MONTH, QUARTER, YEAR, Months, last_day_of
from base.periods import Span, format_quarter, say_quarter
from etl.collection.status import Status
from stats.catalogue.form_rules import Reporting
from stats.due_days import DueEntry, DueKind, DueState, state_of
from stats.warehouse import Warehouse, run_query

_NAMED = 3  # areas or forms named
_COUNTY = "县总工会"
_AHEAD = 24  # months before a year in which returns due in it can lie, however late they are due


@dataclass(kw_only=True, frozen=True)
class CountedReturns:
    """How many returns of one form were expected from an area for a quarter, and how many were received.

    These are the numbers of the status of reporting (etl/collection/status.py), without who they are: of a year they
    are read for all organisations at once.
    """

    period: int
    area: str
    area_name: str
    form: str
    form_name: str
    expected: int
    received: int


def count_returns(warehouse: Warehouse, quarters: Sequence[int], forms: Sequence[str]) -> tuple[CountedReturns, ...]:
    """Return the counts of forms, but of months, for several quarters, by quarter, area and form."""
    rows = run_query(warehouse, "returns_counted.sql", quarters=list(quarters), forms=list(forms))
    return tuple(CountedReturns(**row) for row in rows)


def quarters_due(reporting: Reporting, year: int, data: Span, today: date) -> list[int]:
    """Return the quarters whose returns are due in a year: those since the data begin.

    What was due after the last quarter with data and its next one, and before today, nobody was asked for.
    """
    return _periods_due(reporting, QUARTER, year, data, today)


def months_due(reporting: Reporting, year: int, data: Span, today: date) -> list[int]:
    """Return the months (base/month_spans.py) whose returns are due in a year, as `quarters_due` does quarters."""
    return _periods_due(reporting, MONTH, year, data, today)


def _periods_due(reporting: Reporting, length: int, year: int, data: Span, today: date) -> list[int]:
    span = Months(data.months.first, data.months.last + length)  # up to the next one after the data
    first, last = year * YEAR - _AHEAD, year * YEAR + YEAR - 1
    days = {number: reporting.due_after(last_day_of(number, length)) for number in Months(first, last).whole(length)}
    return [
        number
        for number, due in days.items()
        if due.year == year and number >= span.first // length and (number <= span.last // length or due >= today)
    ]


def count_of(status: Status) -> tuple[CountedReturns, ...]:
    """Return the counts of a status, such as that of a month."""
    return tuple(
        CountedReturns(
            period=status.period,
            area=line.area,
            area_name=line.area_name,
            form=line.form,
            form_name=line.form_name,
            expected=line.expected,
            received=line.received,
        )
        for line in status.lines
    )


def returns_due(
    quarter: int, due: date, counted: Sequence[CountedReturns], today: date, when: str = ""
) -> list[DueEntry]:
    """Return one entry for all forms that the same areas have not sent for a quarter, and one for those that came.

    `counted` are the counts of that quarter alone, `due` is its last day on time. `when` is what the period is called
    where it is a month of the quarter.
    """
    groups: dict[tuple[str, ...], list[tuple[str, list[CountedReturns]]]] = {}
    for form, name in dict.fromkeys((line.form, line.form_name) for line in counted):
        lines = [line for line in counted if line.form == form]
        wanting = tuple(line.area for line in lines if line.received < line.expected)
        groups.setdefault(wanting, []).append((name, lines))
    ordered = sorted(groups.items(), key=lambda group: not group[0])
    return [
        _entry(quarter, due, _say_forms(forms), [line for _, lines in forms for line in lines], today, when)
        for _, forms in ordered
    ]


def _say_forms(groups: Sequence[tuple[str, Sequence[CountedReturns]]]) -> str:
    names = "".join(f"《{name}》" for name, _ in groups[:_NAMED])
    return f"{names}等{len(groups)}张表" if len(groups) > _NAMED else names


def _entry(quarter: int, due: date, names: str, lines: Sequence[CountedReturns], today: date, when: str) -> DueEntry:
    expected, received = sum(line.expected for line in lines), sum(line.received for line in lines)
    lacking = [line for line in lines if line.received < line.expected]
    state = state_of(not lacking, due, today)
    rest = f"还差{expected - received:,}份"
    words = "已报齐" if not lacking else f"已过期，{rest}" if state == DueState.LATE else rest
    return DueEntry(
        day=due,
        kind=DueKind.RETURNS,
        what=f"{when or say_quarter(quarter)}{names}，应报{expected:,}份",
        whom=_say_areas(lacking or lines),
        state=state,
        words=words,
        code=format_quarter(quarter),
    )


def _say_areas(lines: Sequence[CountedReturns]) -> str:
    """Return the areas that most returns of are lacking, or that are concerned where none is."""
    ordered = sorted(lines, key=lambda line: line.received - line.expected)
    names = list(dict.fromkeys(line.area_name or _COUNTY for line in ordered))
    return "、".join(names[:_NAMED]) + (f"等{len(names)}处" if len(names) > _NAMED else "")
