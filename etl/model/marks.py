"""Marks: information about sheets besides their values, which the reading library leaves out."""

from dataclasses import dataclass, field

from etl.model.grid import ERROR_VALUE, Place
from etl.model.number_format import Showing

__all__ = ["ERROR_VALUE", "NO_RESULT", "BookMarks", "Marks"]

NO_RESULT = "公式没有结果"


@dataclass
class Marks:
    """The marks of a sheet. Rows and columns are numbered from 1.

    `faults` are cells with ERROR_VALUE or NO_RESULT, `formats` those whose number format shows more than the number,
    `strays` blanks so far from the table that the sheet could not be read with them.
    """

    faults: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, Showing] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    strays: set[Place] = field(default_factory=set)


@dataclass
class BookMarks:
    """The marks of a workbook: its sheets by name, its date system, and the parts that hold strays.

    Old workbooks write sheet names in many encodings, so their sheets are given in order, as `ordered`.
    """

    sheets: dict[str, Marks] = field(default_factory=dict)
    ordered: list[Marks] = field(default_factory=list)
    since_1904: bool = False
    strays: dict[str, set[Place]] = field(default_factory=dict)

    def of(self, name: str, position: int) -> Marks:
        """Return the marks of a sheet, by its name and its position among all sheets, from 0."""
        if position < len(self.ordered):
            return self.ordered[position]
        return self.sheets.get(name) or Marks()
