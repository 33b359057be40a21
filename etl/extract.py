"""Extract: the rows of a recognised sheet become parsed values, each beside the cell it stood in."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from etl.findings import Finding
from etl.nouns import Cell, Layout, Parsed, Place, Return, Row, address_of
from etl.values import find_quarter, is_blank, parse_amount, parse_date, parse_integer, parse_number
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue_models import Column
from stats.periods import say_quarter
from stats.words import normalise

_TOTAL = re.compile(r"(全县|本页|本表)?(合计|总计|小计|累计)(数)?")
_NIL = re.compile(r"(本期|本季|本季度)无.{0,6}")
_FOOTER = re.compile(r"(填表人|制表人?|审核人?|负责人|填报日期|报出日期|单位负责人|注\d?[:.、]|说明[:.、]|备注[:.、])")


def extract(layout: Layout, file: str, catalogue: Catalogue) -> tuple[Return, list[Finding]]:
    """Return the rows of a sheet, its total rows apart, and a finding for every cell that can't be understood."""
    period, findings = _find_period(layout, file)
    found = Return(layout.form, layout.sheet.name, layout.head.reporter_text, period or 0)
    parser = _Parser(layout, file, catalogue)
    findings += parser.unit_findings()
    for row, cells in _rows(layout):
        kind = _kind_of(layout, cells, row)
        if kind == "nil":
            found.nil = True
        elif kind == "total":
            found.totals.append(parser.parse_total(row, cells))
        elif kind == "detail":
            found.rows.append(parser.parse_row(row, cells))
    return found, findings + parser.findings


def _find_period(layout: Layout, file: str) -> tuple[int | None, list[Finding]]:
    """Return the quarter the sheet speaks of; a finding when none is written or two places disagree."""
    head = layout.head
    titled = find_quarter(head.title) or find_quarter(layout.sheet.name)
    where = (file, layout.sheet.name, head.period_cell.address if head.period_cell else "")
    if head.period and titled and head.period != titled:
        return None, [
            Finding(
                "period_conflict",
                "return",
                *where,
                f"标题写的是{say_quarter(titled)}，报告期写的是{say_quarter(head.period)}",
                "两处应是同一个季度",
                "请核对后改成一致再报",
            )
        ]
    period = head.period or titled or find_quarter(file)
    if period is None:
        found = f"报告期写的是“{head.period_text}”" if head.period_text else "没有写报告期"
        return None, [
            Finding("no_period", "return", *where, found, "应写明年份和季度，例如 2010年四季度", "请补上报告期再报")
        ]
    return period, []


def _rows(layout: Layout) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Yield the row number and the cells by column code. Text of a merged range counts for every row it covers."""
    sheet = layout.sheet
    if layout.kind == "return":
        yield (
            layout.first_row,
            {code: sheet.cells[place] for code, place in layout.places.items() if place in sheet.cells},
        )
        return
    origins = sheet.merged_origins
    for row in range(layout.first_row, sheet.height + 1):
        places = {code: (row, column) for code, column in layout.columns.items()}
        filled = {code: _text_origin(layout, code, place, origins) for code, place in places.items()}
        yield row, {code: sheet.cells[place] for code, place in filled.items() if place in sheet.cells}


def _text_origin(layout: Layout, code: str, place: Place, origins: dict[Place, Place]) -> Place:
    origin = origins.get(place, place)
    fills = not layout.form.column(code).numeric and origin[1] == place[1] and origin[0] >= layout.first_row
    return origin if fills else place


def _kind_of(layout: Layout, cells: dict[str, Cell], row: int) -> str:
    if layout.kind == "return":
        return "detail"
    first = next(layout.sheet.row_cells(row), None)
    words = normalise(first.raw) if first else ""
    if _NIL.fullmatch(words):
        return "nil"
    if _FOOTER.match(words) or not cells:
        return "blank"
    labels = [normalise(cell.raw) for cell in cells.values()] + [words]
    if any(_TOTAL.fullmatch(label) for label in labels):
        return "total"
    own = [cell for cell in cells.values() if cell.row == row and not is_blank(cell.raw)]
    return "detail" if own else "blank"


class _Parser:
    """Parses the cells of one sheet by the type of their column and gathers findings."""

    def __init__(self, layout: Layout, file: str, catalogue: Catalogue) -> None:
        self.findings: list[Finding] = []
        self._layout = layout
        self._file = file
        self._catalogue = catalogue
        self._scales = {column.code: self._scale(column) for column in layout.form.columns if column.type == "amount"}
        self._parsers = {column.code: self._parser_of(column) for column in layout.form.columns}

    def unit_findings(self) -> list[Finding]:
        """Return a finding for each column of money or goods whose unit of measure is nowhere written."""
        present = {**self._layout.columns, **self._layout.places}
        return [
            Finding(
                "no_unit",
                "return",
                self._file,
                self._layout.sheet.name,
                "",
                f"“{self._layout.form.column(code).label}”没有写计量单位",
                "应写明" + "、".join(self._spellings(code)),
                "请在表头或栏名后面注明计量单位再报",
            )
            for code, scale in self._scales.items()
            if scale is None and code in present
        ]

    def parse_row(self, row: int, cells: dict[str, Cell]) -> Row:
        values: dict[str, Parsed] = {}
        for column in self._layout.form.columns:
            cell = cells.get(column.code)
            if cell is None or self._is_blank(column, cell):
                self._note_blank(column, row)
                if column.default:
                    values[column.code] = column.default
            else:
                values[column.code] = self._parse(column, cell)
        return Row(self._layout.form, self._layout.sheet.name, row, values, cells)

    def parse_total(self, row: int, cells: dict[str, Cell]) -> Row:
        """Return a total row: its numbers only. A total that is no number is a finding like any other."""
        numeric = {
            code: cell
            for code, cell in cells.items()
            if self._layout.form.column(code).numeric and cell.row == row and not is_blank(cell.raw)
        }
        values = {code: self._parse(self._layout.form.column(code), cell) for code, cell in numeric.items()}
        return Row(self._layout.form, self._layout.sheet.name, row, values, numeric)

    def _parse(self, column: Column, cell: Cell) -> Parsed:
        try:
            if cell.kind == "error":
                raise ValueError(cell.raw)
            return self._parsers[column.code](cell.raw)
        except (ValueError, KeyError, OverflowError):
            found = cell.raw if cell.kind == "error" else f"填的是“{cell.raw}”"
            self._add("bad_value", column, cell.address, found, *self._belongs(column))
            return None

    def _parser_of(self, column: Column) -> Callable[[str], Parsed]:
        if column.type in ("code", "indicator"):
            words = self._catalogue.codes[column.codes or INDICATORS].by_word
            return lambda raw: words[normalise(raw)]
        if column.type == "amount":
            return partial(parse_amount, scale=self._scales[column.code] or 1.0, spellings=self._spellings(column.code))
        if column.type == "number":
            return lambda raw: float(parse_number(raw))
        if column.type == "integer":
            return partial(parse_integer, measures=self._own_measures(column))
        return parse_date if column.type == "date" else str.strip

    def _is_blank(self, column: Column, cell: Cell) -> bool:
        """A dash or 无 says that there is nothing, unless the column's code list knows the word."""
        if cell.kind == "error" or not is_blank(cell.raw):
            return False
        return column.type != "code" or normalise(cell.raw) not in self._catalogue.codes[column.codes or ""].by_word

    def _note_blank(self, column: Column, row: int) -> None:
        layout = self._layout
        place = layout.places.get(column.code) or (row, layout.columns.get(column.code, 0))
        if column.required and place[1]:
            todo = "如确实没有，请填 0" if column.numeric else "请补填"
            self._add("blank", column, address_of(place), "没有填", self._belongs(column)[0], todo)

    def _add(self, rule: str, column: Column, address: str, found: str, expected: str, todo: str) -> None:
        where = (self._file, self._layout.sheet.name, address)
        self.findings.append(Finding(rule, "return", *where, found, expected, todo, column.label))

    def _belongs(self, column: Column) -> tuple[str, str]:
        if column.type in ("code", "indicator"):
            names = self._catalogue.codes[column.codes or INDICATORS].names()
            listed = "、".join(names[:8]) + ("等" if len(names) > 8 else "")
            return f"这里要填：{listed}", "请从中选一个填上"
        return {
            "integer": ("这里要一个整数", "请改为具体的数，例如 300"),
            "amount": ("这里要一个不小于零的数", "请改为具体的数，例如 1200.50"),
            "number": ("这里要一个数或百分数", "请改为具体的数，例如 80%"),
            "date": ("这里要一个日期", "请改为年月日，例如 2010-12-31"),
        }.get(column.type, ("这里不能空着", "请补填"))

    def _scale(self, column: Column) -> float | None:
        spellings = self._spellings(column.code)
        written = self._layout.scales.get(column.code) or self._layout.head.money or ""
        named = [word for word in sorted(spellings, key=len, reverse=True) if word in written]
        return spellings[named[0]] if named else None

    def _spellings(self, code: str) -> dict[str, float]:
        return self._catalogue.measures[self._layout.form.column(code).measure or ""].spellings

    def _own_measures(self, column: Column) -> tuple[str, ...]:
        """Return the words that may stand behind a count: 人, 名. None when the column has no measure."""
        measure = self._catalogue.measures.get(column.measure or "")
        equal = {word for word, worth in measure.spellings.items() if worth == 1} if measure else set()
        return (measure.name, *sorted(equal - {measure.name})) if measure else ()
