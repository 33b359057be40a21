"""The rules a form may declare: within a row, between forms, against the previous quarter; and what raises a rate.

Each model is closed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from math import inf
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from base.periods import last_day


class Closed(BaseModel):
    """The base of all catalogue models: unknown keys are errors, instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RowCheck(Closed):
    """left op right × times + plus − minus, for one row's values. `within` is the tolerated relative difference."""

    left: str
    op: Literal["<=", "="]
    right: str
    times: float = 1.0
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    within: float = 0.0
    severity: Literal["return", "confirm"] = "return"


class Across(Closed):
    """left op right × times, where right is in another form's row for the same quarter.

    That row is the one of the same organisation, or the one whose key is in the column `by`; with `added`, all rows of
    the organisations at or below this row's are summed. `where` holds the code a column must hold for the rule to
    apply. The finding only asks, because which of the two forms is wrong, or older, can't be known.
    """

    left: str
    op: Literal["<=", ">=", "="]
    form: str
    right: str
    times: float = 1.0
    by: str | None = None
    added: bool = False
    where: dict[str, str] = {}
    severity: Literal["confirm", "note"] = "confirm"


class Refers(Closed):
    """The row of a register that a row refers to: its key stands in the column `by`, its name in `named`.

    `where` holds the codes of the columns of a row that refers to exactly one.
    """

    form: str
    by: str
    named: str
    where: dict[str, str] = {}


class Continues(Closed):
    """column = last quarter's `last` + plus. `within_year`: the count restarts in the year's first quarter."""

    column: str
    last: str
    plus: tuple[str, ...] = ()
    within_year: bool = False


class Compared(Closed):
    """A column compared with the same row's number of last quarter; a threshold given here replaces the default."""

    column: str
    ratio: float | None = None
    least: float | None = None


class Each(Closed):
    """A column divided by a count in another, such as 元/户. A quotient beyond a limit has to be confirmed.

    Within `least` and `most` it is compared with what is usual; on a side without a limit nothing is asked.
    """

    column: str
    per: str
    least: float | None = None
    most: float | None = None


class Plausible(Closed):
    """The most a number may be: `most` at all, or `times` what is known of the organisation's `size` (history.yml).

    A number up to `above` is not asked about.
    """

    column: str
    most: float = inf
    size: str | None = None
    times: float = 1.0
    above: float = 0.0


class KnownSize(Closed):
    """What tells how large an organisation is: the largest of some items, or so much for each unit registered."""

    items: tuple[str, ...] = Field(min_length=1)
    each_unit: float


class History(Closed):
    """How a form's rows are compared with those reported for the previous quarter.

    `moves`: the form's numbers change every quarter, so identical numbers mean last quarter's file sent again. It is
    not for rosters of stocks, which often do not change. `alike` are code columns: rows with the same codes should have
    numbers of one order of magnitude. `each` are quotients of two columns. `plausible` are limits that need nothing to
    compare with.
    """

    continues: tuple[Continues, ...] = ()
    compare: tuple[Compared, ...] = ()
    moves: bool = False
    alike: tuple[str, ...] = ()
    each: tuple[Each, ...] = ()
    plausible: tuple[Plausible, ...] = ()

    def columns(self) -> Iterator[str]:
        """Yield every column code that is named and must be numeric."""
        for rule in self.continues:
            yield from (rule.column, rule.last, *rule.plus)
        yield from (compared.column for compared in self.compare)
        for each in self.each:
            yield from (each.column, each.per)
        yield from (rule.column for rule in self.plausible)


class Far(Closed):
    """When a single number is out of proportion: see history.yml, where each threshold is explained."""

    ratio: dict[str, float]
    otherwise: float
    each: float
    spreads: float
    unlike: float
    rows: int
    enough: int
    quarters: int


class Moved(Closed):
    """When figures over the rows two returns have in common have moved far: see history.yml."""

    fall: float = Field(gt=0, lt=1)
    grow: float = Field(gt=1)
    single_row: float = Field(gt=1)
    least: dict[str, float]
    otherwise: float


class SaidActs(Closed):
    """The words by which a file's name, a title or a sheet's name says that a return is 补报 or 更正."""

    supplement: tuple[str, ...]
    correction: tuple[str, ...]


class Thresholds(Closed):
    """What is unusual compared with last quarter and other rows: see history.yml, where each threshold is explained."""

    ratio: float
    least: dict[str, float]
    slips: tuple[float, ...]
    slip_within: float
    typical_slip: float
    typical_rows: int
    same_numbers: int
    table_slips: tuple[float, ...]
    table_share: float
    far: Far
    vanished: dict[str, float]
    vanished_rows: int
    vanished_share: float = Field(gt=0, le=1)
    vanished_small: float
    moved: Moved
    sizes: dict[str, KnownSize]
    acts: SaidActs


class Absent(Closed):
    """A condition: no row of another form with the same `by` that meets `where` is in force.

    An organisation is known by its code, not by the words written. With `during`, only rows that began in the year or
    quarter of the span's end count, such as this quarter's visits.
    """

    form: str
    by: str
    where: dict[str, str | tuple[str, ...]] = {}
    during: Literal["year", "quarter"] | None = None


class Within(Closed):
    """A date column that must lie within so many days after the span's last day, with `overdue` also on or before it.

    A row is left out where another one shares its columns `renewed`, if any, and runs on beyond those days.
    """

    column: str
    days: int = Field(gt=0)
    overdue: bool = False
    renewed: tuple[str, ...] = ()


class NotSince(Closed):
    """A date column that must be blank or lie before the year or quarter of the span's end."""

    column: str
    start: Literal["year", "quarter"]


class Short(Closed):
    """Rows whose column `by` falls short of column `of`; the shortfall gets a column of its own, largest first."""

    of: str
    by: str
    name: str = Field(min_length=1)


class Move(Closed):
    """What would raise a rate's numerator: each row of a form that meets `where` adds one, or the number in `adds`.

    With `less`, that column's number is subtracted first, which leaves the row's shortfall. `name` says what would be
    done; `lacking` restricts to rows without one in another form. `note` is a caveat to be printed below the list.
    """

    name: str
    form: str
    where: dict[str, str | tuple[str, ...]] = {}
    adds: str | None = None
    less: str | None = None
    lacking: Absent | None = None
    note: str = ""


class Season(Closed):
    """When earlier years show a season: enough whole years, each with a large enough sum, of similar courses.

    `apart` is the largest difference between the cumulative shares of two years at any quarter (0–1).
    """

    years: int = Field(default=2, ge=2)
    fewest: float = Field(default=5, gt=0)
    apart: float = Field(default=0.2, gt=0, lt=1)


class Reporting(Closed):
    """When returns are due, in days after the quarter's end, and the item that tells how large a missing one is.

    `say_below` is the share of returns (0–1) below which a sentence of a paper says how many came.
    Pages open on the year up to the last quarter with at least the share `opens_with` (0–1) of its returns in.
    `personal_data_days` is the number of days for which the original of a file returned for personal data is kept.
    `season` says when earlier years show a season that the pace of a target follows. `grace_days` is the number of days
    within which what is overdue is asked for. With `statistical_year` the years from October to September are offered
    beside the calendar years.
    """

    due_days: int = Field(ge=0)
    grace_days: int = Field(default=5, ge=1)
    size: str
    say_below: float = Field(default=0.95, ge=0, le=1)
    opens_with: float = Field(default=0.5, ge=0, le=1)
    personal_data_days: int = Field(ge=1)
    season: Season = Season()
    statistical_year: bool = False

    def due_day(self, quarter: int) -> date:
        """Return the last day on which the returns of a quarter are on time."""
        return self.due_after(last_day(quarter))

    def due_after(self, last: date) -> date:
        """Return the last day on which the returns of a period are on time that ends with the day `last`."""
        return last + timedelta(days=self.due_days)

    def reply_after(self, last: date | None, today: date) -> date:
        """Return by which day a return that is lacking or was sent back is asked for: when due, or soon if overdue.

        `last` is the last day of its period, None where it is not known.
        """
        soon = today + timedelta(days=self.grace_days)
        return max(soon, self.due_after(last)) if last else soon
