"""Workbook mentions: the figures in rows of a sheet that begin with a reference, below a header row."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from base.formats import PERCENT
from stats.papers.references import is_reference

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE, NUMBER, MEASURE = "引用号", "数值", "计量单位"
WORDINGS = ("文中写法", "标准写法")
_LINE = "引用号："  # before the reference in the last line above a chart's table
_DIGITS = 9  # digits of the index of a shared string
_FEWEST = 2  # cells in a row of a table
_COLUMN = re.compile(r"[A-Z]+")


def strings_in(part: etree._Element | None) -> list[str]:
    """Return the shared strings of a workbook; none if it has no such part."""
    if part is None:
        return []
    return ["".join(text.text or "" for text in name.iter(f"{_SHEET}t")) for name in part.iter(f"{_SHEET}si")]


def sheet_mentions(part: etree._Element, strings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each reference of a sheet's list of figures with each text for its figure in its row.

    A number has its unit of measure, a rate is in percent; "" if its cell is empty.
    """
    head: dict[str, str] = {}
    for row in part.iter(f"{_SHEET}row"):
        cells = dict(_cells(row, strings))
        if REFERENCE in cells.values() and NUMBER in cells.values():
            head = {name: column for column, name in cells.items()}
            continue
        ref = cells.get(head.get(REFERENCE, ""), "")
        if head and is_reference(ref):
            yield from ((ref, written) for written in _written(cells, head))


def charted_cells(part: etree._Element, strings: Sequence[str]) -> Iterator[tuple[str, str, int, float]]:
    """Yield the numbers of the tables that charts are drawn from: reference, series, point from 0, number.

    A table follows a line that ends with its reference: a header, then one row per point, up to an empty row.
    """
    ref, head, point = "", dict[str, str](), 0
    for row in part.iter(f"{_SHEET}row"):
        cells = {column: text for column, text in _cells(row, strings) if text}
        reference = cells.get("A", "").partition(_LINE)[2]
        if is_reference(reference):
            ref, head = reference, {}
        elif len(cells) < _FEWEST:
            head = {}
        elif ref and not head:
            head, point = cells, 0
        elif head:
            numbers = ((column, _number(text)) for column, text in cells.items() if column != "A" and column in head)
            yield from ((ref, head[column], point, number) for column, number in numbers if number is not None)
            point += 1


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _written(cells: dict[str, str], head: dict[str, str]) -> Iterator[str]:
    yield from (cells.get(head[name], "") for name in WORDINGS if name in head)
    text = cells.get(head[NUMBER], "")
    measure = cells.get(head.get(MEASURE, ""), "")
    value = _number(text)
    if value is None:
        yield text
    else:
        yield f"{value * 100:.10g}{PERCENT}" if measure == PERCENT else f"{value:.15g}{measure}"


def _cells(row: etree._Element, strings: Sequence[str]) -> Iterator[tuple[str, str]]:
    for cell in row.iter(f"{_SHEET}c"):
        column = _COLUMN.match(cell.get("r", ""))
        if column:
            yield column[0], _text(cell, strings).strip()


def _text(cell: etree._Element, strings: Sequence[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    if cell.get("t") == "s":
        return strings[int(value)] if value.isdecimal() and len(value) < _DIGITS and int(value) < len(strings) else ""
    inline = "".join(text.text or "" for text in cell.iter(f"{_SHEET}t"))
    return inline or value
