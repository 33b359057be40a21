"""Own table: a table of a spreadsheet by its headings, as a layout will find them again."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from base.errors import UserError
from base.text import normalise
from etl.guard import Refused
from etl.guard.virus_scan import refuse_infected_files
from etl.labels.total_labels import total_rank
from etl.model.nouns import Header, Sheet
from etl.own_layouts.sheet_tables import tables_apart
from etl.own_layouts.shown_tables import layout_of
from etl.read import read_all_sheets, reader
from etl.recognise.form_columns import below_header
from etl.recognise.headers import filled_rows, find_headers, spellings_of
from etl.survey import survey
from stats.catalogue import Catalogue


@dataclass(frozen=True)
class OwnTable:
    """A table of a sheet: its header, its first row below it, and the unit of measure in its title, "" for none."""

    sheet: Sheet
    header: Header
    first_row: int
    measure: str = ""

    @property
    def sums_up(self) -> bool:
        """Return whether the name of its sheet says that it holds sums of other sheets: 汇总, 全县."""
        return bool(total_rank(self.sheet.name))

    def is_like(self, other: "OwnTable") -> bool:
        """Return whether it has the headings of another table, and holds details as that does."""
        return self.header.paths == other.header.paths and self.sums_up == other.sums_up

    def texts(self, column: int) -> list[tuple[str, str]]:
        """Return the texts in a column below the header, each with its address."""
        rows = range(self.first_row, self.sheet.height + 1)
        cells = (self.sheet.cells.get((row, column)) for row in rows)
        return [(cell.raw.strip(), cell.address) for cell in cells if cell and cell.raw.strip()]


def own_tables(path: Path, catalogue: Catalogue, sheet: str = "", left_out: Collection[str] = ()) -> list[OwnTable]:
    """Return the tables of the visible sheets of a file but those `left_out`, or of one sheet.

    First come those that nothing reads yet, with the headings that most have, last those that sum up others.

    Raises UserError when the file can't be read or there is no table with headings in it.
    """
    if not path.is_file():
        raise UserError(f"没有“{path}”这个文件。请核对路径。")
    refuse_infected_files([path])
    try:
        sheets = reader().start_with(read_all_sheets, path)()
    except Refused as refused:
        raise UserError(f"“{path.name}”读不了：{refused}。请核对文件。") from None
    filled = (each for each in sheets if each.visible and each.cells and each.name not in left_out)
    wanted = [each for each in filled if sheet in ("", each.name)]
    tables = [table for each in wanted for table in _tables(each, path.name, catalogue)]
    if not tables:
        raise UserError(f"“{path.name}”里没有找到有栏头的表。请核对文件和工作表。")
    alike = Counter({id(table): sum(map(table.is_like, tables)) for table in tables})
    known = {id(table) for table in tables if layout_of(table.sheet, path.name, catalogue)}
    return sorted(tables, key=lambda table: (id(table) in known, table.sums_up, -alike[id(table)]))


def _tables(sheet: Sheet, file: str, catalogue: Catalogue) -> Iterator[OwnTable]:
    """Yield the tables of a sheet that have headings, which are read as they are when a layout is looked for."""
    for part in tables_apart(sheet, file):
        if (table := _table(part, file, catalogue)) is not None:
            yield table


def _table(sheet: Sheet, file: str, catalogue: Catalogue) -> OwnTable | None:
    for table in survey(sheet, file):
        if not table.header_rows:
            continue
        top, depth = table.header_rows[0], len(table.header_rows)
        words = frozenset(normalise(cell.raw) for row in table.header_rows for cell in sheet.row_cells(row))
        bare = frozenset(word.partition("(")[0] for word in words)
        for header in find_headers(sheet, spellings_of(catalogue), words | bare, filled_rows(sheet)):
            if (header.top, header.depth) == (top, depth):
                measure = table.measure.text if table.measure else ""
                return OwnTable(sheet, header, below_header(sheet, header, {})[0], measure)
    return None
