"""The returns that are due in a year: one entry for each form and quarter, with who has not sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from base.periods import Span, format_quarter, say_quarter
from stats.catalogue.form_rules import Reporting
from stats.due_days import DueEntry, DueKind, DueState, state_of
from stats.warehouse import Warehouse, run_query

_NAMED = 3  # areas or forms named
_COUNTY = "县总工会"
_AHEAD = 8  # quarters before a year in which returns due in it can lie, however late they are due


@dataclass(kw_only=True, frozen=True)
class CountedReturns:
    """How many returns of one quarterly form were expected from an area for a quarter, and how many were received.

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
    """Return the counts of quarterly forms for several quarters, by quarter, area and form."""
    rows = run_query(warehouse, "returns_counted.sql", quarters=list(quarters), forms=list(forms))
    return tuple(CountedReturns(**row) for row in rows)


def quarters_due(reporting: Reporting, year: int, data: Span, today: date) -> list[int]:
    """Return the quarters whose returns are due in a year: those since the data begin.

    What was due after the last quarter with data and its next one, and before today, nobody was asked for.
    """
    due = (quarter for quarter in range(year * 4 - _AHEAD, year * 4 + 4) if reporting.due_day(quarter).year == year)
    return [
        quarter
        for quarter in due
        if quarter >= data.first and (quarter <= data.last + 1 or reporting.due_day(quarter) >= today)
    ]


def returns_due(quarter: int, due: date, counted: Sequence[CountedReturns], today: date) -> list[DueEntry]:
    """Return one entry for all forms that the same areas have not sent for a quarter, and one for those that came.

    `counted` are the counts of that quarter alone, `due` is its last day on time.
    """
    groups: dict[tuple[str, ...], list[tuple[str, list[CountedReturns]]]] = {}
    for form, name in dict.fromkeys((line.form, line.form_name) for line in counted):
        lines = [line for line in counted if line.form == form]
        wanting = tuple(line.area for line in lines if line.received < line.expected)
        groups.setdefault(wanting, []).append((name, lines))
    ordered = sorted(groups.items(), key=lambda group: not group[0])
    return [
        _entry(quarter, due, _say_forms(forms), [line for _, lines in forms for line in lines], today)
        for _, forms in ordered
    ]


def _say_forms(groups: Sequence[tuple[str, Sequence[CountedReturns]]]) -> str:
    names = "".join(f"《{name}》" for name, _ in groups[:_NAMED])
    return f"{names}等{len(groups)}张表" if len(groups) > _NAMED else names


def _entry(quarter: int, due: date, names: str, lines: Sequence[CountedReturns], today: date) -> DueEntry:
    expected, received = sum(line.expected for line in lines), sum(line.received for line in lines)
    lacking = [line for line in lines if line.received < line.expected]
    state = state_of(not lacking, due, today)
    rest = f"还差{expected - received:,}份"
    words = "已报齐" if not lacking else f"已过期，{rest}" if state == DueState.LATE else rest
    return DueEntry(
        day=due,
        kind=DueKind.RETURNS,
        what=f"{say_quarter(quarter)}{names}，应报{expected:,}份",
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
