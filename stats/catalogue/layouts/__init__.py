"""Table layouts (表式): how a county's own table is a form, shown once and then read by itself."""

from pydantic import BaseModel, ConfigDict, Field

PERIOD = "{period}"  # stands in a path for the name of a period: 1月, 一季度, 2016年


class _OfLayout(BaseModel):
    """Unknown keys are errors, instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FixedValue(_OfLayout):
    """What a column of the form holds in every row, because the table does not say it."""

    column: str
    value: str = Field(min_length=1)


SideGroup = tuple[FixedValue, ...]  # what headings say that make one row of their own


class TableHeading(_OfLayout):
    """A heading of the table by its path, levels separated by "/", and the columns of the form that it fills.

    Without a column it is not used. With two its cells hold two days, such as 2024.6.1—2027.5.31, or with `bound` a
    comparison and a number, such as ≥95%, of which `bound` is the comparison where a cell holds the number alone.
    `suffix` is what a name in it lacks to be that of an organisation, such as 工会, and `unit` the unit of measure of
    its numbers where the table states none. Headings that say something `fixed` stand beside each other: each makes
    rows of its own, together with those that say the same.
    """

    path: str = Field(min_length=1)
    columns: tuple[str, ...] = Field(default=(), max_length=2)
    suffix: str = ""
    unit: str = ""
    bound: str = ""
    fixed: tuple[FixedValue, ...] = ()


class WordMeant(_OfLayout):
    """A word in a column, and the code, or the name of an organisation, that it means."""

    column: str
    word: str = Field(min_length=1)
    code: str = Field(min_length=1)


class TableLayout(_OfLayout):
    """A table of the county's own that is read as a form.

    Where a path holds the name of a period, each period is a return of its own, and the year stands above the table;
    where it fills the column `period_as`, it is a row of its own. The cells under `periods_in` name the period of each
    row instead. Under `within` stands the area of an organisation whose name is given twice.
    With `period`, such as 2025Q4, every file holds everything anew and, as of that period, replaces the one before.
    A `turned` table has the headings down its side, and the names that fill this column across the top.
    `reporter` is who reports where the table does not say it, `dated_by` the column of days whose last one tells the
    period, `named_by_sheet` the column that the name of a sheet fills. Sheets in `left_out`, such as sums, are
    never read. Columns of `persons` are never taken: their cells are blanked before the file is kept. What is `fixed`
    may hold for one year alone: then only tables that state this `year` are read.
    """

    code: str
    name: str
    form: str
    headings: tuple[TableHeading, ...] = Field(min_length=1)
    words: tuple[WordMeant, ...] = ()
    fixed: tuple[FixedValue, ...] = ()
    reporter: str = ""
    dated_by: str | None = None
    period: str | None = None
    year: int | None = None
    named_by_sheet: str | None = None
    turned: str | None = None
    periods_in: str | None = None
    period_as: str | None = None
    within: str | None = None
    left_out: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def across(self) -> bool:
        """Return whether periods stand across the columns, each a return of its own or a row."""
        return any(PERIOD in heading.path.split("/") for heading in self.headings if heading.columns)

    @property
    def side_groups(self) -> tuple[SideGroup, ...]:
        """Return what the headings that make rows of their own say; those that say the same make one row."""
        return tuple(dict.fromkeys(heading.fixed for heading in self.headings if heading.fixed))

    @property
    def paths(self) -> dict[str, TableHeading]:
        """Return the headings by their path."""
        return {heading.path: heading for heading in self.headings}

    def is_for(self, year: int | None) -> bool:
        """Return whether tables that state a year, or none, are read by it."""
        return self.year in (None, year)

    def meanings(self, column: str) -> dict[str, str]:
        """Return what words in a column mean."""
        return {meant.word: meant.code for meant in self.words if meant.column == column}
