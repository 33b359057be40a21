"""Listed rows: the organisations in a list, each with the area it stands in and the cells that say so.

The area of a row is told by its own column; without one by the heading of the group it stands in, by the subtotal below
the group, or by the name of its sheet.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from base.text import normalise
from etl.labels.area_labels import area_of_subtotal
from etl.labels.total_labels import bare_label, total_rank
from etl.layout.text_kinds import is_note, is_signature
from etl.model.nouns import Cell
from etl.unit_lists.list_columns import ListLayout
from etl.unit_lists.list_words import ListColumn, list_words

_COUNTY = re.compile(r"^[^县市区]{1,6}[县市区](?=.)")
_NO_TOWNS = frozenset({"乡镇", "城镇", "村镇", "集镇", "城乡", "下乡"})


@dataclass(kw_only=True, frozen=True)
class ListedUnit:
    """An organisation in a list: what its row says by column, where that stands, and the area it is in."""

    sheet: str
    row: int
    values: dict[ListColumn, str]
    addresses: dict[ListColumn, str]
    area: str

    @property
    def name(self) -> str:
        """Return its name as written, "" where the row has none."""
        return self.values.get(ListColumn.NAME, "")

    @property
    def place(self) -> str:
        """Return where it is named: 花名册!B5."""
        return f"{self.sheet}!{self.addresses.get(ListColumn.NAME) or f'第 {self.row} 行'}"

    def at(self, column: ListColumn) -> str:
        """Return where a value of it stands: 花名册!D14."""
        return f"{self.sheet}!{self.addresses[column]}"


def listed_units(layout: ListLayout, *, by_sheet: bool, fill_down: bool = False) -> list[ListedUnit]:
    """Return the organisations in a list; `by_sheet` says that the name of a sheet is that of an area.

    With `fill_down` a blank area is that of the row above.
    """
    units: list[ListedUnit] = []
    group, pending = "", 0  # the heading above, and where the rows begin that no heading or subtotal has claimed
    for row, cells in _rows(layout):
        if label := _total_label(layout, cells):
            area = area_of_subtotal(label)
            units[pending:] = [replace(unit, area=unit.area or area) for unit in units[pending:]]
            pending = len(units)
        elif _is_group(layout, cells):
            group, pending = bare_label(cells[0].raw), len(units)
        else:
            units.append(_unit(layout, row, cells, group))
    units = _filled_down(units) if fill_down else units
    sheet = layout.sheet.name if by_sheet else ""
    return [replace(unit, area=unit.area or sheet) for unit in units]


def _filled_down(units: list[ListedUnit]) -> list[ListedUnit]:
    filled: list[ListedUnit] = []
    for unit in units:
        filled.append(replace(unit, area=unit.area or (filled[-1].area if filled else "")))
    return filled


def _rows(layout: ListLayout) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the filled rows below the header, up to the notes and signatures below the list."""
    named = {normalise(text) for path in layout.header.paths.values() for text in path}
    for row in range(layout.first_row, layout.sheet.height + 1):
        cells = list(layout.sheet.row_cells(row))
        filled = [cell for cell in cells if cell.raw.strip()]
        if not filled or all(normalise(cell.raw) in named for cell in filled):  # a header that is repeated
            continue
        if is_note(filled[0].raw) or is_signature(filled[0].raw, bare=len(filled) == 1):
            continue
        yield row, filled


def _total_label(layout: ListLayout, cells: list[Cell]) -> str:
    """Return the text that says that a row is a sum, "" where it names an organisation besides."""
    name = layout.columns[ListColumn.NAME]
    named = any(cell.column == name and not total_rank(cell.raw) for cell in cells)
    return "" if named else next((cell.raw for cell in cells if cell.kind == "text" and total_rank(cell.raw)), "")


def _is_group(layout: ListLayout, cells: list[Cell]) -> bool:
    """Return whether a row is the heading of a group: one text alone, and no name in the column of names alone."""
    if len(cells) > 1 or cells[0].kind != "text":
        return False
    place = (cells[0].row, cells[0].column)
    merged = layout.sheet.merge_at(place) is not None
    return merged or cells[0].column != layout.columns[ListColumn.NAME]


def _unit(layout: ListLayout, row: int, cells: list[Cell], group: str) -> ListedUnit:
    by_column = {cell.column: cell for cell in cells}
    origins = layout.sheet.merged_origins
    values, addresses = dict[ListColumn, str](), dict[ListColumn, str]()
    for column, number in layout.columns.items():
        origin = origins.get((row, number))
        cell = by_column.get(number) or (layout.sheet.cells.get(origin) if origin else None)
        if cell and cell.raw.strip():
            values[column], addresses[column] = cell.text.strip(), cell.address
    area = "".join(values.get(ListColumn.AREA, "").split()) or "".join(group.split())
    return ListedUnit(sheet=layout.sheet.name, row=row, values=values, addresses=addresses, area=area)


def with_areas_of_names(units: Sequence[ListedUnit]) -> list[ListedUnit]:
    """Return the organisations, with the township that their names begin with where no area is told of any.

    南山镇机关工会 and 南山镇中心小学工会 are in 南山镇; with which a single name begins tells nothing.
    """
    if any(unit.area for unit in units):
        return list(units)
    towns = [_town(normalise(unit.name)) for unit in units]
    counts = Counter(towns)
    return [
        replace(unit, area=town) if town and counts[town] > 1 else unit for unit, town in zip(units, towns, strict=True)
    ]


def _town(name: str) -> str:
    """Return the township that a name begins with, after the name of the county, "" for none."""
    bare = _COUNTY.sub("", name)
    ends = [bare.find(end, 1) + len(end) for end in list_words().levels["town"].endings if end in bare[1:]]
    town = bare[: min(ends, default=0)]
    town += "镇" if town and bare[len(town) :].startswith("镇") else ""  # 西乡镇 is no 西乡
    return town if len(town) < len(bare) and town not in _NO_TOWNS else ""
