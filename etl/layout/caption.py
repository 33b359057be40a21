"""Captions above a table: title, period, reporter and unit of measure. Used for forms and for any sheet."""

import re
from collections import Counter
from collections.abc import Iterable

from base.text import normalise
from etl.layout.table import FILE, HEADER, SHEET, TITLE, Period, PlacedText
from etl.layout.text_kinds import is_key, is_unit, split_measure, units_in
from etl.model.nouns import Cell, Sheet
from etl.model.values import find_quarter

LABELS = {
    "reporter": r"填报(?:单位|部门|工会)(?:名称)?(?:\([^()]*\))?",
    "period": r"(?:报告期|填报期|所属期|统计期)",
    "money": r"(?:金额|计量)?单位",
}
_ANY_LABEL = re.compile("(" + "|".join([*LABELS.values(), "填报日期", "填表人", "审核人", "负责人"]) + "):")
_YEARS = re.compile(r"(?<!\d)((?:19[4-9]|20\d)\d)(?:\s*[-—–~至]\s*((?:19[4-9]|20\d)\d))?(?=\D|$)")
_DAY = re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}")
_TITLES = re.compile(r"(?:指标|表名|数据库):(.+)")
_ONLY_PERIOD = re.compile(r"\(?[\d年月日季度第一二三四上下半全至—–~.-]+\)?")
_BEHIND_TITLE = re.compile(r"[(\[](?:单位:)?([^()\[\]]{1,8})[)\]]")


def right_of(sheet: Sheet, row: int, column: int) -> int:
    """Return the column to the right of a cell, past its merged range."""
    merge = sheet.merge_at(sheet.merged_origins.get((row, column), (row, column)))
    return (merge[3] if merge else column) + 1


def labelled(sheet: Sheet, cells: Iterable[Cell], label: str) -> tuple[Cell | None, str]:
    """Return the cell and text after a label of LABELS, in the same cell up to the next label or in the next cell."""
    for cell in cells:
        parts = _ANY_LABEL.split(normalise(cell.raw))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if re.fullmatch(LABELS[label], name):
                neighbour = sheet.cells.get((cell.row, right_of(sheet, cell.row, cell.column)))
                return (neighbour, normalise(neighbour.raw)) if neighbour and not text else (cell, _closed(text))
    return None, ""


def _closed(text: str) -> str:
    """Return a text without a closing bracket that was opened before its label: （单位：人）."""
    return text[:-1] if text.endswith((")", "]")) and not re.search(r"[(\[]", text) else text


def find_title(captions: list[Cell], values: frozenset[Cell]) -> PlacedText | None:
    """Return the title among the cells above a table: neither a known label, its value nor a period alone."""
    in_row = Counter(cell.row for cell in captions)
    cells = [cell for cell in captions if in_row[cell.row] == 1]
    lines = [
        cell
        for cell in cells or captions[:1]
        if not is_key(cell.raw) and ":" not in normalise(cell.raw) and cell not in values and not _is_aside(cell)
    ]
    if lines:
        return PlacedText(" ".join(line.raw.strip() for line in lines), lines[0].address)
    named = ((match[1], cell) for cell in captions if (match := _TITLES.match(normalise(cell.raw))))
    ordered = sorted(named, key=lambda pair: not normalise(pair[1].raw).startswith("指标"))
    return PlacedText(ordered[0][0], ordered[0][1].address) if ordered else None


def _is_aside(cell: Cell) -> bool:
    plain = normalise(cell.raw)
    return bool(_ONLY_PERIOD.fullmatch(plain)) or is_unit(plain) or split_measure(plain)[0] == ""


def find_period(
    cells: tuple[Cell | None, str], captions: list[Cell], heads: list[str], sheet: str, file: str
) -> Period | None:
    """Return the period from the known cell, the title, the header, the sheet's name or the file's, in this order."""
    if cells[0] is not None and (period := _period(cells[1], cells[0].address)):
        return period
    for cell in sorted(captions, key=lambda cell: bool(_DAY.search(normalise(cell.raw)))):  # a day is when it was made
        if period := _period(cell.raw, cell.address):
            return period
    years = [head for head in heads if re.fullmatch(r"(?:19[4-9]|20\d)\d年?.{0,4}", head)]
    if years:
        return _period("、".join(dict.fromkeys(years)), HEADER)
    return _period(sheet, SHEET, bare=True) or _period(file.rpartition(".")[0] or file, FILE, bare=True)


def _period(text: str, where: str, bare: bool = False) -> Period | None:
    quarter = find_quarter(text, whole_years=True)
    plain = normalise(text)
    years: list[int] = []
    for match in _YEARS.finditer(plain):
        if bare or where == HEADER or "年" in plain[match.end() : match.end() + 2] or match.end() == len(plain):
            years += range(int(match[1]), int(match[2] or match[1]) + 1) if not match[2] or match[2] > match[1] else []
    if quarter is not None and where == HEADER:
        quarter = None
    return Period(text.strip(), where, quarter, tuple(sorted(set(years)))) if quarter or years else None


def find_measure(cells: tuple[Cell | None, str], title: PlacedText | None, sheet: str, file: str) -> PlacedText | None:
    """Return the whole table's unit of measure: from 单位：, from brackets in the title, the sheet's or file's name."""
    if cells[0] is not None and (units := units_in(cells[1])):
        return PlacedText(units, cells[0].address)
    for text, where in ((title.text if title else "", TITLE), (sheet, SHEET), (file, FILE)):
        if (measure := measure_in(text)) is not None:
            return PlacedText(measure, where)
    return None


def measure_in(text: str) -> str | None:
    """Return the unit of measure in brackets somewhere in a title or a file's name, or None."""
    words = (match[1] for match in _BEHIND_TITLE.finditer(normalise(text)))
    return next((unit for unit in words if all(is_unit(part) for part in re.split("[、,/]", unit))), None)
