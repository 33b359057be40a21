"""Check what is hidden: hidden rows are counted and hidden sheets are not read, so both are reported."""

from collections.abc import Collection, Iterator, Sequence

from xlsxwriter.utility import xl_col_to_name

from etl.check.finding_writer import FindingWriter
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


def check_hidden(found: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield notes on the hidden rows and columns that hold data of a return."""
    rows, columns, unseen = _hidden_rows(found), _hidden_columns(found), _unseen(found)
    if rows:
        yield writer.on_sheet("hidden_rows", rows=_listed(rows), count=len(rows))
    if over := [row for row in found.places if row in found.layout.sheet.merged_over]:
        yield writer.on_sheet("merged_rows", rows=_listed(over), count=len(over))
    if columns:
        yield writer.on_sheet("hidden_columns", columns=columns)
    if unseen:
        yield writer.on_sheet("unseen_cells", places=_first_of(unseen))


def check_covered(found: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a note on what stood below merged ranges: nobody sees it, and it was not taken in."""
    if covered := _covered(found):
        severity: Severity = "confirm" if any(_is_other_number(found, place) for place in covered) else "note"
        yield writer.on_sheet("covered_cells", severity=severity, places=_first_of(covered))


def hidden_total(
    found: Return, total: Row, check: Check, label: str, covered: range, writer: FindingWriter
) -> Finding | None:
    """Return the question on a total that differs depending on whether hidden rows are included."""
    code = list(total.cells)[check.column]
    hidden = [found.places[at] for at in covered if found.places[at] in found.layout.sheet.unseen_rows]
    seen, whole = _visible_sum(found, code, covered), check.added or 0
    if not hidden or _equal(seen, whole):
        return None
    written = total.cells[code].text
    values: Values = {"name": label, "label": writer.label(code), "value": written, "rows": _listed(hidden)}
    if _equal(check.written, seen):
        return writer.at(total, code, "hidden_total", "visible", **values, whole=whole)
    if _equal(check.written, whole):
        return writer.at(total, code, "hidden_total", "whole", **values, visible=seen)
    return None


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
