"""Draws filled-in forms as people lay them out: rows with titles, two-row headers, totals, footers and notes."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from base.periods import parse_quarter, say_quarter
from etl.sample.county.calendar import last_day, say_day
from etl.sample.county.county_state import County
from etl.sample.county.sources import Row, chance
from etl.sample.sheet_looks import SheetLook, write_date, write_moment, write_number
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column, Form

NOTES = {"R11": "注：应缴经费为职工工资总额的百分之二。", "R13": "注：比较方式为“不定量”的不填目标值。"}
EXAMPLE_NOTE = "注：示例县数据，除工作报告所列数字外均为示例。"
IN_KILOGRAMS = parse_quarter("2009Q1")
WITH_TOTALS = ("R02", "R07", "R31", "R33", "R38")  # ledgers with totals; in rosters it depends on the sender
NIL = "本期无"
SUBTOTALED = {"R32": "unit", "R33": "date"}  # forms with a subtotal after each month or organisation
IN_OTHER_WORDS = ("R31", "R32", "R33", "R33E")  # forms in which codes are written in any of their words
TICKED = ("yes_no", "has_it")  # code lists whose words every sender has his own signs for


@dataclass(kw_only=True, frozen=True)
class Filled:
    """A filled-in form: form, reporter, quarter and rows. `day` is the date in the footer, `sheet` the sheet's name."""

    form: Form
    reporter: str
    quarter: int
    rows: list[Row]
    single: bool = False
    example: bool = False
    day: date | None = None
    sheet: str = ""


@dataclass
class DrawnSheet:
    """A drawn sheet: values with styles by place (row and column from 0), and merged ranges with their value."""

    name: str
    cells: dict[tuple[int, int], tuple[Any, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int, Any, str]] = field(default_factory=list)

    def put(self, row: int, column: int, value: Any, style: str) -> None:
        """Write one cell."""
        self.cells[row, column] = (value, style)

    def span(self, top: int, left: int, bottom: int, right: int, value: Any, style: str) -> None:
        """Write one value over a range."""
        if (top, left) == (bottom, right):
            self.put(top, left, value, style)
        else:
            self.merges.append((top, left, bottom, right, value, style))


class Pen:
    """Writes the values of one filled-in form in the sender's manner."""

    def __init__(self, filled: Filled, look: SheetLook, catalogue: Catalogue, county: County) -> None:
        """Take the filled-in form and its sender's look."""
        self.filled, self.look, self.catalogue, self.county = filled, look, catalogue, county
        self._luck = chance("pen", filled.form.code, filled.reporter, filled.quarter)

    @property
    def form(self) -> Form:
        """Return the form that is filled in."""
        return self.filled.form

    @property
    def has_money(self) -> bool:
        """Return whether the form has amounts of money."""
        return any(column.measure == "yuan" for column in self.form.columns)

    def spelling(self, column: Column) -> str | None:
        """Return the unit of measure an amount is written in, such as 万元."""
        if column.measure == "tonne":
            return "公斤" if self.filled.quarter == IN_KILOGRAMS else "吨"
        return self.look.money if column.measure == "yuan" else None

    def labels(self, column: Column) -> list[str]:
        """Return a column's header, one label per level; senders with flat headers write one level."""
        path = column.name.split("/")
        if self.look.flat:
            path = [column.aliases[0] if len(path) > 1 else path[0]]
        spelling = self.spelling(column)
        if spelling and (self.look.money_in_header or column.measure == "tonne"):
            path[-1] += f"（{spelling}）"
        return path

    def value(self, column: Column, value: Any) -> tuple[Any, str]:
        """Return a value as written, and its style."""
        if value is None:
            return "", "text"
        if column.type == "code":
            return self._word(column, value), "text"
        if column.type == "indicator":
            return self.catalogue.codes[INDICATORS].name_of(value), "text"
        if column.type == "unit":
            return self.county.name_of(value), "text"
        if column.type == "date":
            return write_date(value, self.look), "date"
        if column.type == "moment":
            return write_moment(value, self.look, self._luck), "moment"
        return self.number(column, value) if column.numeric else (value, "text")

    def _word(self, column: Column, code: str) -> str:
        if column.codes in TICKED:
            return self.look.ticks[0 if code in ("yes", "has") else 1]
        if self.form.code in IN_OTHER_WORDS:
            return self._luck.choice(self._words(column.codes or "", code))
        return self.catalogue.codes[column.codes or ""].name_of(code)

    def _words(self, codes: str, code: str) -> tuple[str, ...]:
        """Return the words that a code may be written in, its own name as likely as all others together."""
        (entry,) = (entry for entry in self.catalogue.codes[codes].entries if entry.code == code)
        return (entry.name,) * max(1, len(entry.aliases)) + entry.aliases

    def number(self, column: Column, number: int | float | str, exact: bool = False) -> tuple[Any, str]:
        """Return a number as written, in the unit of measure of its column. `exact` keeps it a plain number."""
        if isinstance(number, str):
            return number, "number"
        spelling = self.spelling(column)
        if spelling and column.measure:
            number = round(number / self.catalogue.measures[column.measure].spellings[spelling], 4)
            number = int(number) if float(number).is_integer() and spelling != "万元" else number
        style = "decimal" if isinstance(number, float) else "number"
        return (number if exact else write_number(number, self.look, self._luck)), style

    def groups(self) -> list[tuple[str, list[Row]]]:
        """Return the rows by month or organisation with what their subtotal is called; all in one where it has none."""
        by = SUBTOTALED.get(self.form.code)
        if not by:
            return [("", self.filled.rows)]
        parts: dict[str, list[Row]] = {}
        for row in self.filled.rows:
            parts.setdefault(f"{row[by].month}月小计" if by == "date" else f"{by}|{row[by]}", []).append(row)
        return [(label if by == "date" else "小计", rows) for label, rows in parts.items()]

    def total(self, column: Column, rows: list[Row]) -> tuple[Any, str]:
        """Return the total of a column of counts or amounts; blank for any other."""
        if column.type not in ("integer", "amount") or column.code == "year":
            return "", "text"
        numbers = [row.get(column.code) for row in rows]
        return self.number(column, sum(number for number in numbers if number and not isinstance(number, str)), True)


def draw(filled: Filled, look: SheetLook, catalogue: Catalogue, county: County) -> DrawnSheet:
    """Return the sheet of a filled-in form."""
    pen = Pen(filled, look, catalogue, county)
    return _draw_single(pen) if filled.single else _draw_table(pen)


def _draw_table(pen: Pen) -> DrawnSheet:
    columns, look = pen.form.columns, pen.look
    grid, left = DrawnSheet(pen.filled.sheet or pen.form.name), int(look.lead_column)
    right = left + len(columns) - 1
    row = _draw_top(pen, grid, left, right)
    row = _draw_header(pen, grid, row, left)
    with_total = pen.filled.rows and (not pen.form.ledger or pen.form.code in WITH_TOTALS)
    if with_total and look.total == "first":
        row = _draw_total(pen, grid, row, left, pen.filled.rows)
    row = _draw_rows(pen, grid, row, left)
    if with_total and look.total == "last":
        row = _draw_total(pen, grid, row, left, pen.filled.rows)
    _draw_foot(pen, grid, row, left, right)
    return grid


def _draw_top(pen: Pen, grid: DrawnSheet, left: int, right: int) -> int:
    """Draw title and captions; return the next row."""
    filled, row = pen.filled, 0
    if pen.look.lead_row:
        grid.span(row, left, row, right, "示例县工会统计报表", "head")
        row += 1
    grid.span(row, left, row, right, f"{filled.reporter}{filled.form.name}（{say_quarter(filled.quarter)}）", "title")
    row += 1
    grid.put(row, left, f"填报单位：{filled.reporter}", "head")
    grid.put(row, left + max(1, (right - left) // 2), f"报告期：{say_quarter(filled.quarter)}", "head")
    if pen.has_money and not pen.look.money_in_header:
        grid.put(row + filled.single, right, f"单位：{pen.look.money}", "head")
        row += filled.single
    return row + 1


def _draw_header(pen: Pen, grid: DrawnSheet, row: int, left: int) -> int:
    """Draw the header, upper labels merged over their columns; return the next row."""
    paths = [pen.labels(column) for column in pen.form.columns]
    depth = max(map(len, paths))
    groups: dict[str, list[int]] = {}
    for place, path in enumerate(paths, start=left):
        if len(path) == 1:
            grid.span(row, place, row + depth - 1, place, path[0], "header")
        else:
            groups.setdefault(path[0], []).append(place)
            grid.put(row + 1, place, path[1], "header")
    for label, places in groups.items():
        grid.span(row, places[0], row, places[-1], label, "header")
    return row + depth


def _draw_rows(pen: Pen, grid: DrawnSheet, row: int, left: int) -> int:
    for subtotal, rows in pen.groups():
        for values in rows:
            for place, column in enumerate(pen.form.columns, start=left):
                grid.put(row, place, *pen.value(column, values.get(column.code)))
            row += 1
        if subtotal and len(rows) > 1:
            row = _draw_total(pen, grid, row, left, rows, subtotal)
    if not pen.filled.rows:
        grid.put(row, left, NIL, "text")
        row += 1
    for _ in range(pen.look.blanks):
        for place in range(left, left + len(pen.form.columns)):
            grid.put(row, place, "", "text")
        row += 1
    return row


def _draw_total(pen: Pen, grid: DrawnSheet, row: int, left: int, rows: list[Row], label: str = "合计") -> int:
    grid.put(row, left, label, "text")
    for place, column in enumerate(pen.form.columns[1:], start=left + 1):
        grid.put(row, place, *pen.total(column, rows))
    return row + 1


def _draw_foot(pen: Pen, grid: DrawnSheet, row: int, left: int, right: int) -> None:
    filled = pen.filled
    day = filled.day or last_day(filled.quarter) + timedelta(days=chance("filed", filled.reporter).randint(4, 12))
    signed = pen.look.signed
    grid.span(row, left, row, right, f"填表人：{signed}  审核人：（签章）  填报日期：{say_day(day)}", "foot")
    note = EXAMPLE_NOTE if filled.example else NOTES.get(filled.form.code)
    if note:
        grid.span(row + 1, left, row + 1, right, note, "foot")


def _draw_single(pen: Pen) -> DrawnSheet:
    """Draw the return of one unit: sections in column A, labels in B, values in C."""
    grid = DrawnSheet(pen.form.name)
    row = _draw_top(pen, grid, 0, 2)
    sections: dict[str, list[int]] = {}
    for column in pen.form.columns:
        *section, label = pen.labels(column)
        if section:
            sections.setdefault(section[0], []).append(row)
        grid.put(row, 1, label, "header")
        grid.put(row, 2, *pen.value(column, pen.filled.rows[0].get(column.code)))
        row += 1
    for heading, places in sections.items():
        grid.span(places[0], 0, places[-1], 0, heading, "header")
    _draw_foot(pen, grid, row, 0, 2)
    return grid
