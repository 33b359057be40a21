"""The models of the catalogue. Each is closed: an unknown key is an error."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from stats.catalogue.deadlines import Assigned, Deadline, Level, Periodic, State
from stats.catalogue.form_rules import Across, Closed, History, Move, Refers, RowCheck
from stats.catalogue.layers import Layer

_Number = Literal["integer", "amount", "number", "score"]
ColumnType = Literal["text", "unit", "code", _Number, "date", "moment", "period", "indicator"]
Summary = Literal["total", "per_year", "streak_years"]
Speaker = Literal["staff", "clerk"]


class FormRole(StrEnum):
    """What a special form is for: its rows are organisations, targets, their documents, or points of scores."""

    UNITS = "units"
    TARGETS = "targets"
    SCORES = "scores"
    DOCUMENTS = "documents"


class Column(Closed):
    """A column of a form. `name` is its header path, levels separated by "/"; a required one may not be blank.

    `default` is the code that a blank, or a sheet without the column, stands for; where it is required the sheet must
    have the column, and a blank in it stands for the code. `words` map to numbers (全覆盖). A score is points or a word
    of the list `codes`, such as 是, stored as 1 for yes and 0 for no. A moment is a day with the time of day, stored as
    2011-03-05 14:30; a day alone is none. `spoken_by` restricts who may fill in this column further than the form's
    `speaks`. An `identifier` is a number or code; its width, case and white space tell nothing apart.
    `done_if` are codes of another column that say of a blank day that it has come but is not known. It holds own totals
    of the item `total_of`. A period is stored as its last day.
    """

    code: str
    name: str
    type: ColumnType
    aliases: tuple[str, ...] = ()
    codes: str | None = None
    measure: str | None = None
    required: bool = False
    default: str | None = None
    note: str | None = None
    words: dict[str, float] = {}
    spoken_by: tuple[Speaker, ...] = ()
    identifier: bool = False
    done_if: dict[str, str | tuple[str, ...]] = {}
    total_of: str | None = None

    @property
    def label(self) -> str:
        """Return the column's name for the sender: its header path with the levels separated by a dot."""
        return self.name.replace("/", "·")

    @property
    def numeric(self) -> bool:
        """Return whether the column holds numbers that can be added."""
        return self.type in ("integer", "amount", "number")


class RowSubject(Closed):
    """The levels that the organisation of a row may have, and what such a one is called."""

    level: tuple[Level, ...] = Field(min_length=1)
    named: str = Field(min_length=1)


class Form(Periodic):
    """A form that organisations send in: a roster, a single-unit return or a ledger.

    `label` is the column that names a row in lists, `size` the one that tells how large its subject is. `speaks` says
    who may file the form: the county's staff, and clerks where declared. `role` is set on special forms alone.
    `about` restricts which organisations a row may be about. In a form of own totals no row is added to those below.
    """

    code: str
    name: str
    question: str
    layouts: tuple[Literal["roster", "return", "ledger"], ...]
    assigned: Assigned
    subject: tuple[str, ...]
    key: tuple[str, ...]
    about: RowSubject | None = None
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    date: str | None = None
    until: str | None = None
    checks: tuple[RowCheck, ...] = ()
    across: tuple[Across, ...] = ()
    refers: Refers | None = None
    history: History = History()
    label: str | None = None
    size: str | None = None
    speaks: tuple[Speaker, ...] = ("staff",)
    role: FormRole | None = None
    deadlines: tuple[Deadline, ...] = ()
    _catalogue: tuple[tuple[Layer, ...], int] = ((), 0)

    def belongs_to(self, layers: tuple[Layer, ...], version: int) -> None:
        """Note of which catalogue the form is part."""
        self._catalogue = layers, version

    @property
    def catalogue(self) -> tuple[tuple[Layer, ...], int]:
        """Return the layers and the version of the catalogue it is part of: with its code, what it is found by."""
        return self._catalogue

    @model_validator(mode="after")
    def _ledger_has_date(self) -> "Form":
        if self.ledger and not self.date:
            raise ValueError("台账要有日期栏（date）")
        return self

    @model_validator(mode="after")
    def _columns_are_of_speakers(self) -> "Form":
        wrong = [column.code for column in self.columns if not set(column.spoken_by) <= set(self.speaks)]
        if wrong:
            raise ValueError(f"栏{'、'.join(wrong)}的 spoken_by 要在整张表的 speaks 之内")
        return self

    def kept_from(self, speaker: Speaker) -> list[Column]:
        """Return the columns that a speaker, who may file the form, may not fill in."""
        return [column for column in self.columns if column.spoken_by and speaker not in column.spoken_by]

    @cached_property
    def totals(self) -> dict[str, str]:
        """Return the items whose own totals it holds, by column; empty where rows are added up."""
        return {column.code: column.total_of for column in self.columns if column.total_of}

    @property
    def total_levels(self) -> tuple[Level, ...]:
        """Return the levels of the organisations whose own totals it may hold."""
        return self.about.level if self.about else ("county", "town", "park", "system")

    @property
    def ledger(self) -> bool:
        """Return whether a row is an event rather than a unit."""
        return "ledger" in self.layouts

    @property
    def repeats_keys(self) -> bool:
        """Return whether a key is reported repeatedly, each time with its current state: its last row is in force."""
        return self.until in ("next", "next_in_year")

    @property
    def is_register(self) -> bool:
        """Return whether each row is valid for its key from a day on, until another row replaces it."""
        return self.standing and self.until == "next"

    @property
    def reversible(self) -> bool:
        """Return whether its rows are events, so that a row of negative numbers can reverse an earlier one."""
        return self.ledger and self.until is None

    @property
    def restarts(self) -> bool:
        """Return whether its rows count to the end of their year only, so that its counts restart each year."""
        return self.until in ("year_end", "next_in_year")

    @property
    def yearly(self) -> bool:
        """Return whether its rows are entered for one year and end with it, as contests do."""
        return self.until == "year_end"

    @cached_property
    def by_code(self) -> dict[str, Column]:
        """Return the columns by code."""
        return {column.code: column for column in self.columns}

    def column(self, code: str) -> Column:
        """Return one column."""
        return self.by_code[code]

    def deadline(self, code: str) -> Deadline:
        """Return one deadline."""
        return next(deadline for deadline in self.deadlines if deadline.code == code)

    def exact(self, deadline: Deadline) -> bool:
        """Return whether a deadline is counted in hours, from moments, and not in days."""
        return self.column(deadline.start).type == "moment"

    @cached_property
    def key_parts(self) -> tuple[tuple[str, bool], ...]:
        """Return the key columns, each with whether the organisation's code replaces the written text."""
        return tuple((code, code in self.subject and self.column(code).type == "unit") for code in self.key)

    @property
    def sized(self) -> list[Column]:
        """Return the columns of counts and amounts: numbers with a unit of measure."""
        return [column for column in self.columns if column.type in ("integer", "amount") and column.measure]

    def checked_columns(self) -> Iterator[str]:
        """Yield every column code that the form's rules name."""
        for check in self.checks:
            yield from (check.left, check.right, *check.plus, *check.minus)
        yield from (code for code in (self.label, self.size) if code)
        for across in self.across:
            yield from (across.left, *across.where, *([across.by] if across.by else []))
        yield from (self.refers.by, self.refers.named, *self.refers.where) if self.refers else ()
        yield from (*self.history.columns(), *self.history.alike)


class Item(Closed):
    """What is counted or summed from a form. Over time a stock takes the last period, a flow adds up.

    Only rows count whose numbers in `positive` are above zero, in `least` and `most` within these bounds.
    Among rows with the same value in the first filled `distinct` column, only the newest in force counts. A column
    other than the first distinguishes rows within one organisation only. With `deadline` only rows in a `state` count,
    in the quarters that deadlines.py says: due (outcome known: done, or the limit has run out), within (done in time),
    open (not done), overdue (open, and the limit has run out).
    """

    code: str
    name: str
    measure: str
    time: Literal["last", "sum"]
    form: str
    take: str | None = None
    where: dict[str, str | tuple[str, ...]] = {}
    positive: tuple[str, ...] = ()
    least: dict[str, float] = {}
    most: dict[str, float] = {}
    distinct: tuple[str, ...] = ()
    at: str | None = None
    deadline: str | None = None
    state: State | None = None

    def wanted(self, column: str) -> tuple[str, ...]:
        """Return the codes or groups that a column must hold."""
        wanted = self.where[column]
        return (wanted,) if isinstance(wanted, str) else wanted

    def named_columns(self) -> list[str]:
        """Return every column code the item names."""
        single = [code for code in (self.take, self.at) if code]
        return [*single, *self.distinct, *self.where, *self.bounded]

    @property
    def bounded(self) -> tuple[str, ...]:
        """Return the columns whose numbers decide whether a row counts."""
        return tuple(dict.fromkeys((*self.positive, *self.least, *self.most)))


class DefinitionChange(Closed):
    """One entry of a definition's history."""

    date: date
    what: str


class Valid(Closed):
    """The range a value may lie in; rates are fractions 0–1. A file that pushes a rate outside has to be confirmed."""

    min: float | None = None
    max: float | None = None


class Indicator(Closed):
    """A figure the federation reports, declared once.

    `settings` answer the same question on another base; `moves` would raise a rate. `phrase` says what was done, with
    {} for the number, `spoken` is how speeches say it, and by `former` names papers may still ask for it.
    """

    code: str
    name: str
    former: tuple[str, ...] = ()
    name_en: str
    domain: str
    question: str
    why: str
    base: str
    unit: str
    direction: Literal["up", "down", "none"]
    decimals: int
    chart: Literal["line", "column"]
    owner: str
    history: tuple[DefinitionChange, ...] = Field(min_length=1)
    numerator: str
    denominator: str | None = None
    summary: Summary = "total"
    valid: Valid = Valid()
    headline: int | None = None
    trap: str | None = None
    settings: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    phrase: str = Field(default="", pattern=r"^(?:[^{}]*\{\}[^{}]*)?$")
    spoken: tuple[Annotated[str, Field(pattern=r"^[^{}]*\{\}[^{}]*$")], ...] = ()

    @property
    def is_rate(self) -> bool:
        """Return whether the value is a numerator divided by a denominator."""
        return self.denominator is not None
