"""Turned tables: a form's columns down the side and its organisations across, one row of the form to a column."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import is_note, is_rate, is_signature, split_measure
from etl.model.nouns import Cell, Head, Layout, Sheet
from etl.model.shown import ShownTable
from etl.own_layouts.year_of_table import year_of_table
from stats.catalogue import Catalogue
from stats.catalogue.layouts import TableLayout
from stats.catalogue.models import Form


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


def turned_layouts(sheet: Sheet, fit: TurnedFit, form: Form, head: Head, shown: ShownTable) -> Iterator[Layout]:
    """Yield where each organisation's row of the form is: its name above, its values below that."""
    units = {path: split_measure(sheet.cells[row, fit.label_column].raw)[1] for path, row in fit.rows.items()}
    filled = [(path, code) for path, heading in fit.layout.paths.items() for code in heading.columns]
    for column in fit.columns:
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
    names = tuple(cell.column for cell in _names(sheet, names_row, column) if not total_rank(cell.raw))
    more = tuple(label for label, row in rows.items() if row >= first and label not in wanted and names_numbers(label))
    if not names:
        return None
    return TurnedFit(layout=layout, names_row=names_row, label_column=column, rows=wanted, columns=names, more=more)


def _names(sheet: Sheet, row: int, column: int) -> list[Cell]:
    return [cell for cell in sheet.row_cells(row) if cell.column > column and cell.kind == "text" and cell.raw.strip()]


def _labels(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return the texts of a sheet without their units of measure, by place."""
    texts = ((place, cell.raw) for place, cell in sheet.cells.items() if cell.kind == "text")
    return {place: normalise(split_measure(text)[0]) for place, text in texts}


def names_numbers(label: str) -> bool:
    """Return whether a label names numbers of their own: no sum, rate, note or signature."""
    plain = total_rank(label) or is_rate(label) or is_note(label) or is_signature(label, bare=True)
    return not plain
