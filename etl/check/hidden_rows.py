"""Check what is hidden: hidden rows are counted and hidden sheets are not read, so both are reported."""

from collections.abc import Collection, Iterator, Sequence

from xlsxwriter.utility import xl_col_to_name

from etl.check.finding_writer import FindingWriter
from etl.layout.table import Check
from etl.model.finding import Finding, tell
from etl.model.nouns import Place, Return, Row, Sheet, address_of
from etl.model.rules import Severity

_CENT = 0.005
_NAMED = 10


def hidden_sheets(sheets: Collection[Sheet], file: str) -> Iterator[Finding]:
    """Yield a note on each filled sheet that is hidden."""
    for sheet in sheets:
        expected, todo = "隐藏的工作表不算上报", "如要上报，请取消隐藏后再报；不用的请删去"
        yield tell(
            rule="hidden_sheet",
            file=file,
            sheet=sheet.name,
            problem=f"表“{sheet.name}”是隐藏的，没有读",
            requirement=expected,
            todo=todo,
        )


def check_hidden(found: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield notes on the hidden rows and columns that hold data of a return."""
    rows, columns, unseen = _hidden_rows(found), _hidden_columns(found), _unseen(found)
    if rows:
        said = f"第{_listed(rows)}行是隐藏或筛选掉的，共{len(rows)}行，照样算在内"
        yield writer.on_sheet("hidden_rows", said, "看得见的才好核对", "不用上报的请删去这些行，要报的请取消隐藏")
    if over := [row for row in found.places if row in found.layout.sheet.merged_over]:
        said = f"第{_listed(over)}行合并成了一格，盖住了后面各栏的内容，共{len(over)}行，照样算在内"
        yield writer.on_sheet("merged_rows", said, "看得见的才好核对", "请取消这几行的合并，核对后再报")
    if columns:
        said = f"{'、'.join(columns)}列是隐藏的，照样算在内"
        yield writer.on_sheet("hidden_columns", said, "看得见的才好核对", "请取消隐藏，核对后再报")
    if unseen:
        said = f"{_first_of(unseen)}的内容看不见（数字格式不显示，或者字和底是一个颜色），照样算在内"
        yield writer.on_sheet("unseen_cells", said, "看得见的才好核对", "请改成看得见的，核对后再报")


def check_covered(found: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a note on what stood below merged ranges: nobody sees it, and it was not taken in."""
    if covered := _covered(found):
        said = f"{_first_of(covered)}被合并的格盖住，里面还有内容，没有收"
        todo = "要报的请取消合并再填；不报的不用管"
        severity: Severity = "confirm" if any(_is_other_number(found, place) for place in covered) else "note"
        yield writer.on_sheet("covered_cells", said, "合并的格只收看得见的那一个", todo, severity=severity)


def hidden_total(
    found: Return, total: Row, check: Check, label: str, covered: range, writer: FindingWriter
) -> Finding | None:
    """Return the question on a total that differs depending on whether hidden rows are included."""
    code = list(total.cells)[check.column]
    hidden = [found.places[at] for at in covered if found.places[at] in found.layout.sheet.unseen_rows]
    seen, whole = _visible_sum(found, code, covered), check.added or 0
    if not hidden or _equal(seen, whole):
        return None
    rows = f"看不见的第{_listed(hidden)}行"
    if _equal(check.written, seen):
        other = f"只合了看得见的行；连同{rows}是{whole:,.10g}"
    elif _equal(check.written, whole):
        other = f"是连同{rows}一起合的；只合看得见的行是{seen:,.10g}"
    else:
        return None
    said = f"“{label}”的{writer.label(code)}填的是{total.cells[code].text}，{other}"
    todo = "要报隐藏的行，请取消隐藏并核对合计；不报的，请删去后再报"
    return writer.at(total, code, "hidden_total", said, "隐藏的行要不要报？", todo)


def fits_visible(found: Return, code: str, covered: range, written: float) -> bool:
    """Return whether a total over partly hidden rows is that of the visible ones alone."""
    return bool(found.layout.sheet.unseen_rows) and _equal(written, _visible_sum(found, code, covered))


def _visible_sum(found: Return, code: str, covered: range) -> float:
    hidden, values = found.layout.sheet.unseen_rows, found.column(code)
    numbers = (values[at] for at in covered if found.places[at] not in hidden)
    return sum(value for value in numbers if isinstance(value, int | float))


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= _CENT


def _hidden_rows(found: Return) -> list[int]:
    layout = found.layout
    rows = found.places if layout.kind == "table" else sorted({row for row, _ in layout.places.values()})
    return [row for row in rows if row in layout.sheet.hidden_rows]


def _covered(found: Return) -> list[Place]:
    """Return the places of the rows below merged ranges in which something other than in the merged cell stood."""
    columns, rows = {*found.layout.columns.values()}, {*found.places}
    return sorted((c.row, c.column) for c in found.layout.sheet.covered if c.row in rows and c.column in columns)


def _is_other_number(found: Return, place: Place) -> bool:
    """Return whether a covered cell holds another figure than the cell that is seen."""
    sheet = found.layout.sheet
    numeric = {column for code, column in found.layout.columns.items() if found.form.column(code).numeric}
    seen = sheet.cells.get(sheet.merged_origins.get(place, place))
    held = next(cell for cell in sheet.covered if (cell.row, cell.column) == place)
    return place[1] in numeric and (seen is None or seen.raw != held.raw)


def _unseen(found: Return) -> list[Place]:
    """Return the cells that count and of which nothing is seen."""
    layout = found.layout
    if not layout.sheet.unseen:
        return []
    rows, columns = {*found.places, *(total.row for total in found.totals)}, {*layout.columns.values()}
    places = {*layout.places.values()}
    return sorted(
        place for place in layout.sheet.unseen if place in places or (place[0] in rows and place[1] in columns)
    )


def _first_of(places: Sequence[Place]) -> str:
    named = "、".join(map(address_of, places[:_NAMED]))
    return f"{named}等 {len(places)} 格" if len(places) > _NAMED else named


def _hidden_columns(found: Return) -> list[str]:
    hidden = found.layout.sheet.hidden_columns
    return [str(xl_col_to_name(column - 1)) for column in sorted({*found.layout.columns.values()} & hidden)]


def _listed(rows: Collection[int]) -> str:
    ordered = sorted(rows)
    return "、".join(map(str, ordered[:_NAMED])) + (f"等{len(ordered)}" if len(ordered) > _NAMED else "")
