"""Table JSON: a table as plain data with stable English keys, for python -m etl read --json."""

from typing import Any

from base.periods import format_quarter
from etl.layout.table import ColumnTotal, Period, PlacedText, Subset, Table, TableRow, TotalRow
from etl.layout.text_kinds import number_of
from etl.model.nouns import Cell


def table_record(table: Table) -> dict[str, Any]:
    """Return a table as plain data; texts are unchanged, `value` is the cell's number or null."""
    return {
        "range": table.range,
        "title": _placed_text(table.title),
        "period": _period(table.period),
        "reporter": _placed_text(table.reporter),
        "measure": _placed_text(table.measure),
        "header_rows": list(table.header_rows),
        "columns": [
            {"column": c.letter, "path": list(c.path), "measure": c.measure or None, "role": c.role}
            for c in table.columns
        ],
        "details": [_row(row) for row in table.details],
        "totals": [_total(total) for total in table.totals],
        "column_totals": [_column_total(total) for total in table.column_totals],
        "derived": [_row(row) for row in table.derived],
        "subsets": [_subset(subset) for subset in table.subsets],
        "sections": [{"row": row.row, "label": row.label} for row in table.sections],
        "notes": [_cell(cell) for cell in table.notes],
        "footers": [_cell(cell) for cell in table.footers],
        "prepared_rows": table.prepared,
        "captions": [_cell(cell) for cell in table.captions],
        "beside": [_cell(cell) for cell in table.loose_cells],
        "remarks": table.remarks,
    }


def _placed_text(placed: PlacedText | None) -> dict[str, str] | None:
    return {"text": placed.text, "where": placed.where} if placed else None


def _period(period: Period | None) -> dict[str, Any] | None:
    if period is None:
        return None
    quarter = format_quarter(period.quarter) if period.quarter is not None else None
    return {"text": period.text, "where": period.where, "quarter": quarter, "years": list(period.years)}


def _row(row: TableRow) -> dict[str, Any]:
    cells = [{**_cell(cell), "value": number_of(cell.raw) if cell.kind != "date" else None} for cell in row.cells]
    return {"row": row.row, "label": row.label, "measure": row.measure or None, "cells": cells}


def _cell(cell: Cell) -> dict[str, Any]:
    return {"address": cell.address, "raw": cell.raw}


def _total(total: TotalRow) -> dict[str, Any]:
    checks = [
        {"column": check.column, "written": check.written, "added": check.added, "agrees": check.agrees}
        for check in total.checks
    ]
    return {**_row(total.row), "covers": list(total.covers), "agrees": total.agrees, "checks": checks}


def _column_total(total: ColumnTotal) -> dict[str, Any]:
    differs = [{"row": check.row, "written": check.written, "added": check.added} for check in total.differs]
    covers = [column.letter for column in total.covers]
    agrees = not total.differs if total.agreeing or total.differs else None
    return {"column": total.column.letter, "covers": covers, "agrees": agrees, "differs": differs}


def _subset(subset: Subset) -> dict[str, Any]:
    return {**_row(subset.row), "of": subset.of, "whole": subset.whole}
