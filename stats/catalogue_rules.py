"""The rules a form may declare: about one row, between forms, beside the quarter before; and what raises an indicator.

Each model is closed.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Closed(BaseModel):
    """What stands in the catalogue: a key it does not know is an error, and nothing changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RowCheck(Closed):
    """left op right × times + plus − minus, for the values of one row. `within` is a tolerated share (0–1)."""

    left: str
    op: Literal["<=", "="]
    right: str
    times: float = 1.0
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    within: float = 0.0
    severity: Literal["return", "confirm"] = "return"


class Across(Closed):
    """left op right × times, where right stands in another form's row for the same quarter.

    That row is the one of the same organisation, or the one whose key stands in the column `by`; with `added`, all
    rows of the organisations at or under this row's are added up. `where` holds the code a column must hold for the
    rule to apply. Never more than a question: which of the two forms is wrong, or only older, cannot be known.
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


class Continues(Closed):
    """column = last quarter's `last` + plus. `within_year`: the count starts anew in the year's first quarter."""

    column: str
    last: str
    plus: tuple[str, ...] = ()
    within_year: bool = False


class Compared(Closed):
    """A column held against the same row's number of last quarter; a threshold given here replaces the usual one."""

    column: str
    ratio: float | None = None
    least: float | None = None


class Each(Closed):
    """What comes of a column on each of what another one counts, as 元/户. Asked about is what lies beyond a limit.

    Within `least` and `most` it is held against what is usual; on a side without a limit nothing is asked.
    """

    column: str
    per: str
    least: float | None = None
    most: float | None = None


class History(Closed):
    """What a form's rows are held against: what was reported for the quarter before.

    `moves`: the form's numbers move every quarter, so the same numbers again are last quarter's file again. Not for
    rosters of stocks, in which a quarter often changes nothing. `alike` are columns of codes: rows that hold the same
    ones should be of one order of size. `each` are quotients of two columns.
    """

    continues: tuple[Continues, ...] = ()
    compare: tuple[Compared, ...] = ()
    moves: bool = False
    alike: tuple[str, ...] = ()
    each: tuple[Each, ...] = ()

    def columns(self) -> Iterator[str]:
        """Yield every column code that is named and holds numbers."""
        for rule in self.continues:
            yield from (rule.column, rule.last, *rule.plus)
        yield from (compared.column for compared in self.compare)
        for each in self.each:
            yield from (each.column, each.per)


class Far(Closed):
    """When a single number is out of all proportion: see history.yml, where each is explained."""

    ratio: dict[str, float]
    otherwise: float
    each: float
    spreads: float
    unlike: float
    rows: int
    enough: int
    quarters: int


class SaidActs(Closed):
    """The words by which a file's name, a title or a sheet's name says that a return is 补报 or 更正."""

    supplement: tuple[str, ...]
    correction: tuple[str, ...]


class Thresholds(Closed):
    """What is unusual beside last quarter and beside other rows: see history.yml, where each is explained."""

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
    acts: SaidActs


class Absent(Closed):
    """Rows of another form that must not be there: none with the same `by` and what `where` asks is in force."""

    form: str
    by: str
    where: dict[str, str | tuple[str, ...]] = {}


class Move(Closed):
    """What would raise a rate's numerator: each row of a form that meets `where` adds one, or what stands in `adds`.

    With `less`, the number of that column is taken off first: what is still lacking in a row. `name` says what would be
    done; `lacking` asks for rows that have none of another form. `note` is a trap to be printed below the list.
    """

    name: str
    form: str
    where: dict[str, str | tuple[str, ...]] = {}
    adds: str | None = None
    less: str | None = None
    lacking: Absent | None = None
    note: str = ""


class Season(Closed):
    """When earlier years show a season: at least so many whole years, each of so much, of courses so near each other.

    `apart` is how far the shares of the year up to any quarter may lie apart (0–1) and still be called alike.
    """

    years: int = Field(default=2, ge=2)
    fewest: float = Field(default=5, gt=0)
    apart: float = Field(default=0.2, gt=0, lt=1)
