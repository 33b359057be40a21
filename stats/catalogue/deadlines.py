"""How often a form is sent; and deadlines: what has to be done within which limit, and since when it was not.

A row is judged by what was known: what was done in time counts in the quarter in which it was done, what was not counts
as late in the quarter in which its limit ran out, whenever it was done after that. So no number of a quarter depends on
what came later, quarters add up, and nothing that is still open is left out once its limit has run out.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from base.month_spans import HALF_YEAR, MONTH, QUARTER, YEAR, format_period, last_day_of, quarter_at_end, say_period
from base.periods import quarter_of
from stats.catalogue.form_rules import Closed

Level = Literal["county", "town", "park", "system", "union"]
State = Literal["due", "within", "open", "overdue"]
FLOWS: tuple[State, ...] = ("due", "within")  # counted once, in the quarter in which the outcome is known
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
Limit = Annotated[float, Field(gt=0)]
Frequency = Literal["month", "quarter", "half_year", "year", "standing"]
_MONTHS: dict[Frequency, int] = {
    "month": MONTH,
    "quarter": QUARTER,
    "half_year": HALF_YEAR,
    "year": YEAR,
    "standing": QUARTER,
}
_NEIGHBOURS = {
    MONTH: ("上月", "下月"),
    QUARTER: ("上季度", "下季度"),
    HALF_YEAR: ("上一个半年", "下一个半年"),
    YEAR: ("上年", "下年"),
}


class Assigned(Closed):
    """Who is expected to report a form: organisations of these levels and, when given, of these categories."""

    level: tuple[Level, ...]
    category: tuple[str, ...] = ()


class Periodic(Closed):
    """What is sent for a period: how often, and how its periods are numbered (base/month_spans.py) and called.

    A return that is standing is in force until a later one replaces it; it is of the quarter it begins with. `rows_of`
    is the length of the periods in its own column of periods, where each row has one.
    """

    frequency: Frequency
    rows_of: Literal["quarter", "half_year", "year"] | None = None

    @property
    def standing(self) -> bool:
        """Return whether a return is in force from its quarter on, and none is due each period."""
        return self.frequency == "standing"

    @property
    def months(self) -> int:
        """Return the length of its periods in months, by which they are numbered."""
        return _MONTHS[self.frequency]

    @property
    def row_months(self) -> int:
        """Return how many months a row's numbers are of: those of the row's own period, where it has one."""
        return _MONTHS[self.rows_of] if self.rows_of else self.months

    @property
    def periods_a_year(self) -> int:
        """Return how many of its periods make a year."""
        return YEAR // self.months

    @property
    def quarters(self) -> int:
        """Return how many quarters one of its periods takes up on the grid that figures are read on."""
        return max(self.months // QUARTER, 1)

    @property
    def neighbours(self) -> tuple[str, str]:
        """Return what its periods before and after are called."""
        return _NEIGHBOURS[self.months]

    def quarter(self, period: int) -> int:
        """Return the quarter in which one of its periods ends, given by number."""
        return quarter_at_end(period, self.months)

    def ending_in(self, quarter: int) -> range:
        """Return the numbers of its periods that end in a quarter: of months three, of a year one or none."""
        return range(quarter * QUARTER // self.months, (quarter + 1) * QUARTER // self.months)

    def last_day(self, period: int) -> date:
        """Return the last day of one of its periods, given by number."""
        return last_day_of(period, self.months)

    def format(self, period: int) -> str:
        """Return the code of one of its periods, given by number: 2010Q4, of a monthly form 2010M12."""
        return format_period(period, self.months)

    def say(self, period: int) -> str:
        """Return one of its periods in Chinese, given by number."""
        return say_period(period, self.months)


class Deadline(Closed):
    """How long a row may take from the column `start` to the column `end`; `done` is the verb for that, such as 响应.

    Both are dates, and the limit is in days, or both are moments, and it is in hours. It is the same for all rows
    (`limit`), or one for each code of the column `by` (`limits`; rows of other codes have none), or the day in the
    column `until`. `example` says that the limits are an example, which no document sets.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    done: str = Field(min_length=1)
    start: str
    end: str
    limit: Limit | None = None
    by: str | None = None
    limits: dict[str, Limit] = {}
    until: str | None = None
    example: bool = False

    @model_validator(mode="after")
    def _has_one_limit(self) -> "Deadline":
        if (self.limit is not None) + bool(self.limits) + bool(self.until) != 1:
            raise ValueError("期限要写一种：limit、按 by 分的 limits，或者 until")
        if bool(self.limits) != bool(self.by):
            raise ValueError("按类别定的期限（limits）要写明按哪一栏（by）")
        return self

    def columns(self) -> list[str]:
        """Return every column code it names."""
        return [self.start, self.end, *(code for code in (self.by, self.until) if code)]


@dataclass(frozen=True)
class Course:
    """The course of a row: when it began and ended, the last moment in time (`limit`), and the first one too late.

    A limit in days ends with its last day.
    """

    begun: datetime
    ended: datetime | None
    limit: datetime | None
    late: datetime | None

    @property
    def in_time(self) -> bool:
        """Return whether it ended within the limit."""
        return self.ended is not None and self.limit is not None and self.ended <= self.limit

    def quarters(self, state: State) -> tuple[int, int | None] | None:
        """Return the first and the last quarter in which the row is counted in a state, the last None if it still is.

        A row is open, or overdue, in a quarter if it is at the quarter's end. Returns None if it never counts.
        """
        ended = quarter_of(self.ended) - 1 if self.ended else None
        if state == "open":
            return _reaching(quarter_of(self.begun), ended)
        if self.limit is None or self.late is None:
            return None
        if self.in_time and self.ended:
            return (quarter_of(self.ended),) * 2 if state != "overdue" else None
        if state == "within":
            return None
        lapsed = quarter_of(self.late)
        return (lapsed, lapsed) if state == "due" else _reaching(lapsed, ended)


def _reaching(first: int, last: int | None) -> tuple[int, int | None] | None:
    return None if last is not None and last < first else (first, last)


def course_of(begun: datetime, ended: datetime | None, bound: float | datetime | None, exact: bool) -> Course | None:
    """Return the course of a row, None for one that ended before it began.

    `bound` is its limit, in hours if `exact` and else in days, or the time until which it has to be done. Dates are at
    midnight.
    """
    if ended is not None and ended < begun:
        return None
    limit = bound if bound is None or isinstance(bound, datetime) else begun + bound * (_HOUR if exact else _DAY)
    return Course(begun, ended, limit, limit if exact or limit is None else limit + _DAY)
