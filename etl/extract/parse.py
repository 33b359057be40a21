"""Parse: the cells of a form's rows become values by their column's type; a cell that can't be parsed is a finding.

Columns are parsed one after another, because most of their cells are plain: a number, or a word seen before. Only the
others are made into cells and parsed in full.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any

from base.text import identifier, normalise
from etl.extract.displayed_values import contradicts, in_scale, is_rescaled, quoted
from etl.extract.expected_input import what_belongs
from etl.extract.moments import parse_moment, write_moment
from etl.extract.stated_periods import parse_period_end
from etl.extract.stated_units import scale_of_column, words_of_one
from etl.model.finding import Finding, tell
from etl.model.grid import address_of, is_error
from etl.model.nouns import Cell, Layout, Parsed, Row
from etl.model.rules import BAD_VALUE
from etl.model.shown.written_days import parse_written_day
from etl.model.values import (
    BelowZero,
    is_blank,
    parse_amount,
    parse_date,
    parse_integer,
    parse_number,
    parse_score,
)
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column

_NOTHING: Any = object()  # no value, as opposed to one that can't be parsed
_LARGEST, _SMALLEST = 1e15, 1e-4  # limits within which a number is written without an exponent
_FEW = 200  # columns with at most this many distinct texts are parsed once per text
_DAY = len("2011-03-05")
_TELLING = 2  # a text of at least this length can't be one of the words for a blank
_Quick = Callable[[Any], Any]  # returns _NOTHING for a value that has to be parsed in full


class Parser:
    """Parses the cells of one sheet by the type of their column and collects findings.

    `year` is the one meant where a moment is written without (3月5日14时30分).
    """

    def __init__(self, layout: Layout, file: str, catalogue: Catalogue, year: int | None = None) -> None:
        self._year = year
        self._told: list[tuple[int, int, Finding]] = []
        self._layout = layout
        self._file = file
        self._catalogue = catalogue
        amounts = [column for column in layout.form.columns if column.type == "amount"]
        self._scales = {
            amount.code: scale_of_column(layout, amount, self._spellings(amount.code)) for amount in amounts
        }
        self._fixed = dict(layout.shown.fixed) if layout.shown else {}
        self._parsers = {column.code: self._as_shown(column) for column in layout.form.columns}
        self._order = {column.code: number for number, column in enumerate(layout.form.columns)}

    def findings(self) -> list[Finding]:
        """Return the findings on the cells, row by row."""
        return [finding for _, _, finding in sorted(self._told, key=lambda placed: placed[:2])]

    def parse_columns(self, rows: list[int]) -> dict[str, list[Parsed]]:
        """Return the values of the given rows of the sheet, column by column; None where blank."""
        given = {*self._layout.codes, *self._fixed}
        columns = [column for column in self._layout.form.columns if column.default or column.code in given]
        return {column.code: _filled(self._parse_column(column, rows)) for column in columns}

    def parse_total(self, row: int) -> Row:
        """Return a total row: its numbers only. A total that is not a number is a finding like any other."""
        made = Row(layout=self._layout, row=row, values={})
        for code, cell in made.cells.items():
            column = self._layout.form.column(code)
            if column.numeric and cell.row == row and not is_blank(cell.raw):
                made.values[code] = self._parse(column, row, cell)
        return made

    def _parse_column(self, column: Column, rows: list[int]) -> list[Parsed]:
        if column.code in self._fixed:
            return [self._parsers[column.code](self._fixed[column.code])] * len(rows)
        if column.code not in self._layout.codes:
            return [column.default] * len(rows)
        values = self._values(column, rows)
        return self._parse_whole(column, values) or self._parse_singly(column, rows, values)

    def _parse_whole(self, column: Column, values: list[Any]) -> list[Parsed] | None:
        """Return a column with nothing but plain numbers or plain texts; None if it has to be parsed in full."""
        if self._rewritten(column):
            return None
        kinds = {*map(type, values)}
        if kinds == {float}:
            return _plain_numbers(values, column.type, self._scales.get(column.code))
        if kinds == {str} and column.type in ("text", "unit") and min(map(len, values)) > _TELLING:
            plain = _is_plain_identifier if column.identifier else str.isalnum
            return values if all(map(plain, values)) else None
        if kinds == {str} and len(words := {*values}) <= _FEW:
            table = {word: self._known_word(column, word) for word in words}
            return None if None in table.values() else [table[value] for value in values]
        return None

    def _known_word(self, column: Column, word: str) -> Any:
        """Return the value of a known text; None if it has to be parsed in full, or gives a finding."""
        if not word and not column.required:
            return column.default or _NOTHING
        if is_blank(word) or is_error(word):
            return None
        try:
            return self._parsers[column.code](word)
        except (ValueError, KeyError, OverflowError):
            return None

    def _parse_singly(self, column: Column, rows: list[int], values: list[Any]) -> list[Parsed]:
        quick = self._quick_of(column)
        seen: dict[Any, Parsed] = {}
        parsed: list[Parsed] = []
        for row, value in zip(rows, values, strict=True):
            known = seen.get(value, _NOTHING) if type(value) is str else _NOTHING
            if known is _NOTHING and (known := quick(value)) is _NOTHING:
                before = len(self._told)
                known = self._look(column, row)
                if type(value) is str and known is not _NOTHING and before == len(self._told):
                    seen[value] = known
            parsed.append(known)
        return parsed

    def _values(self, column: Column, rows: list[int]) -> list[Any]:
        """Return a column's raw values for the given rows; positions affected by merged cells are not plain."""
        layout = self._layout
        if layout.kind == "return" or layout.fills or column.code not in layout.columns:
            return [None] * len(rows)
        values = layout.sheet.grid.column(layout.columns[column.code], layout.first_row)
        if rows and rows[-1] - rows[0] == len(rows) - 1:
            return values[rows[0] - layout.first_row : rows[-1] - layout.first_row + 1]
        return [values[row - layout.first_row] for row in rows]

    def _quick_of(self, column: Column) -> _Quick:
        """Return the parser of a column's plain values."""
        if self._rewritten(column):
            return lambda value: _NOTHING
        if column.type == "integer":
            return _quick_integer
        if column.type == "number" or (column.type == "amount" and self._scales[column.code] in (None, 1.0)):
            return _quick_number
        if column.type in ("date", "moment"):
            return _quick_date if column.type == "date" else _quick_moment
        return _quick_text if column.type in ("text", "unit") and not column.identifier else lambda value: _NOTHING

    def _look(self, column: Column, row: int) -> Parsed:
        """Return the value of one cell, parsed in full; _NOTHING for a blank."""
        cell = self._layout.sheet.cells.get(self._layout.place(row, column.code))
        if cell is not None and not self._is_blank(column, cell):
            return self._parse(column, row, cell)
        self._note_blank(column, row)
        return column.default or _NOTHING

    def _parse(self, column: Column, row: int, cell: Cell) -> Parsed:
        try:
            if cell.kind == "error":
                raise ValueError(cell.raw)
            if column.type == "date" and cell.kind == "date":
                return date.fromisoformat(cell.raw[:_DAY])  # the time of day in the cell adds nothing
            return self._parse_shown(column, cell) if cell.shown else self._parsers[column.code](cell.raw)
        except BelowZero:
            self._add(BAD_VALUE, "below_zero", column, row, cell.address, **quoted(cell))
            return None
        except (ValueError, KeyError, OverflowError):
            wording, words = ("rescaled", {}) if is_rescaled(cell) else what_belongs(column, self._catalogue)
            self._add(BAD_VALUE, wording, column, row, cell.address, **quoted(cell), **words)
            return None

    def _parse_shown(self, column: Column, cell: Cell) -> Parsed:
        """Return the value of a cell whose format shows more than its number, as if the shown text had been typed."""
        parse = self._parsers[column.code]
        if is_rescaled(cell) and column.type in ("integer", "amount", "number", "score"):
            return in_scale(cell, self._scales.get(column.code) or 1.0)
        try:
            return parse(cell.shown)
        except (ValueError, KeyError):
            if cell.kind != "number" or contradicts(cell.shown, self._measure_words(column), self._all_measures):
                raise
            return parse(cell.raw)

    def _rewritten(self, column: Column) -> bool:
        return self._layout.shown is not None and self._layout.shown.rewrites(column.code)

    def _as_shown(self, column: Column) -> Callable[[str], Parsed]:
        """Return the parser of a column's texts, as a declared layout says what they mean."""
        shown, parse = self._layout.shown, self._parser_of(column)
        return (lambda raw: parse(shown.meant(column.code, raw))) if shown and self._rewritten(column) else parse

    def _parser_of(self, column: Column) -> Callable[[str], Parsed]:
        if column.type in ("code", "indicator"):
            words = self._catalogue.codes[column.codes or INDICATORS].by_word
            return lambda raw: words[normalise(raw)]
        if column.type == "amount":
            scale, spellings = self._scales[column.code] or 1.0, self._spellings(column.code)
            return partial(parse_amount, scale=scale, spellings=spellings, signed=self._layout.form.reversible)
        if column.type == "number":
            return partial(_number, words={normalise(word): value for word, value in column.words.items()})
        if column.type == "score":
            words = self._catalogue.codes[column.codes or ""].by_word
            return lambda raw: parse_score(raw, words)
        if column.type == "integer":
            signed = self._layout.form.reversible and bool(column.measure)
            return partial(parse_integer, measures=words_of_one(column, self._catalogue), signed=signed)
        if column.type == "date":
            parse = partial(parse_written_day, year=self._year) if self._layout.shown else parse_date
            return partial(parse, since_1904=self._layout.sheet.since_1904)
        if column.type == "period":
            return partial(parse_period_end, length=self._layout.form.row_months)
        if column.type == "moment":
            return partial(parse_moment, year=self._year, since_1904=self._layout.sheet.since_1904)
        return identifier if column.identifier else str.strip

    def _is_blank(self, column: Column, cell: Cell) -> bool:
        """Return whether a cell is blank: a dash or 无 counts as blank, unless the column's code list has the word."""
        if cell.kind == "error" or not is_blank(cell.raw):
            return False
        return not column.codes or normalise(cell.raw) not in self._catalogue.codes[column.codes].by_word

    def _note_blank(self, column: Column, row: int) -> None:
        place = self._layout.place(row, column.code)
        if column.required and not column.default and place[1]:
            wording, words = what_belongs(column, self._catalogue)
            self._add("blank", wording, column, row, address_of(place), **words)

    def _add(self, rule: str, wording: str, column: Column, row: int, address: str, **values: Any) -> None:
        sheet, label = self._layout.sheet.name, column.label
        finding = tell(rule, wording, file=self._file, sheet=sheet, address=address, column=label, **values)
        self._told.append((row, self._order[column.code], finding))

    def _spellings(self, code: str) -> dict[str, float]:
        return self._catalogue.measures[self._layout.form.column(code).measure or ""].spellings

    @cached_property
    def _all_measures(self) -> frozenset[str]:
        return frozenset(
            word for measure in self._catalogue.measures.values() for word in (measure.name, *measure.spellings)
        )

    def _measure_words(self, column: Column) -> tuple[str, ...]:
        measure = self._catalogue.measures.get(column.measure or "")
        return (measure.name, *measure.spellings) if measure else ()


def _number(raw: str, words: dict[str, float]) -> float:
    known = words.get(normalise(raw))
    return float(parse_number(raw)) if known is None else known


def _filled(values: list[Any]) -> list[Parsed]:
    return [None if value is _NOTHING else value for value in values] if _NOTHING in values else values


def _plain_numbers(values: list[float], kind: str, scale: float | None) -> list[Any] | None:
    """Return numbers in the column's type, or None when one of them needs full parsing."""
    if min(values) < 0 or max(values) >= _LARGEST:
        return None
    if kind == "integer":
        return list(map(int, values)) if all(map(float.is_integer, values)) else None
    plain = kind == "number" or (kind == "amount" and scale in (None, 1.0))
    return list(values) if plain and (min(values) >= _SMALLEST or all(map(_is_plain, values))) else None


def _is_plain(value: float) -> bool:
    return value == 0 or value >= _SMALLEST


def _is_plain_identifier(value: str) -> bool:
    return value.isascii() and value.isalnum() and value == value.upper()


def _quick_integer(value: Any) -> Any:
    if type(value) is float and 0 <= value < _LARGEST and value.is_integer():
        return int(value)
    return _NOTHING


def _quick_number(value: Any) -> Any:
    if type(value) is float and (value == 0 or _SMALLEST <= value < _LARGEST):
        return value
    return _NOTHING


def _quick_date(value: Any) -> Any:
    if type(value) is datetime:
        return value.date()
    return value if type(value) is date else _NOTHING


def _quick_moment(value: Any) -> Any:
    return write_moment(value) if type(value) is datetime else _NOTHING


def _quick_text(value: Any) -> Any:
    return value if type(value) is str and len(value) > _TELLING and value.isalnum() else _NOTHING
