"""A table as lines of Chinese text for the terminal."""

from collections.abc import Iterator

from etl.layout.table import ColumnTotal, PlacedText, Subset, Table, TableColumn, TableRow, TotalRow
from etl.model.nouns import Cell

_MOST = 12  # of many rows, the first and last are shown
_AGREEMENT = {True: "与明细相符", False: "与明细不符", None: "无法核对"}


def tell_table(table: Table, number: int) -> Iterator[str]:
    """Yield the lines that describe a table; rows in the middle of a long one are counted and not shown."""
    yield f"表 {number}  {table.range}"
    yield f"  标题：{_placed(table.title)}"
    period = PlacedText(table.period.text, table.period.where) if table.period else None
    yield f"  时间：{_placed(period)}    填报单位：{_placed(table.reporter)}    计量单位：{_placed(table.measure)}"
    if table.header_rows:
        yield f"  表头：第 {table.header_rows[0]}—{table.header_rows[-1]} 行"
    yield "  栏：" + "；".join(_column(column) for column in table.columns)
    yield from _rows("明细", table.details)
    yield from (f"  合计 第 {total.row.row} 行：{_total(total)}" for total in table.totals)
    yield from (f"  合计栏 {_column_total(total)}" for total in table.column_totals)
    yield from (f"  不相加 第 {row.row} 行：{_values(row)}" for row in table.derived)
    yield from (f"  其中 第 {subset.row.row} 行：{_subset(subset)}" for subset in table.subsets)
    if table.sections:
        yield "  分组标题：" + "、".join(f"第 {row.row} 行“{row.label}”" for row in table.sections)
    yield from _cells("注", table.notes)
    yield from _cells("落款", table.footers)
    if table.prepared:
        yield f"  预留空行：{len(table.prepared)} 行（第 {table.prepared[0]}—{table.prepared[-1]} 行）"
    yield from _cells("表旁", table.loose_cells)
    yield from (f"  提示：{remark}" for remark in table.remarks)


def _placed(placed: PlacedText | None) -> str:
    if placed is None:
        return "没有写明"
    return f"{placed.text}（{placed.where}）"


def _column(column: TableColumn) -> str:
    unit = f"（{column.measure}）" if column.measure else ""
    return f"{column.letter} {'·'.join(column.path) or '没有名称'}{unit}"


def _rows(kind: str, rows: list[TableRow]) -> Iterator[str]:
    yield f"  {kind} {len(rows)} 行"
    shown = rows if len(rows) <= 2 * _MOST else rows[:_MOST]
    yield from (f"    第 {row.row} 行：{_values(row)}" for row in shown)
    if len(rows) > len(shown):
        yield f"    （中间 {len(rows) - 2 * _MOST} 行从略）"
        yield from (f"    第 {row.row} 行：{_values(row)}" for row in rows[-_MOST:])


def _values(row: TableRow) -> str:
    unit = f"  （{row.measure}）" if row.measure else ""
    return "，".join(f"{cell.address} {cell.raw.strip()}" for cell in row.cells) + unit


def _total(total: TotalRow) -> str:
    covers = f"，含明细 {len(total.covers)} 行" if total.covers else ""
    return f"{_values(total.row)}；{_AGREEMENT[total.agrees]}{covers}"


def _column_total(total: ColumnTotal) -> str:
    letters = "、".join(column.letter for column in total.covers)
    agrees = not total.differs if total.agreeing or total.differs else None
    return f"{_column(total.column)}：应是 {letters} 列相加；{_AGREEMENT[agrees]}"


def _subset(subset: Subset) -> str:
    of = f"；属于第 {subset.of} 行，不另加" if subset.of else "；不另加"
    return _values(subset.row) + of


def _cells(kind: str, cells: list[Cell]) -> Iterator[str]:
    if cells:
        shown = "；".join(f"{cell.address} {cell.raw.strip()}" for cell in cells[:_MOST])
        yield f"  {kind}：{shown}" + (f"（共 {len(cells)} 格）" if len(cells) > _MOST else "")
