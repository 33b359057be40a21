"""Check what is hidden: hidden rows are counted and hidden sheets are not read, so both are reported."""

from collections.abc import Collection, Iterator, Sequence

from xlsxwriter.utility import xl_col_to_name

from etl.check.finding_writer import FindingWriter
from etl.check.prefix_sums import PrefixSums
from etl.layout.table import Check
from etl.model.finding import Finding, tell
from etl.model.nouns import Place, Return, Row, Sheet, address_of
from etl.model.rules import Severity
from etl.model.rules.wording import Values

_CENT = 0.005
_NAMED = 10


def hidden_sheets(sheets: Collection[Sheet], file: str) -> Iterator[Finding]:
    """Yield a note on each filled sheet that is hidden."""
    for sheet in sheets:
        yield tell("hidden_sheet", file=file, sheet=sheet.name, name=sheet.name)


def check_hidden(filed: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield notes on the hidden rows and columns that hold data of a return."""
    rows, columns, unseen = _hidden_rows(filed), _hidden_columns(filed), _unseen(filed)
    if rows:
        yield writer.on_sheet("hidden_rows", rows=_listed(rows), count=len(rows))
    if over := [row for row in filed.places if row in filed.layout.sheet.merged_over]:
        yield writer.on_sheet("merged_rows", rows=_listed(over), count=len(over))
    if columns:
        yield writer.on_sheet("hidden_columns", columns=columns)
    if unseen:
        yield writer.on_sheet("unseen_cells", places=_first_of(unseen))


def check_covered(filed: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a note on values covered by merged ranges: they are invisible and were not read."""
    if covered := _covered(filed):
        severity: Severity = "confirm" if any(_other_numbers(filed, covered)) else "note"
        yield writer.on_sheet("covered_cells", severity=severity, places=_first_of(covered))


def hidden_total(
    total: Row, check: Check, label: str, covered: tuple[int, int], sums: PrefixSums, writer: FindingWriter
) -> Finding | None:
    """Return the question on a total that differs depending on whether hidden rows are included.

    `covered` are the indices of the first row it covers and of the first that it does not.
    """
    code = list(total.cells)[check.column]
    seen, whole = sums.seen(code, *covered), check.added or 0
    if _equal(seen, whole) or not (_equal(check.written, seen) or _equal(check.written, whole)):
        return None
    written, rows = total.cells[code].text, _listed(sums.hidden(*covered))
    values: Values = {"name": label, "label": writer.label(code), "value": written, "rows": rows}
    if _equal(check.written, seen):
        return writer.at(total, code, "hidden_total", "visible", **values, whole=whole)
    return writer.at(total, code, "hidden_total", "whole", **values, visible=seen)


def _equal(first: float, second: float) -> bool:
    return abs(first - second) <= _CENT


def _hidden_rows(filed: Return) -> list[int]:
    layout = filed.layout
    rows = filed.places if layout.kind == "table" else sorted({row for row, _ in layout.places.values()})
    return [row for row in rows if row in layout.sheet.hidden_rows]


def _covered(filed: Return) -> list[Place]:
    """Return the places of covered rows whose values differ from that of the merged cell."""
    columns, rows = {*filed.layout.columns.values()}, {*filed.places}
    return sorted((c.row, c.column) for c in filed.layout.sheet.covered if c.row in rows and c.column in columns)


def _other_numbers(filed: Return, places: Collection[Place]) -> Iterator[bool]:
    """Yield of each covered cell whether it holds another figure than the cell that is seen."""
    sheet = filed.layout.sheet
    numeric = {column for code, column in filed.layout.columns.items() if filed.form.column(code).numeric}
    held = {(cell.row, cell.column): cell.raw for cell in sheet.covered}
    for place in places:
        seen = sheet.cells.get(sheet.merged_origins.get(place, place))
        yield place[1] in numeric and (seen is None or seen.raw != held[place])


def _unseen(filed: Return) -> list[Place]:
    """Return the cells that count and of which nothing is seen."""
    layout = filed.layout
    if not layout.sheet.unseen:
        return []
    rows, columns = {*filed.places, *(total.row for total in filed.totals)}, {*layout.columns.values()}
    places = {*layout.places.values()}
    return sorted(
        place for place in layout.sheet.unseen if place in places or (place[0] in rows and place[1] in columns)
    )


def _first_of(places: Sequence[Place]) -> str:
    named = "、".join(map(address_of, places[:_NAMED]))
    return f"{named}等 {len(places)} 格" if len(places) > _NAMED else named


def _hidden_columns(filed: Return) -> list[str]:
    hidden = filed.layout.sheet.hidden_columns
    return [str(xl_col_to_name(column - 1)) for column in sorted({*filed.layout.columns.values()} & hidden)]


def _listed(rows: Collection[int]) -> str:
    ordered = sorted(rows)
    return "、".join(map(str, ordered[:_NAMED])) + (f"等{len(ordered)}" if len(ordered) > _NAMED else "")
