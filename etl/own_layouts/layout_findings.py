"""Layout findings: what is said of a sheet that a declared layout reads, and of what it can't tell apart in it."""

from collections.abc import Iterator

from etl.model.finding import Finding, tell
from etl.model.nouns import Sheet, address_of
from etl.own_layouts.fitting import Fit
from etl.own_layouts.row_periods import without_period
from etl.privacy import hide
from etl.recognise.form_columns import below_header
from etl.recognise.headers import filled_rows
from stats.catalogue.layouts import TableLayout
from stats.catalogue.models import Form

_SHOWN = 4
_NEAR_TOP = 4  # rows in which the headings of a table are


def layout_findings(fit: Fit, form: Form, sheet: Sheet, file: str) -> Iterator[Finding]:
    """Yield what is said of a sheet that is read by a layout: what differs from it, and what is not taken."""
    name, layout = sheet.name, fit.layout.name
    yield from read_by(fit.layout, form, sheet, file, fit.more, fit.stated_year)
    if persons := tuple(path for path in fit.layout.persons if path in fit.places):
        yield tell("persons_dropped", file=file, sheet=name, names=_say_paths(persons))
    if fit.lacking:
        yield tell("layout_lacks", file=file, sheet=name, layout=layout, names=_say_paths(fit.lacking))
    for path, columns in fit.doubled.items():
        address = address_of((fit.header.top, columns[-1]))
        yield tell("heading_twice", file=file, sheet=name, address=address, label=hide(path.rpartition("/")[2]))
    yield from _rows_without_period(fit, form, sheet, file)


def read_by(
    layout: TableLayout, form: Form, sheet: Sheet, file: str, more: tuple[str, ...], year: int | None
) -> Iterator[Finding]:
    """Yield by which layout a sheet is read, the headings that it has besides, and that `year` is not the layout's."""
    yield tell("own_layout", file=file, sheet=sheet.name, layout=layout.name, form=form.name)
    if not layout.is_for(year):
        words, own = f"{year}年" if year else "看不出哪一年", f"{layout.year}年"
        yield tell("layout_year", file=file, sheet=sheet.name, layout=layout.name, year=own, stated=words)
    if more:
        yield tell("layout_more", file=file, sheet=sheet.name, layout=layout.name, names=_say_paths(more))


def note_left_out(file: str, sheet: Sheet) -> Finding:
    """Return the note that a layout says that a sheet is not read."""
    return tell("sheet_left_out", file=file, sheet=sheet.name)


def note_not_read(file: str, table: Sheet) -> Finding:
    """Return the question whether one of several tables on a sheet may be left out, which no layout reads."""
    first = filled_rows(table)
    headings = max((list(table.row_cells(row)) for row in first[:_NEAR_TOP]), key=len)
    names = "、".join(hide(cell.raw.strip()) for cell in headings[:_SHOWN])
    return tell("table_not_read", file=file, sheet=table.name, address=headings[0].address, names=names)


def _say_paths(paths: tuple[str, ...]) -> str:
    shown = "".join(f"“{hide(path.replace('/', '·'))}”" for path in sorted(paths)[:_SHOWN])
    return shown + (f"等 {len(paths)} 栏" if len(paths) > _SHOWN else "")


def _rows_without_period(fit: Fit, form: Form, sheet: Sheet, file: str) -> Iterator[Finding]:
    column = fit.column(fit.layout.periods_in)
    if column is None:
        return
    first, _ = below_header(sheet, fit.header, {})
    for cell in without_period(sheet, first, column, form.months, fit.stated_year):
        label = (fit.layout.periods_in or "").rpartition("/")[2]
        yield tell(
            "row_without_period", file=file, sheet=sheet.name, address=cell.address, label=label, text=cell.raw.strip()
        )
