"""Turned tables: a form's columns down the side and its organisations across, one row of the form to a column."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from base.text import normalise
from etl.labels.derived_labels import derived_label
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import bare_unit, is_note, is_rate, is_signature, is_year, split_measure
from etl.model.nouns import Cell, Head, Layout, Sheet
from etl.model.shown import ShownTable
from etl.own_layouts.year_of_table import year_of_table
from stats.catalogue import Catalogue
from stats.catalogue.layouts import SideGroup, TableLayout
from stats.catalogue.models import Form

_MEASURES = ("单位", "计量单位")


@dataclass(kw_only=True, frozen=True)
class TurnedFit:
    """A table held against a turned layout: the row of each label, the row above them with the names, their columns.

    `more` are labels that the layout does not know.
    """

    layout: TableLayout
    names_row: int
    label_column: int
    rows: dict[str, int]
    columns: tuple[int, ...]
    more: tuple[str, ...]


def turned_fit(sheet: Sheet, file: str, catalogue: Catalogue) -> TurnedFit | None:
    """Return the turned layout all of whose labels stand below each other in a sheet, None where there is none."""
    turned = (layout for layout in catalogue.layouts.values() if layout.turned)
    fits = [fit for layout in turned if (fit := _held(sheet, layout))]
    return max(
        fits,
        key=lambda fit: (
            len(fit.rows),
            -len(fit.more),
            fit.layout.is_for(year_of_table(sheet, fit.names_row, file)),
        ),
        default=None,
    )


def turned_layouts(
    sheet: Sheet, fit: TurnedFit, form: Form, head: Head, shown_of: Callable[[SideGroup], ShownTable]
) -> Iterator[Layout]:
    """Yield where each organisation's row of the form is: its name above, its values below that.

    Of labels that say something fixed, each group makes a row; `shown_of` returns what the layout says of a group.
    """
    units = {path: _unit(sheet, fit, row) for path, row in fit.rows.items()}
    for column, group in product(fit.columns, fit.layout.side_groups or ((),)):
        shown, filled = shown_of(group), list(_filled(fit.layout, group))
        places = {fit.layout.turned or "": (fit.names_row, column)}
        places |= {code: (fit.rows[path], column) for path, code in filled}
        yield Layout(
            sheet=sheet,
            form=form,
            kind="return",
            head=head,
            header=None,
            first_row=min(fit.rows.values()),
            columns={},
            places=places,
            scales={code: units[path] for path, code in filled},
            shown=shown,
        )


def _filled(layout: TableLayout, group: SideGroup) -> Iterator[tuple[str, str]]:
    for heading in layout.headings:
        if not heading.fixed or heading.fixed == group:
            yield from ((heading.path, code) for code in heading.columns)


def _unit(sheet: Sheet, fit: TurnedFit, row: int) -> str:
    """Return the unit of measure of a label, in brackets or in the column beside it."""
    written = split_measure(sheet.cells[row, fit.label_column].raw)[1]
    measures_at = measure_column(sheet, fit.names_row, fit.label_column)
    cell = sheet.cells.get((row, measures_at or 0))
    return written or (bare_unit(cell.raw) if cell else "")


def _held(sheet: Sheet, layout: TableLayout) -> TurnedFit | None:
    labels = _labels(sheet)
    for column in sorted({place[1] for place in labels}):
        down = [(label, place[0]) for place, label in sorted(labels.items()) if place[1] == column]
        times = Counter(label for label, _ in down)
        if all(times[path] == 1 for path in layout.paths):  # of two alike nobody knows which is meant
            return _fit(sheet, layout, column, dict(down))
    return None


def _fit(sheet: Sheet, layout: TableLayout, column: int, rows: dict[str, int]) -> TurnedFit | None:
    wanted = {path: rows[path] for path in layout.paths}
    first = min(wanted.values())
    above = (row for row in reversed(range(1, first)) if len(_names(sheet, row, column)) > 1)
    names_row = next(above, 0)
    measures_at, named = measure_column(sheet, names_row, column), layout.meanings(layout.turned or "")
    names = tuple(
        cell.column
        for cell in _names(sheet, names_row, column)
        if (normalise(cell.raw) in named or not total_rank(cell.raw))
        and cell.column != measures_at
        and not derived_label(cell.raw)
    )
    more = tuple(label for label, row in rows.items() if row >= first and label not in wanted and names_numbers(label))
    if not names:
        return None
    return TurnedFit(layout=layout, names_row=names_row, label_column=column, rows=wanted, columns=names, more=more)


def _names(sheet: Sheet, row: int, column: int) -> list[Cell]:
    cells = (cell for cell in sheet.row_cells(row) if cell.column > column and cell.raw.strip())
    return [cell for cell in cells if cell.kind == "text" or is_year(cell.raw)]


def measure_column(sheet: Sheet, row: int, column: int) -> int | None:
    """Return the column beside the labels that holds their units of measure, by its heading; None where is none."""
    cell = sheet.cells.get((row, column + 1))
    return column + 1 if cell and normalise(cell.raw) in _MEASURES else None


def _labels(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return the texts of a sheet without their units of measure, by place."""
    texts = ((place, cell.raw) for place, cell in sheet.cells.items() if cell.kind == "text")
    return {place: normalise(split_measure(text)[0]) for place, text in texts}


def names_numbers(label: str) -> bool:
    """Return whether a label names numbers of their own: no sum, rate, note or signature."""
    plain = total_rank(label) or is_rate(label) or is_note(label) or is_signature(label, bare=True)
    return not plain
