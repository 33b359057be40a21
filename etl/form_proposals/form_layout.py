"""Form layout: the layout that reads the example as the form that is proposed."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from base.periods import format_quarter, quarter_of
from etl.form_proposals.example_columns import ExampleColumn, unused_paths
from etl.form_proposals.form_basis import DAY, STANDING, UNIT, UNTIL, YEAR_COLUMN, FormBasis
from etl.layout_proposals.proposal import UNITS
from etl.model.shown import ShownTable
from etl.model.shown.written_days import parse_written_day


def layout_of(basis: FormBasis) -> dict[str, Any]:
    """Return the layout as its file holds it."""
    wanted, shape = basis.wanted, basis.shape
    headings = [heading for column in basis.taken for heading in _headings(column, basis)]
    unused = unused_paths(basis.rows, basis.flat, basis.columns)
    headings += [{"path": shape.periods_in}] if shape.periods_in else []
    made: dict[str, Any] = {"name": f"{wanted.name}（本县的表）", "form": wanted.code}
    made["headings"] = [*headings, *({"path": path} for path in unused)]
    made |= {"persons": list(basis.columns.persons)} if basis.columns.persons else {}
    made |= {"reporter": wanted.county} if wanted.county else {}
    made |= {"left_out": basis.left_out} if basis.left_out else {}
    if not basis.has_units:
        made["fixed"] = [{"column": UNIT, "value": wanted.county}]
    return made | _by_shape(basis) | _dating(basis)


def _headings(column: ExampleColumn, basis: FormBasis) -> Iterator[dict[str, Any]]:
    """Yield the headings that fill a column: one, or one below the name of each organisation across."""
    if basis.shape.turned and column in (basis.unit, basis.years):
        return
    more = {"suffix": column.kind.suffix} if column.kind.suffix else {}
    more |= {"unit": measure} if (measure := basis.unstated_unit(column)) else {}
    if not basis.shape.units or basis.shape.turned:
        yield {"path": column.path, "columns": _codes(column, basis), **more}
        return
    for unit in _in_order(basis):
        path = "/".join(unit if part == UNITS else part for part in column.path.split("/"))
        yield {"path": path, "columns": [column.code], "fixed": [{"column": UNIT, "value": unit}], **more}


def _in_order(basis: FormBasis) -> list[str]:
    paths = basis.table.header.paths.values()
    return list(dict.fromkeys(part for path in paths for part in path if part in basis.shape.units))


def _codes(column: ExampleColumn, basis: FormBasis) -> list[str]:
    if column is basis.dated:
        return [DAY, UNTIL] if column.kind.kind == "days" else [DAY]
    return [UNTIL] if column is basis.until else [column.code]


def _by_shape(basis: FormBasis) -> dict[str, Any]:
    shape, made = basis.shape, dict[str, Any]()
    if shape.periods_in:
        made["periods_in"] = shape.periods_in
    if shape.by_sheet:
        made["named_by_sheet"] = UNIT
    if shape.years:
        made["period_as"] = YEAR_COLUMN
    if shape.turned:
        made["turned"] = basis.year_code if shape.turned == "year" else basis.unit_code
    return made | ({"within": basis.within} if basis.within else {})


def _dating(basis: FormBasis) -> dict[str, Any]:
    """Return what tells the period where the table names none."""
    lasting = basis.wanted.frequency == STANDING
    if lasting and basis.dated and basis.has_end:
        return {"period": _last_quarter(basis.dated, basis)}
    if basis.spread and basis.dated:
        return {"periods_in": basis.dated.path}
    if lasting and basis.years:
        return {"dated_by": basis.years.code}
    if (lasting or basis.wanted.by_days) and basis.dated:
        return {"dated_by": DAY}
    return {}


def _last_quarter(dated: ExampleColumn, basis: FormBasis) -> str:
    """Return the quarter of the last day on which a row begins, of which every later file is as well."""
    halves = ShownTable(code="", halves={DAY: 0} if dated.kind.kind == "days" else {})
    return format_quarter(quarter_of(max(_days(basis.rows.texts(dated.number), halves))))


def _days(texts: Sequence[str], halves: ShownTable) -> Iterator[date]:
    for text in texts:
        with suppress(ValueError):
            yield parse_written_day(halves.meant(DAY, text))
