"""Table shapes: what stands down the side of a table and what across the top, besides the plain one of columns.

A shape is told by values beyond doubt: names of organisations in the register, names of months or quarters, years.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from base.month_spans import YEAR
from base.text import normalise
from etl.form_proposals.example_rows import ExampleRows
from etl.layout.text_kinds import is_year
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.proposal import UNITS
from etl.own_layouts.named_periods import general_path, period_named

_MOST = 0.8
_SEVERAL = 2


@dataclass(kw_only=True, frozen=True)
class TableShape:
    """How a table lies.

    `periods_in` is the path of the column that names the period of each row; `units` are the headings that are names
    of organisations, `by_sheet` the names of the sheets where those are; `years` stand across for a column of the form.
    `turned` says that items stand down the side, and what across: units or years.
    """

    months: int
    periods_in: str = ""
    units: frozenset[str] = frozenset()
    by_sheet: tuple[str, ...] = ()
    years: bool = False
    turned: str = ""

    def general(self, path: Sequence[str]) -> tuple[str, str, int | None]:
        """Return a path with marks in the place of organisation and period, and which of each it names."""
        unit = next((part for part in path if part in self.units), "")
        general, period = general_path([UNITS if part == unit else part for part in path], self.months)
        return general, unit, period


def shape_of(tables: Sequence[OwnTable], months: int, levels: Mapping[str, str]) -> TableShape:
    """Return the shape of a file's tables; `months` is the length of the form's periods."""
    rows, paths = ExampleRows(tables), tables[0].header.paths
    tops = {number: path[0] for number, path in paths.items()}
    periods = next((number for number in sorted(paths) if _names_periods(rows.texts(number), months)), None)
    units = frozenset(top for top in tops.values() if normalise(top) in levels)
    years = [number for number, top in tops.items() if is_year(top)]
    in_column = any(_names_units(rows.texts(number), levels) for number in paths)
    sheets = tuple(table.sheet.name for table in rows.tables)
    by_sheet = sheets if not in_column and all(normalise(name) in levels for name in sheets) else ()
    periods_in = "/".join(paths[periods]) if periods is not None and not years else ""
    if len(units) >= _SEVERAL and not in_column:
        turned = "" if periods_in or months_across(paths.values(), months) else "unit"
        return TableShape(months=months, periods_in=periods_in, units=units, turned=turned)
    if len(years) >= _SEVERAL:
        return TableShape(months=YEAR, years=in_column, turned="" if in_column else "year")
    return TableShape(months=months, periods_in=periods_in, by_sheet=by_sheet)


def months_across(paths: Iterable[Sequence[str]], months: int) -> bool:
    """Return whether headings name periods of a form's length."""
    return any(general_path(path, months)[1] is not None for path in paths)


def _names_periods(texts: Sequence[str], months: int) -> bool:
    named = sum(period_named(text, months) is not None for text in texts)
    return len(texts) > 1 and months < YEAR and named >= _MOST * len(texts)


def _names_units(texts: Sequence[str], levels: Mapping[str, str]) -> bool:
    return bool(texts) and sum(text in levels for text in texts) >= _MOST * len(texts)
