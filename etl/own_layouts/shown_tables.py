"""Shown tables: the returns in a sheet that a declared layout reads, each where it is in the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from base.month_spans import YEAR, parse_period
from base.text import normalise
from etl.extract.stated_periods import parse_period_end
from etl.labels.total_labels import total_rank
from etl.model.finding import Finding, tell
from etl.model.grid import Grid, Place
from etl.model.nouns import Head, Layout, Sheet
from etl.model.shown import ShownTable
from etl.model.values import parse_date
from etl.own_layouts.fitting import Fit, best_fit
from etl.own_layouts.turned_tables import TurnedFit, turned_fit, turned_layouts
from etl.own_layouts.year_of_table import year_of_table
from etl.privacy import hide
from etl.recognise import head_above, recognise
from etl.recognise.form_columns import below_header
from stats.catalogue import Catalogue
from stats.catalogue.layouts import TableHeading, TableLayout
from stats.catalogue.models import Form

_SHOWN = 4


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
    layouts = tuple(_layouts(bare, fit, form, head, file))
    return ShownReturns(layouts, tuple(_findings(fit, form, bare, file)), bare)


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
    layouts = tuple(turned_layouts(sheet, fit, form, head, _shown(layout, sheet.name)))
    findings = [tell("own_layout", file=file, sheet=sheet.name, layout=layout.name, form=form.name)]
    findings += _of_other_year(layout, year_of_table(sheet, fit.names_row, file), file, sheet.name)
    if fit.more:
        findings.append(tell("layout_more", file=file, sheet=sheet.name, layout=layout.name, names=_say(fit.more)))
    return ShownReturns(layouts, tuple(findings), sheet)


def note_left_out(file: str, sheet: Sheet) -> Finding:
    """Return the note that a layout says that a sheet is not read."""
    return tell("sheet_left_out", file=file, sheet=sheet.name)


def persons_in(sheet: Sheet, file: str, catalogue: Catalogue) -> list[Place]:
    """Return the filled cells that name persons below a header that a declared layout fits; none where none does."""
    fit = _fit_for(sheet, file, catalogue)
    return _persons(sheet, fit) if fit else []


def _fit_for(sheet: Sheet, file: str, catalogue: Catalogue) -> Fit | None:
    """Return the layout that reads a sheet: one that fits exactly or, where the sheet is no form itself, nearly."""
    fit = best_fit(sheet, file, catalogue) if catalogue.layouts else None
    if fit is None or fit.exact or recognise(sheet, file, catalogue)[0] is None:
        return fit
    return None


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
    """Yield the returns: one, or one for each period across the columns."""
    first, scales = below_header(sheet, fit.header, {})
    periods = sorted({period for matched in fit.places.values() for _, period in matched if period is not None})
    periods = [period for period in periods if _is_begun(sheet, fit, first, period)]
    year = year_of_table(sheet, fit.header.top, file)
    for period, side_heading in product(periods if fit.layout.across else [None], fit.layout.side_headings or [""]):
        columns = dict(_columns(fit, period, side_heading))
        units = {code: unit for code, number in columns.items() if (unit := fit.header.units.get(number, ""))}
        yield Layout(
            sheet=sheet,
            form=form,
            kind="table",
            head=_dated(head, fit.layout, form, sheet, columns, first, _number(form, year, period)),
            header=fit.header,
            first_row=first,
            columns=columns,
            places={},
            scales={code: units.get(code, "") for code in columns} | scales,
            shown=_shown(fit.layout, sheet.name, side_heading),
        )


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
    head: Head, layout: TableLayout, form: Form, sheet: Sheet, columns: dict[str, int], first: int, period: int | None
) -> Head:
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
    return (max(days).year * YEAR + max(days).month - 1) // form.months if days else None


def _day(form: Form, code: str, text: str) -> date:
    """Return the day that a text names, of a period its last. Raises ValueError for any other text."""
    return parse_period_end(text, form.row_months) if form.column(code).type == "period" else parse_date(text)


def _columns(fit: Fit, period: int | None, side_heading: str) -> Iterator[tuple[str, int]]:
    """Yield the columns of the form with their place: those of a period, of one of several headings, and of all."""
    paths = {path: heading for path, heading in fit.layout.paths.items() if not heading.fixed or path == side_heading}
    for path, heading in paths.items():
        for number, named in fit.places.get(path, ()):
            if named in (None, period):
                yield from ((code, number) for code in heading.columns)


def _shown(layout: TableLayout, sheet: str, side_heading: str = "") -> ShownTable:
    headings = [heading for heading in layout.headings if not heading.fixed or heading.path == side_heading]
    filled = {code: heading for heading in headings for code in heading.columns}
    return ShownTable(
        code=layout.code,
        words={
            code: {normalise(word): meant for word, meant in words.items()}
            for code in filled
            if (words := layout.meanings(code))
        },
        suffixes={code: heading.suffix for code, heading in filled.items() if heading.suffix},
        halves={code: heading.columns.index(code) for code, heading in filled.items() if _has_two(heading)},
        bounds={
            code: (heading.columns.index(code), heading.bound) for code, heading in filled.items() if heading.bound
        },
        fixed={each.column: each.value for each in (*layout.fixed, *(each for own in headings for each in own.fixed))}
        | ({layout.named_by_sheet: sheet} if layout.named_by_sheet else {}),
        across=layout.across,
        whole=layout.period is not None,
    )


def _has_two(heading: TableHeading) -> bool:
    return len(heading.columns) > 1 and not heading.bound


def _findings(fit: Fit, form: Form, sheet: Sheet, file: str) -> Iterator[Finding]:
    name, layout = sheet.name, fit.layout.name
    yield tell("own_layout", file=file, sheet=name, layout=layout, form=form.name)
    yield from _of_other_year(fit.layout, fit.stated_year, file, name)
    if persons := tuple(path for path in fit.layout.persons if path in fit.places):
        yield tell("persons_dropped", file=file, sheet=name, names=_say(persons))
    if fit.lacking:
        yield tell("layout_lacks", file=file, sheet=name, layout=layout, names=_say(fit.lacking))
    if fit.more:
        yield tell("layout_more", file=file, sheet=name, layout=layout, names=_say(fit.more))


def _of_other_year(layout: TableLayout, stated: int | None, file: str, sheet: str) -> Iterator[Finding]:
    if not layout.is_for(stated):
        words = f"{stated}年" if stated else "看不出哪一年"
        yield tell("layout_year", file=file, sheet=sheet, layout=layout.name, year=f"{layout.year}年", stated=words)


def _say(paths: tuple[str, ...]) -> str:
    shown = "".join(f"“{hide(path.replace('/', '·'))}”" for path in sorted(paths)[:_SHOWN])
    return shown + (f"等 {len(paths)} 栏" if len(paths) > _SHOWN else "")
