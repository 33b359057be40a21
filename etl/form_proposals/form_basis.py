"""Form basis: what the columns of an example are to the form made from it: who, when, and what identifies a row."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from base.month_spans import period_of
from base.text import normalise
from etl.form_proposals.example_columns import (
    AREAS,
    MONEY,
    MONTHS,
    ExampleColumn,
    WantedForm,
    area_number,
    example_columns,
    is_numbering,
    measure_of,
)
from etl.form_proposals.example_rows import ExampleRows
from etl.form_proposals.table_shapes import TableShape, shape_of
from etl.form_proposals.turned_example import turned
from etl.layout_proposals.own_table import OwnTable
from etl.model.shown.written_days import day_of_text
from etl.own_layouts.year_of_table import year_of_table
from etl.unit_lists.list_words import ListColumn, list_words
from stats.catalogue import Catalogue

DAY, UNTIL, UNIT, YEAR_COLUMN = "day", "until", "unit", "year"
STANDING = "standing"
_YUAN = "元"
_ENDS = re.compile(r"止|终|到期|届满|期满|结束|截至")


class FormBasis:
    """The columns of an example by the part they have in the form."""

    def __init__(
        self, tables: Sequence[OwnTable], wanted_form: WantedForm, levels: Mapping[str, str], catalogue: Catalogue
    ) -> None:
        """`levels` are those of the organisations in the register by normalised name."""
        self.wanted, self.catalogue, self._levels = wanted_form, catalogue, levels
        self.shape = shape_of(tables, MONTHS[wanted_form.frequency], levels)
        alike = [table for table in tables if table.is_like(tables[0])]
        self.sheets_read = {table.sheet.name for table in alike}
        if self.shape.turned:
            alike = [turned(table, "年份" if self.shape.turned == "year" else "单位") for table in alike]
        self.table, self.rows = alike[0], ExampleRows(alike)
        self.left_out = [*wanted_form.left_out, *self._others(tables)]
        self.columns = example_columns(self.rows, wanted_form, self.flat, levels, catalogue)

    @property
    def flat(self) -> TableShape:
        """Return the shape in which the columns lie: a turned table is seen as if it were not."""
        return TableShape(months=self.shape.months) if self.shape.turned else self.shape

    def _others(self, tables: Sequence[OwnTable]) -> list[str]:
        return list(dict.fromkeys(t.sheet.name for t in tables if t.sheet.name not in self.sheets_read))

    @property
    def within(self) -> str:
        """Return the path of the column of areas in which the organisations of another stand, "" where is none."""
        number = self._area_number if self.unit and self.unit.number != self._area_number else None
        return self.shape.general(self.table.header.paths[number])[0] if number is not None else ""

    @cached_property
    def unit(self) -> ExampleColumn | None:
        """Return the column that names the organisation of a row, one that names each once before any other."""
        units = [column for column in self.columns.taken if column.kind.kind == "unit"]
        below = (column for column in units if "union" in column.kind.levels)
        single = (column for column in units if self.rows.distinct(column.number, self._area_number))
        return next(single, next(below, units[0] if units else None))

    @cached_property
    def _area_number(self) -> int | None:
        return area_number(self.rows, self._levels)

    @cached_property
    def unit_code(self) -> str:
        """Return the code of the column of the organisation, which the table may not have."""
        return self.unit.code if self.unit else UNIT

    @property
    def has_units(self) -> bool:
        """Return whether the table tells the organisations: in a column, across the top, or by its sheets."""
        return bool(self.unit or self.shape.units or self.shape.by_sheet)

    @cached_property
    def years(self) -> ExampleColumn | None:
        """Return the column of years."""
        return next((column for column in self.columns.taken if column.kind.kind == "years"), None)

    @property
    def of_years(self) -> bool:
        """Return whether the form holds a row a year."""
        return self.shape.years or self.years is not None

    @property
    def year_code(self) -> str:
        """Return the code of the column of years."""
        return self.years.code if self.years else YEAR_COLUMN

    @cached_property
    def dated(self) -> ExampleColumn | None:
        """Return the column of the day on which a row begins, or of both its days."""
        days = [column for column in self._days if column.kind.kind in ("days", "date")]
        both = (column for column in days if column.kind.kind == "days")
        first = (column for column in days if column is not self.until)
        return next(both, next(first, None))

    @property
    def _days(self) -> list[ExampleColumn]:
        """Return the columns that may tell when a row holds: none that tells of an organisation."""
        return [column for column in self.columns.taken if not _of_unit(column)]

    @cached_property
    def until(self) -> ExampleColumn | None:
        """Return the column of the day until which a row holds, where it has one of its own."""
        days = [column for column in self._days if column.kind.kind == "date"]
        ends = [column for column in days if _ENDS.search(column.path)]
        return ends[0] if len(days) > 1 and ends else None

    @cached_property
    def spread(self) -> bool:
        """Return whether the days in a ledger's table are of several periods, each of which is a return of its own."""
        if self.roster or self.of_years or self.dated is None or self.wanted.frequency == STANDING:
            return False
        year = self._year
        days = [day for text in self.rows.texts(self.dated.number) if (day := day_of_text(text, year))]
        by_table = len(self.rows.tables) == 1 or self.wanted.by_days
        return by_table and len({period_of(day, self.shape.months) for day in days}) > 1

    @property
    def _year(self) -> int | None:
        return year_of_table(self.table.sheet, self.table.header.top, "")

    @property
    def has_end(self) -> bool:
        """Return whether rows hold until a day."""
        return self.until is not None or (self.dated is not None and self.dated.kind.kind == "days")

    @cached_property
    def roster(self) -> bool:
        """Return whether a row is an organisation, by which it is known, and not an event."""
        if self.of_years or self.dated:
            return False
        if self.unit is None:
            by_place = self.shape.units or self.shape.periods_in
            return bool(by_place or (self.shape.by_sheet and self._one_row_a_sheet))
        return bool(self.shape.periods_in) or self.rows.distinct(self.unit.number, self._area_number)

    @property
    def _one_row_a_sheet(self) -> bool:
        return len(self.rows.rows) == len(self.rows.tables)

    @cached_property
    def numbering(self) -> ExampleColumn | None:
        """Return the column that numbers the rows of a ledger."""
        return None if self.roster else next(filter(is_numbering, self.columns.taken), None)

    @cached_property
    def taken(self) -> list[ExampleColumn]:
        """Return the columns of the form; a roster is known by its organisations and not by their numbers."""
        return [column for column in self.columns.taken if not (self.roster and is_numbering(column))]

    @property
    def numbers(self) -> list[ExampleColumn]:
        """Return the columns of numbers."""
        return [column for column in self.taken if column.kind.kind == "number" and column is not self.numbering]

    def measure(self, column: ExampleColumn) -> str:
        """Return the measure of a column of numbers, "" where nothing tells it."""
        item = self.catalogue.items.get(self.wanted.known.get(column.path, ""))
        return item.measure if item else measure_of(column, self.table, self.wanted, self.catalogue)

    def states_no_unit(self, column: ExampleColumn) -> bool:
        """Return whether a column holds money and nothing says in which unit: heading, title, or each of its cells."""
        if column not in self.numbers or self.measure(column) != MONEY or self.shape.turned:
            return False
        return not (self.table.header.units.get(column.number) or self.table.measure or self._own_units(column))

    def unstated_unit(self, column: ExampleColumn) -> str:
        """Return the unit of a column that states none, as somebody said or as its cells do, "" for none."""
        if self.states_no_unit(column):
            return self.wanted.measures.get(column.path, "")
        stated = self.table.header.units.get(column.number) or self.table.measure
        money = column in self.numbers and self.measure(column) == MONEY and not self.shape.turned
        return _YUAN if money and not stated and self._own_units(column) else ""

    def _own_units(self, column: ExampleColumn) -> bool:
        return all(text.endswith(_YUAN) for text in self.rows.texts(column.number))

    def code_list(self, column: ExampleColumn) -> str:
        """Return the list of codes of a column: one there is, or one of the form's own."""
        return column.kind.codes or f"{self.wanted.code.lower()}_{column.code}"

    def own_codes(self) -> dict[str, list[str]]:
        """Return the words of each list of codes that only this form has."""
        return {
            self.code_list(column): list(dict.fromkeys(cell.raw.strip() for cell in self.rows.cells(column.number)))
            for column in self.taken
            if column.kind.kind == "code" and not column.kind.codes
        }

    def assigned(self) -> list[str]:
        """Return the levels whose organisations the form is about."""
        levels = self._unit_levels() if self.roster and self.has_units else ()
        return ["union"] if "union" in levels else [level for level in AREAS if level in levels] or ["county"]

    def _unit_levels(self) -> Sequence[str]:
        names = self.shape.units or self.shape.by_sheet
        return self.unit.kind.levels if self.unit else [self._levels[normalise(name)] for name in names]


def _of_unit(column: ExampleColumn) -> bool:
    """Return whether a heading is that of a day in the life of an organisation, such as its founding."""
    return list_words().column_of(column.path.split("/")) in (ListColumn.FOUNDED, ListColumn.ELECTED)
