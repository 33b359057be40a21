"""Boards: the pages of the report, one a field of work, each declared as panels. A panel becomes one figure."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from stats.catalogue.form_rules import Absent, Closed, NotSince, Short, Within

MOST_SERIES = 6  # more can't be distinguished at a glance
UNPLACED = 1000  # the position of a board that states no order
Codes = Annotated[tuple[str, ...], Field(min_length=1)]
Conditions = dict[str, str | tuple[str, ...]]


class _Panel(Closed):
    """What every panel has: a code, a name, the question it answers, and a caveat printed below."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = ""
    question: str = ""
    note: str = ""


class CoursePanel(_Panel):
    """Indicators over the quarters, each in a drawing of its own, the target as a line."""

    kind: Literal["course"]
    indicators: tuple[str, ...] = Field(min_length=1, max_length=MOST_SERIES)


class AreasPanel(_Panel):
    """One indicator of every direct child of the organisation, as dots against the target."""

    kind: Literal["areas"]
    indicator: str


class DistancesPanel(_Panel):
    """Indicators of every direct child of the organisation as a table, each with its distance to the target.

    Where a rate has none, the distance is that to the organisation itself. By default they are the headline figures.
    """

    kind: Literal["distances"]
    indicators: tuple[str, ...] = ()


class MultiplesPanel(_Panel):
    """One indicator of every direct child of the organisation over the quarters, each in a small drawing."""

    kind: Literal["multiples"]
    indicator: str


class SplitPanel(_Panel):
    """An item split by a code column of its form; `across`, a second code column, splits each bar."""

    kind: Literal["split"]
    item: str
    by: str
    across: str | None = None


class RatesPanel(_Panel):
    """Indicators against their targets, one under the other."""

    kind: Literal["rates"]
    indicators: Codes


class ChangePanel(_Panel):
    """Why an item changed: parts that add up to its change."""

    kind: Literal["change"]
    item: str


class StockPanel(_Panel):
    """A stock's opening, inflow, outflow and closing. `opening` defaults to the previous span's closing."""

    kind: Literal["stock"]
    closing: str
    opening: str | None = None
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()


class FunnelPanel(_Panel):
    """How many rows of a form reached each date column, in the order of the stages, and the days between.

    `limits` holds the days within which a stage must follow the previous one.
    """

    kind: Literal["funnel"]
    form: str
    stages: tuple[str, ...] = Field(min_length=2)
    where: Conditions = {}
    limits: dict[str, Annotated[int, Field(gt=0)]] = {}


class AgeingPanel(_Panel):
    """The rows of a form in force at the span's end, by the days between a date of theirs and that end.

    With `since`, rows of any day up to the end that are not done: `done`, a date, is blank or later. They are parted at
    `days`, such as 30, 90 and 180; with `overdue`, `since` is a limit, kept on its own day. With `until`, rows
    whose day comes within the next `months`, month by month; a row is left out where another one shares its columns
    `renewed` and runs on beyond those months. `by` splits each bar by a code column, `total` sums a column instead of
    counting rows; `measure` is the unit of either. With `due`, what its rows are called (到期的合同), they are in the
    calendar of the year by their day `until`, those renewed or done as `settled` (已续签).
    """

    kind: Literal["ageing"]
    form: str
    name: str = Field(min_length=1)
    measure: str
    since: str = ""
    done: str = ""
    days: tuple[Annotated[int, Field(gt=0)], ...] = ()
    overdue: bool = False
    until: str = ""
    months: int = Field(default=0, ge=0, le=12)
    renewed: tuple[str, ...] = ()
    by: str | None = None
    total: str | None = None
    where: Conditions = {}
    due: str = ""
    settled: str = ""

    @model_validator(mode="after")
    def _is_in_the_calendar_by_a_day(self) -> "AgeingPanel":
        if self.due and not self.until or bool(self.due) != bool(self.settled):
            raise ValueError("日程里的名称（due）和办好了怎么说（settled）要一起写，并写明看哪个日期（until）")
        return self

    @model_validator(mode="after")
    def _looks_one_way(self) -> "AgeingPanel":
        if bool(self.since and self.days) == bool(self.until and self.months):
            raise ValueError("要么写 since 和 days（已经过了多少天），要么写 until 和 months（还有几个月到期）")
        if list(self.days) != sorted(set(self.days)):
            raise ValueError("days 要从小到大")
        return self


class ResponsePanel(_Panel):
    """How long the rows of a form took from one time to another: median, p90, share in time, and what is still open.

    `deadline` is one of the form's; the rows are grouped by the code column `by`, without it by the organisation's
    direct children. `name` and `measure` are what a row is (劳动争议, 起).
    """

    kind: Literal["response"]
    form: str
    deadline: str
    name: str = Field(min_length=1)
    measure: str
    by: str | None = None
    where: Conditions = {}


class RecordsPanel(_Panel):
    """A list of a form's rows in force at the span's end; with `during`, only those that began in the span.

    `total` is the column that is summed, by default also the one sorted by; `measure` is the unit of rows (家, 份).
    `short` asks for rows in which one number is less than another, `open` for those of a deadline that are not done.
    """

    kind: Literal["records"]
    form: str
    name: str = Field(min_length=1)
    columns: Codes
    sort: str
    total: str | None = None
    measure: str | None = None
    during: bool = False
    where: Conditions = {}
    lacking: Absent | None = None
    within: Within | None = None
    not_since: NotSince | None = None
    short: Short | None = None
    open: str | None = None

    @model_validator(mode="after")
    def _has_one_date(self) -> "RecordsPanel":
        if self.within and self.not_since:
            raise ValueError("within 和 not_since 只能写一个")
        return self


class _Items(_Panel):
    """Which items the rows of a form have: `columns`, each an item, or the codes of the column `by`, a row for each.

    An item is there when its column, with `by` the column `answer`, holds one of the codes `met`; without `answer` a
    row is enough. `name` and `measure` are what is counted (企业工会, 家), `among` is the item that says how many there
    are in all, and `indicator` the share that has every item, by which the figure can be traced.
    """

    form: str
    name: str = Field(min_length=1)
    measure: str
    columns: tuple[str, ...] = ()
    by: str | None = None
    answer: str | None = None
    met: str | tuple[str, ...] = ()
    where: Conditions = {}
    among: str | None = None
    indicator: str | None = None


class MatrixPanel(_Items):
    """Items by areas: the share that has each, what is missing most first."""

    kind: Literal["matrix"]


class LadderPanel(_Items):
    """Areas by items: how many each has, the one with the most first."""

    kind: Literal["ladder"]


class GroupsPanel(_Panel):
    """The groups that the column `by` of the register `listed` puts its rows into, with and without a row of a form.

    The form has a column of the same code. `of` are conditions on the register's rows, `where` on the form's. `groups`
    is what the groups are called (片区), `members` and `measure` what one consists of (乡镇, 个), `name` what it has
    (示范点).
    """

    kind: Literal["groups"]
    listed: str
    by: str
    groups: str = Field(min_length=1)
    of: Conditions = {}
    members: str = Field(min_length=1)
    measure: str
    form: str
    name: str = Field(min_length=1)
    columns: Codes
    where: Conditions = {}


PANELS: dict[str, type[_Panel]] = {
    "ageing": AgeingPanel,
    "course": CoursePanel,
    "areas": AreasPanel,
    "distances": DistancesPanel,
    "multiples": MultiplesPanel,
    "split": SplitPanel,
    "rates": RatesPanel,
    "change": ChangePanel,
    "stock": StockPanel,
    "funnel": FunnelPanel,
    "response": ResponsePanel,
    "records": RecordsPanel,
    "matrix": MatrixPanel,
    "ladder": LadderPanel,
    "groups": GroupsPanel,
}
Panel = Annotated[
    AgeingPanel
    | CoursePanel
    | AreasPanel
    | DistancesPanel
    | MultiplesPanel
    | SplitPanel
    | RatesPanel
    | ChangePanel
    | StockPanel
    | FunnelPanel
    | ResponsePanel
    | RecordsPanel
    | MatrixPanel
    | LadderPanel
    | GroupsPanel,
    Field(discriminator="kind"),
]


class Board(Closed):
    """One page of the report: a field of work and its panels, in their order on screen.

    `also` are other fields of work that share the page; without `domain` it has none. One in `front` is in the menu.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    domain: str = ""
    panels: tuple[Panel, ...] = Field(min_length=1)
    order: int = UNPLACED
    also: tuple[str, ...] = ()
    front: bool = False

    @property
    def domains(self) -> tuple[str, ...]:
        """Return the fields of work that the page is about, the first one leading."""
        return (*([self.domain] if self.domain else []), *self.also)

    def panel(self, code: str) -> Panel | None:
        """Return one panel, or None when there is none of that code."""
        return next((panel for panel in self.panels if panel.code == code), None)
