"""Survey: find the tables of a sheet by structure. Uncertain results are remarked in the table."""

from collections.abc import Iterator
from dataclasses import replace

from etl.layout.area import CellArea
from etl.layout.caption import find_measure, find_period, find_title, labelled
from etl.layout.column_figures import Figures
from etl.layout.column_roles import column_roles, unlabelled
from etl.layout.header import Heading, find_heading, read_heading
from etl.layout.regions import split_rows
from etl.layout.side_by_side import cut_columns
from etl.layout.table import FILE, SHEET, PlacedText, Table, TableColumn
from etl.layout.table_rows import RankedRow, Sorter
from etl.layout.text_kinds import bare_unit, is_ratio
from etl.model.nouns import Cell, Sheet
from etl.sums.column_sums import check_columns
from etl.sums.column_totals import Sums
from etl.sums.derived import set_apart
from etl.sums.numbered_rows import sum_numbered
from etl.sums.period_labels import period_rank
from etl.sums.subsets import find_subsets
from etl.sums.total_rows import check_totals
from etl.survey.doubts import doubts_of

_NAMES_TOO = frozenset("户家组处所间场期批件项条片起对只张本台套")  # units that also head a column of names


def survey(sheet: Sheet, file: str) -> list[Table]:
    """Return the tables in a sheet from the top down and from left to right; [] for an empty one.

    `file` is the sender's name for the file, which may state the period and the unit of measure.
    """
    area = CellArea.of(sheet)
    return list(_tables(area, file, [])) if area.numbers else []


def _tables(area: CellArea, file: str, above: list[Cell]) -> Iterator[Table]:
    """Yield the tables of an area: split at blank columns, then at new headers, until one table is left."""
    parted = cut_columns(area)
    if len(parted.tables) > 1 or parted.loose_cells or parted.above:
        for at, part in enumerate(parted.tables):
            for table in _tables(part, file, [*above, *parted.above]):
                table.loose_cells += parted.loose_cells if not at else []
                if parted.loose_cells and not at:
                    table.remarks.append(f"表旁另有 {len(parted.loose_cells)} 格内容，没有算在表内")
                yield table
        return
    heading = _heading(area)
    regions = list(split_rows(area, heading)) if heading else [area]
    if len(regions) > 1:
        for region in regions:
            yield from _tables(region, file, above)
    else:
        yield _table(area, heading, file, above)


def _heading(area: CellArea) -> Heading | None:
    heading = find_heading(area)
    if heading is None and len(area.columns) == 1 and len(area.numbers) > 1 and area.text_only(area.numbers[0]):
        return read_heading(area, area.numbers[0])
    return heading


def _table(area: CellArea, heading: Heading | None, file: str, above: list[Cell]) -> Table:
    first = heading.below if heading else area.numbers[0]
    stray = unlabelled(area, heading, first) | _only_above(area, heading)
    apart = [cell for cell in area.cells() if cell.column in stray] if stray else []
    outside = [cell for cell in apart if cell.row >= _top(heading, first)]
    if stray:
        above = [*above, *(cell for cell in apart if cell not in outside)]
        kept = [column for column in area.columns if column not in stray]
        area = area.within(kept[0], kept[-1])
    columns = column_roles(area, heading, first)
    table = Table(
        sheet=area.sheet.name, top=_top(heading, first), left=area.columns[0], bottom=first, right=area.columns[-1]
    )
    table.header_rows = tuple(range(heading.rows.start, heading.below)) if heading else ()
    table.columns, table.loose_cells = columns, outside
    _caption(table, area, heading, file, above)
    if table.measure and is_ratio(table.measure.text):
        table.columns = [_as_rate(column) for column in table.columns]
    figures = Figures(area, first)
    _fill(table, list(Sorter(area, heading, table.columns, first).items()), figures)
    _remark(table, heading, figures, area.sheet)
    return table


def _only_above(area: CellArea, heading: Heading | None) -> frozenset[int]:
    """Return the columns left of the table that hold cells above its header alone."""
    if heading is None:
        return frozenset()
    below = area.between(heading.rows.start, area.numbers[-1])
    return frozenset(column for column in area.columns if column < below.columns[0])


def _as_rate(column: TableColumn) -> TableColumn:
    return replace(column, role="rate") if column.role == "figure" and not column.measure else column


def _top(heading: Heading | None, first: int) -> int:
    """Return the first row of header and body."""
    return heading.rows.start if heading else first


def _caption(table: Table, area: CellArea, heading: Heading | None, file: str, above: list[Cell]) -> None:
    cells = list(area.between(1, table.top - 1).cells()) if heading else []
    table.captions = sorted([*above, *cells], key=lambda cell: (cell.row, cell.column))
    sheet = area.sheet
    by_label = {label: labelled(sheet, table.captions, label) for label in ("reporter", "period", "money")}
    values = frozenset(cell for cell, _ in by_label.values() if cell is not None)
    table.title = find_title(table.captions, values)
    heads = [part for column in table.columns for part in column.path]
    table.period = find_period(by_label["period"], table.captions, heads, sheet.name, file)
    table.measure = find_measure(by_label["money"], table.title, sheet.name, file)
    if table.measure is None or table.measure.where in (SHEET, FILE):
        table.measure = _unit_by_itself(table, area) or table.measure
    reporter, text = by_label["reporter"]
    if reporter and text:
        table.reporter = PlacedText(text, reporter.address)
    elif by_label["money"][0] and by_label["money"][1] and table.measure is None:
        table.reporter = PlacedText(by_label["money"][1], by_label["money"][0].address)
        table.remarks.append(f"“单位”后面写的是“{by_label['money'][1]}”，当作填报单位")


def _unit_by_itself(table: Table, area: CellArea) -> PlacedText | None:
    """Return a unit of measure alone in a cell above the table, or in its top left corner."""
    for cell in table.captions:
        if unit := bare_unit(cell.raw):
            return PlacedText(unit, cell.address)
    corner = table.columns[0]
    cells = [cell for row in table.header_rows for cell in area.row(row) if cell.column == corner.number]
    if corner.role != "label" or len(cells) != 1 or len(corner.path) > 1:
        return None
    unit = bare_unit(cells[0].raw) if corner.path else corner.measure
    if not unit or (corner.path and unit in _NAMES_TOO):
        return None
    table.columns[0] = replace(corner, path=(), measure="")
    return PlacedText(unit, cells[0].address)


def _fill(table: Table, items: list[RankedRow], figures: Figures) -> None:
    """Assign each row to its kind and check the totals."""
    sums = Sums(table.columns, figures)
    _rank_periods(items)
    table.remarks += set_apart(items, sums)
    numbered = sum_numbered(items, sums)
    subsets, claimed, remarks = find_subsets(items, sums)
    table.subsets = subsets
    counted = [item for at, item in enumerate(items) if at not in claimed and item.kind in ("detail", "total")]
    table.totals, rates, doubts = check_totals(counted, sums, numbered)
    table.columns = [replace(column, role="rate") if column.number in rates else column for column in table.columns]
    table.remarks += [*remarks, *doubts]
    table.details = [item.row for item in counted if item.kind == "detail"]
    table.derived = [item.row for item in items if item.kind == "derived"]
    table.column_totals, doubts = check_columns(table, sums)
    added = {total.column.number for total in table.column_totals}
    table.columns = [replace(column, role="total") if column.number in added else column for column in table.columns]
    table.remarks += doubts
    table.sections = [item.row for item in items if item.kind == "section"]
    table.prepared = [item.row.row for item in items if item.kind == "prepared"]
    table.notes = [cell for item in items if item.kind == "note" for cell in item.row.cells]
    table.footers = [cell for item in items if item.kind == "footer" for cell in item.row.cells]
    table.loose_cells += [cell for item in items if item.kind == "beside" for cell in item.row.cells]
    repeated = [str(item.row.row) for item in items if item.kind == "repeated"]
    if repeated:
        table.remarks.append(f"第 {'、'.join(repeated)} 行重复了表头，没有算作数据")
    kept = [
        item.row.row for item in items if item.kind in ("detail", "total", "derived", "subset", "section", "prepared")
    ]
    table.bottom = max([*kept, table.top])


def _rank_periods(items: list[RankedRow]) -> None:
    """Turn rows for quarters and years into totals if the rows of their months or quarters are there too."""
    for item, rank in zip(items, period_rank([item.row.label for item in items]), strict=True):
        if rank and item.kind == "detail":
            item.kind, item.rank = "total", rank


def _remark(table: Table, heading: Heading | None, figures: Figures, sheet: Sheet) -> None:
    """Add remarks on uncertain header, title, period and unit of measure."""
    texts = table.remarks
    if heading is None:
        texts.append("没有找到表头，各栏没有名称")
    if any(len(set(column.path)) < len(column.path) for column in table.columns):
        texts.append("同一栏上方的名称有重复，表可能是横着排的，名称在左边一列，请核对各栏")
    if table.title is None:
        texts.append("表上没有标题")
    if table.period is None:
        texts.append("没有写明时间")
    elif table.period.where in (SHEET, FILE):
        texts.append(f"时间取自{table.period.where}“{table.period.text}”")
    for column in table.columns:
        if heading and column.number in heading.borrowed:
            texts.append(f"{column.letter} 列“{'·'.join(column.path)}”没有写计量单位，按左边一栏算作{column.measure}")
    if table.measure and table.measure.where in (SHEET, FILE):
        texts.append(f"计量单位取自{table.measure.where}")
    texts += _unmeasured(table)
    texts += _unnumbered(table, figures)
    texts += doubts_of(table, sheet)


def _unmeasured(table: Table) -> Iterator[str]:
    figures = [column for column in table.columns if column.role == "figure"]
    rows = table.details
    if figures and not table.measure and not any(row.measure for row in rows):
        bare = [column for column in figures if not column.measure]
        if bare and rows:
            which = "" if len(bare) == len(figures) else f"（{'、'.join(column.letter for column in bare[:5])} 列）"
            yield f"没有写明计量单位{which}"


def _unnumbered(table: Table, figures: Figures) -> Iterator[str]:
    """Yield remarks on texts in place of figures."""
    rows = {row.row for row in table.details}
    held = [column.number for column in table.columns if column.role in ("figure", "total", "rate")]
    places = sorted((row, column) for column in held for row in figures.worded(column) if row in rows)
    if places:
        cells = (figures.grid[place] for place in places[:5])
        named = "、".join(f"{cell.address}“{cell.raw.strip()[:20]}”" for cell in cells)
        yield f"有 {len(places)} 格应是数而写了文字：{named}" + ("等" if len(places) > 5 else "")
