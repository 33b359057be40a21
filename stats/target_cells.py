"""The cell in which a target was set, in the file that was filed."""

from xlsxwriter.utility import xl_rowcol_to_cell

from stats.periods import format_quarter
from stats.targets import Target
from stats.traces import CellRef
from stats.warehouse import Warehouse, run_query


def cell_of_target(warehouse: Warehouse, goal: Target) -> CellRef | None:
    """Return the cell of a target's number or, of a task, of its name, as its document was filed last.

    None where the row is not kept, as in a build made before its place was.
    """
    asked = {"indicator": goal.indicator, "unit": goal.unit, "year": goal.year, "document": goal.document}
    row = next(iter(run_query(warehouse, "target_cells.sql", **asked)), None)
    if row is None:
        return None
    return CellRef(
        row["submission"],
        row["name"],
        str(warehouse.store / row["file"]),
        row["sheet"],
        xl_rowcol_to_cell(row["row"] - 1, row["column"] - 1),
        row["raw"],
        1.0,
        row["unit"],
        row["unit_name"],
        format_quarter(row["period"]),
        "",
        "",
        "",
        row["row"],
        row["column"],
    )
