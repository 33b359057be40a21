"""Doubts: what is remarked of a table that was read: what nobody sees, merged numbers, numbers written as words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from base.text import normalise
from etl.layout.table import Table, TableColumn
from etl.layout.text_kinds import is_identifier
from etl.model.nouns import Cell, Sheet, address_of

_NAMED = 10
_WORDED = re.compile(
    r"(?:约|近|超过?|逾|不足|[▲△])?\d[\d,]*(?:\.\d+)?(?:\([^()]*\)|[*①-⑳])?"
    r"(?:余|多|几|左右|以上|以下|上下)?[十百千万亿]?(?:余|多)?[人名个户家件次元名条项]*(?:左右|以上|\([^()]*\)|[*①-⑳])?"
)


def doubts_of(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield what is remarked of a table of a sheet, once its rows and columns are known."""
    yield from _errors(table)
    yield from _as_words(table)
    yield from _repeated_headings(table)
    yield from _say_hidden(table, sheet)
    yield from _say_merged(table, sheet)


def _say_hidden(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield a remark on rows, columns and cells of the table that count although nobody sees them."""
    reckoned = [total.row for total in table.totals] + [subset.row for subset in table.subsets]
    numbers = {row.row for row in [*table.details, *table.derived, *reckoned]}
    columns = {column.number: column.letter for column in table.columns}
    if rows := sorted(numbers & sheet.hidden_rows):
        named = "、".join(map(str, rows[:_NAMED])) + ("等" if len(rows) > _NAMED else "")
        yield f"第 {named} 行是隐藏或筛选掉的，共 {len(rows)} 行，照样算在内"
    if over := sorted(numbers & sheet.merged_over):
        named = "、".join(map(str, over[:_NAMED])) + ("等" if len(over) > _NAMED else "")
        yield f"第 {named} 行合并成了一格，盖住了后面各栏的内容，共 {len(over)} 行，照样算在内"
    if hidden := [letter for number, letter in columns.items() if number in sheet.hidden_columns]:
        yield f"{'、'.join(hidden)} 列是隐藏的，照样算在内"
    if cells := sorted(place for place in sheet.unseen if place[0] in numbers and place[1] in columns):
        named = "、".join(map(address_of, cells[:_NAMED])) + ("等" if len(cells) > _NAMED else "")
        yield f"{named} 共 {len(cells)} 格的内容看不见（数字格式不显示，或者字和底是一个颜色），照样算在内"


def _say_merged(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield a remark on numbers that are merged over several rows: they count once, in the first."""
    rows, figures = (
        {row.row for row in table.details},
        {c.number for c in table.columns if c.role in ("figure", "total")},
    )
    texts = [
        f"{cell.address}（第 {top}—{bottom} 行）"
        for row in sorted(rows)
        for top, left, bottom, _ in sorted(sheet.merges_from.get(row, ()))
        if bottom > top and left in figures and (cell := sheet.cells.get((top, left)))
    ]
    if texts:
        more = f"等 {len(texts)} 处" if len(texts) > _NAMED else ""
        yield f"{'、'.join(texts[:_NAMED])}{more}的数合并在几行里，只在第一行算一次"
    if covered := [cell.address for cell in sheet.covered if cell.row in rows]:
        named = "、".join(covered[:_NAMED]) + ("等" if len(covered) > _NAMED else "")
        yield f"{named} 共 {len(covered)} 格被合并的格盖住，看不见，没有算"


def _errors(table: Table) -> Iterator[str]:
    """Yield a remark on failed formulas outside the columns of figures, which are reported elsewhere."""
    figures = {column.number for column in table.columns if column.role in ("figure", "total", "rate")}
    addresses = [c.address for row in table.details for c in row.cells if c.kind == "error" and c.column not in figures]
    if addresses:
        more = f"等 {len(addresses)} 格" if len(addresses) > _NAMED else ""
        yield f"{'、'.join(addresses[:_NAMED])}{more}是错误值，没有数"


def _as_words(table: Table) -> Iterator[str]:
    """Yield a remark on columns that hold numbers with words around them, which are no figures: 约120, 100余, 120人."""
    labels = [column for column in table.columns if column.role in ("label", "text") and column.path]
    held: dict[int, list[Cell]] = {label.number: [] for label in labels if not is_identifier("".join(label.path))}
    for cell in (cell for row in table.details for cell in row.cells if cell.column in held):
        held[cell.column].append(cell)
    for column in (label for label in labels if label.number in held):
        cells = held[column.number]
        worded = [cell for cell in cells if cell.kind == "text" and _is_worded(cell.raw)]
        if worded and 2 * len(worded) >= len(cells):
            named = "、".join(f"{cell.address}“{cell.raw.strip()[:20]}”" for cell in worded[:3])
            yield f"“{'·'.join(column.path)}”这一栏有 {len(worded)} 格写的不是单纯的数（{named}），没有当作数"


def _is_worded(text: str) -> bool:
    """Return whether a text is a number with words around it, and no plain number such as a code."""
    code = text.strip().replace(",", "").replace(".", "").isdecimal()
    return not code and bool(_WORDED.fullmatch(normalise(text)))


def _repeated_headings(table: Table) -> Iterator[str]:
    """Yield a remark for names in two columns with one heading: a list printed in two halves side by side."""
    twice = list(_standing_again(table.columns))
    if twice and len({column.path for column in table.columns}) < len(table.columns) - 1:
        heads = "、".join(f"{column.letter} 列“{'·'.join(column.path)}”" for column in twice)
        yield f"{heads}的栏名前面已有，像是一张表分左右两半排的，右半边没有另外成行，请核对"


def _standing_again(columns: Sequence[TableColumn]) -> Iterator[TableColumn]:
    """Yield the columns of names whose heading occurs above an earlier one, with another heading between them."""
    first: dict[tuple[str, ...], int] = {}  # what of them stands first
    alike: Counter[tuple[str, ...]] = Counter()  # columns under a heading since its first
    for at, column in enumerate(columns):
        named = column.role in ("label", "text") and bool(column.path)
        if named and at - first.setdefault(column.path, at) > alike[column.path]:
            yield column
        alike[column.path] += column.path in first
