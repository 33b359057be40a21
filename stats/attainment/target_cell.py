"""The cell in which a target was set, in the file that was filed."""

from stats.figures.elements.figure_model import Source
from stats.figures.records import cell_of
from stats.judging.targets import Target
from stats.readings.trace import CellRef
from stats.warehouse import run_query


def cell_of_target(source: Source, goal: Target) -> CellRef | None:
    """Return the cell of a target's number or, for a task, of its name, as its document was last filed.

    None if the row is not stored, as in a build of an earlier format.
    """
    parameters = {"indicator": goal.indicator, "unit": goal.unit, "year": goal.year, "document": goal.document}
    row = next(iter(run_query(source.warehouse, "target_cells.sql", **parameters)), None)
    return None if row is None else cell_of(source, row, row["period"])
