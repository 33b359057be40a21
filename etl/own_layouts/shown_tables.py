"""Shown tables: the returns in a sheet that a declared layout reads, each where it is in the sheet."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import product

from base.month_spans import YEAR, months_of, parse_period
from base.text import normalise
from etl.extract.stated_periods import parse_period_end
from etl.labels.total_labels import total_rank
from etl.model.finding import Finding
from etl.model.grid import Grid, Place
from etl.model.nouns import Head, Layout, Sheet
from etl.model.shown import ShownTable
from etl.model.values import parse_date
from etl.own_layouts.fitting import Fit, best_fit
from etl.own_layouts.layout_findings import layout_findings, read_by
from etl.own_layouts.row_areas import areas_of_rows, group_heading
from etl.own_layouts.row_periods import periods_of_rows
from etl.own_layouts.sheet_tables import tables_apart
from etl.own_layouts.turned_tables import TurnedFit, turned_fit, turned_layouts
from etl.own_layouts.year_of_table import day_stated, year_of_table
from etl.recognise import head_above, recognise
from etl.recognise.form_columns import below_header
from stats.catalogue import Catalogue
from stats.catalogue.layouts import SideGroup, TableHeading, TableLayout
from stats.catalogue.models import Form


@dataclass(frozen=True)
class ShownReturns:
    """The returns in a sheet that a declared layout reads, what is said about it, and the sheet as it is taken."""

    layouts: tuple[Layout, ...]
    findings: tuple[Finding, ...]
    sheet: Sheet


def shown_returns(sheet: Sheet, file: str, catalogue: Catalogue) -> ShownReturns | None:
    """Return what a declared layout reads in a sheet; None where none fits it."""
    if (turned := turned_fit(sheet, file, catalogue)) is not None:
        return _turned_returns(sheet, turned, file, catalogue)
    fit = _fit_for(sheet, file, catalogue)
    if fit is None:
        return None
    form = catalogue.forms[fit.layout.form]
    bare = without_persons(sheet, fit)
    head = head_above(bare, fit.header.top, file, form.months)
    head = replace(head, reporter_text=head.reporter_text or fit.layout.reporter)
    if not head.period and (day := day_stated(bare, fit.header.top)):
        head = replace(head, period=_period_of(day, form))
    layouts = tuple(_layouts(bare, fit, form, head, file))
    return ShownReturns(layouts, tuple(layout_findings(fit, form, bare, file)), bare)


def shown_in_tables(sheet: Sheet, file: str, catalogue: Catalogue) -> list[tuple[Sheet, ShownReturns | None]]:
    """Return the tables of a sheet, each with what a declared layout reads in it; the whole sheet where none fits."""
    parts = _apart(sheet, file, catalogue)
    read = [(part, shown_returns(part, file, catalogue)) for part in parts]
    if len(parts) > 1 and any(shown for _, shown in read):
        return read
    return [(sheet, shown_returns(sheet, file, catalogue))]


def _apart(sheet: Sheet, file: str, catalogue: Catalogue) -> list[Sheet]:
    """Return the tables of a sheet in which a declared layout finds its headings, the sheet alone where none does."""
    if not catalogue.layouts or not (best_fit(sheet, file, catalogue) or turned_fit(sheet, file, catalogue)):
        return [sheet]
    return tables_apart(sheet, file)


def layout_of(sheet: Sheet, file: str, catalogue: Catalogue) -> TableLayout | None:
    """Return the declared layout that a sheet has exactly; None where there is none."""
    if (turned := turned_fit(sheet, file, catalogue)) is not None and not turned.more:
        year = year_of_table(sheet, turned.names_row, file)
        return turned.layout if turned.layout.is_for(year) else None
    fit = best_fit(sheet, file, catalogue)
    return fit.layout if fit and fit.exact else None


def _turned_returns(sheet: Sheet, fit: TurnedFit, file: str, catalogue: Catalogue) -> ShownReturns:
    form, layout = catalogue.forms[fit.layout.form], fit.layout
    head = head_above(sheet, fit.names_row, file, form.months)
    head = replace(head, reporter_text=head.reporter_text or layout.reporter)
    if layout.dated_by and not head.period:
        head = replace(head, title="", period=_last_across(sheet, fit, form))
    layouts = tuple(turned_layouts(sheet, fit, form, head, partial(_shown, layout, sheet.name)))
    year = year_of_table(sheet, fit.names_row, file)
    return ShownReturns(layouts, tuple(read_by(layout, form, sheet, file, fit.more, year)), sheet)


def _last_across(sheet: Sheet, fit: TurnedFit, form: Form) -> int | None:
    """Return the period of the day that is the same for all rows, or of the last among the names across the top."""
    code, across = fit.layout.dated_by or "", (sheet.cells[fit.names_row, column].raw for column in fit.columns)
    fixed = [each.value for each in fit.layout.fixed if each.column == code]
    days: list[date] = []
    for text in fixed or (across if code == fit.layout.turned else ()):
        with suppress(ValueError):
            days.append(_day(form, code, text))
    return _period_of(max(days), form) if days else None


def persons_in(sheet: Sheet, file: str, catalogue: Catalogue) -> list[Place]:
    """Return the filled cells that name persons below a header that a declared layout fits; none where none does."""
    fits = ((part, _fit_for(part, file, catalogue)) for part in _apart(sheet, file, catalogue))
    return [place for part, fit in fits if fit for place in _persons(part, fit)]


def _fit_for(sheet: Sheet, file: str, catalogue: Catalogue) -> Fit | None:
    """Return the layout that reads a sheet: one that fits exactly or, where the sheet is no form itself, nearly."""
    fit = best_fit(sheet, file, catalogue) if catalogue.layouts else None
    if fit is None or fit.exact:
        return fit
    itself, _ = recognise(sheet, file, catalogue)
    return fit if itself is None or itself.form.code == fit.layout.form else None


def without_persons(sheet: Sheet, fit: Fit) -> Sheet:
    """Return a sheet without the cells of the columns that are never taken."""
    gone = {*_persons(sheet, fit)}
    if not gone:
        return sheet
    kept = Grid.of(cell for place, cell in sheet.cells.items() if place not in gone)
    return replace(
        sheet, cells=kept, covered=tuple(cell for cell in sheet.covered if (cell.row, cell.column) not in gone)
    )


def _persons(sheet: Sheet, fit: Fit) -> list[Place]:
    columns = {number for path in fit.layout.persons for number, _ in fit.places.get(path, ())}
    first = fit.header.top + fit.header.depth
    return [place for place in sheet.cells if place[1] in columns and place[0] >= first] if columns else []


def _layouts(sheet: Sheet, fit: Fit, form: Form, head: Head, file: str) -> Iterator[Layout]:
    """Yield the returns: one, or one for each period across the columns or down the rows."""
    first, scales = below_header(sheet, fit.header, {})
    side_groups, year = fit.layout.side_groups or ((),), year_of_table(sheet, fit.header.top, file)
    for (period, only), group in product(_periods(sheet, fit, form, first, year), side_groups):
        columns = dict(_columns(fit, period, group))
        units = _unstated(fit.layout, group) if head.money is None else {}
        units |= {code: unit for code, number in columns.items() if (unit := fit.header.units.get(number, ""))}
        dated = None if fit.layout.period_as else period if fit.layout.periods_in else _number(form, year, period)
        yield Layout(
            sheet=sheet,
            form=form,
            kind="table",
            head=_dated(head, fit, form, sheet, columns, first, dated),
            header=fit.header,
            first_row=first,
            columns=columns,
            places={},
            scales={code: units.get(code, "") for code in columns} | scales,
            shown=replace(_shown(fit.layout, sheet.name, group, period), areas=_areas(sheet, fit, first), only=only),
        )


def _unstated(layout: TableLayout, group: SideGroup) -> dict[str, str]:
    """Return the units of measure that hold for columns where the table states none."""
    return {code: heading.unit for heading in _headings(layout, group) if heading.unit for code in heading.columns}


def _periods(
    sheet: Sheet, fit: Fit, form: Form, first: int, year: int | None
) -> list[tuple[int | None, frozenset[int] | None]]:
    """Return the periods that the table names, each with the rows that count, None for all of them."""
    rows = frozenset(row for row in range(first, sheet.height + 1) if not group_heading(sheet, row))
    every = rows if len(rows) < sheet.height - first + 1 else None
    if (column := fit.column(fit.layout.periods_in)) is not None:
        named = periods_of_rows(sheet, first, column, form.months, year)
        named = {row: period for row, period in named.items() if _is_filled(sheet, fit, row)}
        return [
            (period, frozenset(row for row, each in named.items() if each == period))
            for period in sorted({*named.values()})
        ]
    if not fit.layout.across:
        return [(None, every)]
    named_across = {period for matched in fit.places.values() for _, period in matched if period is not None}
    return [(period, every) for period in sorted(named_across) if _is_begun(sheet, fit, first, period)]


def _is_filled(sheet: Sheet, fit: Fit, row: int) -> bool:
    """Return whether a row that names a period holds anything: a table of the year has months to come."""
    used = (path for path, heading in fit.layout.paths.items() if heading.columns)
    return any((row, number) in sheet.cells for path in used for number, _ in fit.places.get(path, ()))


def _areas(sheet: Sheet, fit: Fit, first: int) -> dict[int, str]:
    return areas_of_rows(sheet, first, fit.column(fit.layout.within))


def _is_begun(sheet: Sheet, fit: Fit, first: int, period: int) -> bool:
    """Return whether anything is filled in for a period, besides the sums: a table of the year has months to come."""
    columns = {number for matched in fit.places.values() for number, named in matched if named == period}
    filled = {row for row, number in sheet.cells if number in columns and row >= first}
    return any(not total_rank(_first_text(sheet, row)) for row in filled)


def _first_text(sheet: Sheet, row: int) -> str:
    return next((cell.raw for cell in sheet.row_cells(row) if cell.kind == "text"), "")


def _number(form: Form, year: int | None, period: int | None) -> int | None:
    """Return the number of a period across the columns; of years the year itself."""
    if period is None:
        return None
    if form.months == YEAR:
        return period
    return year * (YEAR // form.months) + period if year else None


def _dated(
    head: Head, fit: Fit, form: Form, sheet: Sheet, columns: dict[str, int], first: int, period: int | None
) -> Head:
    layout = fit.layout
    if layout.period_as:
        years = [period for matched in fit.places.values() for _, period in matched if period is not None]
        return replace(head, title="", period=months_of(max(years), YEAR).last // form.months)
    if period is not None:
        return replace(head, title="", period=period)
    if layout.period:
        return replace(head, title="", period=parse_period(layout.period, form.months))
    if layout.dated_by and not head.period:
        return replace(head, title="", period=_last_dated(layout, form, sheet, columns, first))
    return head


def _last_dated(layout: TableLayout, form: Form, sheet: Sheet, columns: dict[str, int], first: int) -> int | None:
    """Return the period of the last day in the column that tells it."""
    shown, code = _shown(layout, sheet.name), layout.dated_by or ""
    days = [_day(form, code, shown.fixed[code])] if code in shown.fixed else []
    for row in range(first, sheet.height + 1):
        cell = sheet.cells.get((row, columns.get(code, 0)))
        try:
            days += [_day(form, code, shown.meant(code, cell.raw))] if cell else []
        except ValueError:
            continue  # the parser tells of it
    return _period_of(max(days), form) if days else None


def _period_of(day: date, form: Form) -> int:
    return (day.year * YEAR + day.month - 1) // form.months


def _day(form: Form, code: str, text: str) -> date:
    """Return the day that a text names, of a period its last. Raises ValueError for any other text."""
    return parse_period_end(text, form.row_months) if form.column(code).type == "period" else parse_date(text)


def _columns(fit: Fit, period: int | None, group: SideGroup) -> Iterator[tuple[str, int]]:
    """Yield the columns of the form with their place: those of a period, of one group of headings, and of all."""
    for heading in _headings(fit.layout, group):
        for number, named in fit.places.get(heading.path, ()):
            if named in (None, period):
                yield from ((code, number) for code in heading.columns)


def _headings(layout: TableLayout, group: SideGroup) -> list[TableHeading]:
    """Return the headings that fill a row: those of one group, and those of all."""
    return [heading for heading in layout.headings if not heading.fixed or heading.fixed == group]


def _shown(layout: TableLayout, sheet: str, group: SideGroup = (), period: int | None = None) -> ShownTable:
    headings = _headings(layout, group)
    filled = {code: heading for heading in headings for code in heading.columns}
    fixed = {each.column: each.value for each in (*layout.fixed, *group)}
    fixed |= {layout.named_by_sheet: sheet} if layout.named_by_sheet else {}
    fixed |= {layout.period_as: f"{period}年"} if layout.period_as and period is not None else {}
    return ShownTable(
        code=layout.code,
        words={
            code: {normalise(word): meant for word, meant in words.items()}
            for code in (*filled, *([layout.turned] if layout.turned else []))
            if (words := layout.meanings(code))
        },
        suffixes={code: heading.suffix for code, heading in filled.items() if heading.suffix},
        halves={code: heading.columns.index(code) for code, heading in filled.items() if _has_two(heading)},
        bounds={
            code: (heading.columns.index(code), heading.bound) for code, heading in filled.items() if heading.bound
        },
        fixed=fixed,
        across=layout.across or layout.periods_in is not None,
        whole=layout.period is not None,
    )


def _has_two(heading: TableHeading) -> bool:
    return len(heading.columns) > 1 and not heading.bound
