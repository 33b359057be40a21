"""Whatever a sheet holds and however it is laid out, four times as much takes about four times the work.

Sizes grow until they take long enough to tell. `make test` tries a third of the shapes in each way, `make soak` tries
all, and goes on to a million characters.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from math import inf
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import Workbook

from etl.known import Known
from etl.matching.sheet_parts import SheetPart, take_apart
from etl.model.grid import Grid
from etl.model.nouns import Merge, Sheet, Submission
from etl.model.unit_register import Placement, Register
from etl.pipeline.examine import examine
from etl.privacy import HIDDEN, hide
from etl.read.html import read_html
from etl.read.merges import uncovered
from etl.redraw.change_list import CellMark
from etl.redraw.redact import hide_cells
from etl.replies.answer import marks_of, telephone_list
from etl.survey import survey
from stats.catalogue import load_catalogue
from tests.lib.few import few_at_first

T = TypeVar("T")
FEW, TIMES, MOST_TIMES = 500, 4, 9  # what is quadratic takes sixteen times as long
TOO_SHORT = 0.08  # seconds below which a ratio says nothing
LONG = 0.25  # seconds after which it says enough
MILLION = 1_000_000
CATALOGUE = load_catalogue()
HEAD, ROW = ["单位", "人数", "金额"], ["甲", 1.0, 2.0]
LABELS = [column.label for column in CATALOGUE.forms["R01"].columns]
ABOVE = [["2008年一季度基层工会组织情况表"], ["填报单位：甲镇", "报告期：2008年一季度", "单位：元"], LABELS]
ONES = [1.0] * (len(LABELS) - 1)
Rows = Iterable[list[object]]


def sheet(rows: Rows, merges: Iterable[Merge] = ()) -> Sheet:
    return Sheet(name="表", cells=Grid([list(row) for row in rows]), merges=tuple(merges))


def form(rows: Rows, merges: Iterable[Merge] = ()) -> Sheet:
    return sheet([*ABOVE, *rows], merges)


def each(size: int, *rows: Callable[[int], list[object]]) -> list[list[object]]:
    """Return so many rows, made in turn by the functions of their number."""
    return [rows[number % len(rows)](number) for number in range(size)]


SHAPES: dict[str, Callable[[int], Sheet]] = {
    "lines above a table": lambda size: sheet([*each(size, lambda at: [f"文字{at}"]), HEAD, *[ROW] * 5]),
    "who reports, again and again": lambda size: sheet([*each(size, lambda at: [f"填报单位：某{at}"]), HEAD, ROW]),
    "tables below one another": lambda size: sheet(
        each(size, lambda at: [f"表{at}"], lambda at: HEAD, lambda at: ROW, lambda at: [])
    ),
    "headings again on each page": lambda size: sheet(each(size, lambda at: HEAD, lambda at: ROW)),
    "cells merged downwards": lambda size: sheet(
        [HEAD, *each(size, lambda at: [f"甲{at}", 1.0, 2.0], lambda at: ["", 1.0, 2.0])],
        [(2 + at, 1, 3 + at, 1) for at in range(0, size, 2)],
    ),
    "lines merged across": lambda size: sheet(
        [HEAD, *each(size, lambda at: [f"说明{at}"], lambda at: ROW)],
        [(2 + at, 1, 2 + at, 3) for at in range(0, size, 2)],
    ),
    "remarks merged across": lambda size: sheet(
        [HEAD, ROW, *each(size, lambda at: [f"标题{at}"])], [(3 + at, 1, 3 + at, 3) for at in range(size)]
    ),
    "notes": lambda size: sheet([HEAD, ROW, *each(size, lambda at: ["注：说明"])]),
    "sections": lambda size: sheet([HEAD, *each(size, lambda at: [f"一、部分{at}"], lambda at: ROW)]),
    "one heading with names on every second row": lambda size: sheet(
        each(size, lambda at: ["姓名"], lambda at: ["某甲"])
    ),
    "numbers of persons": lambda size: sheet(each(size, lambda at: ["11010519491231002X"])),
    "numbers of persons in pieces": lambda size: sheet(each(size, lambda at: ["110105", "19491231", "002X"])),
    "pieces below one another": lambda size: sheet(each(size, lambda at: [["110105", "19491231", "002X"][at % 3]])),
    "pieces beside one another": lambda size: sheet([["138", "0013", "8000", "甲"] * size]),
    "telephones beside one another": lambda size: sheet([["填表人", *["13800138000"] * size]]),
    "digits beside one another": lambda size: sheet([[str(at % 10) for at in range(size * 2)]]),
    "R01: subtotals": lambda size: form(each(size, lambda at: [f"厂{at}", *ONES], lambda at: ["小计", *ONES])),
    "R01: totals": lambda size: form(each(size, lambda at: ["合计", *ONES])),
    "R01: hidden rows": lambda size: replace(
        form(each(size, lambda at: [f"厂{at}", *ONES], lambda at: ["小计", *ONES])),
        hidden_rows=frozenset(range(4, size)),
    ),
    "R01: words for numbers": lambda size: form(each(size, lambda at: [f"厂{at}", *["约"] * len(ONES)])),
    "R01: unknown unions": lambda size: form(each(size, lambda at: [f"甲{at}有限公司工会委员会", *ONES])),
    "R01: one union again and again": lambda size: form(each(size, lambda at: ["甲一厂工会", *ONES])),
    "R01: merged over": lambda size: form(
        each(size, lambda at: [f"厂{at}", *ONES]), [(4 + at, 1, 4 + at, 5) for at in range(size)]
    ),
    "R01: merged downwards": lambda size: form(
        each(size, lambda at: [f"厂{at}", *ONES], lambda at: ["", *ONES]),
        [(4 + at, 1, 5 + at, 1) for at in range(0, size, 2)],
    ),
    "R01: columns nobody knows": lambda size: sheet(
        [*ABOVE[:2], [*LABELS, *(f"多{at}" for at in range(size))], ["甲一厂工会", *ONES, *[1.0] * size]]
    ),
}
WIDE = {"columns": lambda size: sheet([["单位", *(f"栏{at}" for at in range(size))], *[["甲", *[1.0] * size]] * 3])}


@cache
def register() -> Register:
    first = {"category": "", "first": 0, "last": None}
    unions = [
        Placement(code=f"T01{at:03}", name=f"乙{at}有限公司工会", level="union", parent="T01", **first)
        for at in range(60)
    ]
    above = [Placement(code="C", name="县", level="county", parent="", **first),
             Placement(code="T01", name="甲镇", level="town", parent="C", **first),
             Placement(code="T01999", name="甲一厂工会", level="union", parent="T01", **first)]  # fmt: skip
    return Register([*above, *unions], CATALOGUE.aliases, [])


def parts_of(made: Sheet) -> list[SheetPart]:
    return [take_apart(uncovered(made), "表.xlsx", CATALOGUE)]


def judge(parts: list[SheetPart]) -> None:
    """Judge the parts of a file, and word the answer to it."""
    judged = examine(Submission("0" * 64, "表.xlsx", Path(), 1), parts, register(), CATALOGUE, lambda found: Known())
    telephone_list("表.xlsx", judged.findings)
    marks_of(judged.findings)


@pytest.mark.parametrize("shape", few_at_first(SHAPES, [*SHAPES][::3]))
def test_s03_a_sheet_is_gone_through_once(shape: str) -> None:
    gone_through_once(SHAPES[shape])


@pytest.mark.parametrize("shape", few_at_first(SHAPES | WIDE, [*SHAPES][1::3]))
def test_s03_the_tables_of_a_sheet_are_found_in_one_go(shape: str) -> None:
    linear(lambda size: (SHAPES | WIDE)[shape](size // 2), lambda made: survey(made, "表.xlsx"))


@pytest.mark.soak
@pytest.mark.parametrize("shape", SHAPES)
def test_s03_a_sheet_of_a_million_characters_is_gone_through_once(shape: str) -> None:
    letters = sum(len(str(cell.raw)) for cell in SHAPES[shape](100).cells.values())
    size = 100 * MILLION // letters // TIMES
    gone_through_once(lambda times: SHAPES[shape](size * times // FEW), inf)


def test_s03_many_sheets_of_one_return_are_held_against_each_other_once() -> None:
    def book(size: int) -> list[SheetPart]:
        sheets = (replace(form([["甲一厂工会", *ONES]]), name=f"表{at}") for at in range(size // 10))
        return [part for made in sheets for part in parts_of(made)]

    linear(book, judge)


def test_s03_persons_are_struck_out_of_an_answer_in_one_go() -> None:
    def book(size: int) -> tuple[Workbook, list[CellMark]]:
        made = Workbook()
        page = made.worksheets[0]
        for row in range(1, size, 2):
            page.cell(row, 1, "姓名")
            page.cell(row + 1, 1, "某甲")
        mark = CellMark(sheet=page.title, address="", word="退回", problem="", requirement="", todo="", hide=True)
        marks = [replace(mark, address=f"A{row}") for row in range(1, size, 2)]
        return made, marks

    linear(book, lambda given: hide_cells(*given, hide, HIDDEN))


@pytest.mark.parametrize(
    "piece", ["<tr><td rowspan=9999 colspan=9>甲</td></tr>", "<tr><td>甲</td><td>乙</td></tr>", "<p>甲</p>", "<td>甲"]
)
def test_s03_a_web_page_is_read_in_one_go(piece: str) -> None:
    def read(text: str) -> None:
        read_html(text)

    linear(lambda size: f"<table>{piece * (size // 10)}", read)


def gone_through_once(shape: Callable[[int], Sheet], enough: float = LONG) -> None:
    """See that taking a sheet apart is linear, and then that judging its parts is."""
    apart: dict[int, list[SheetPart]] = {}

    def take(given: tuple[int, Sheet]) -> None:
        apart[given[0]] = parts_of(given[1])

    linear(lambda size: (size, shape(size)), take, enough)
    linear(lambda size: apart.pop(size, None) or parts_of(shape(size)), judge, enough)


def linear(make: Callable[[int], T], work: Callable[[T], object], enough: float = LONG) -> None:
    """See that four times as much takes about four times as long; what it is done with is made apart.

    A quarter of the size is looked at where the whole takes that many seconds.
    """
    few, first, second = FEW // TIMES, _seconds(make, work, FEW // TIMES), _seconds(make, work, FEW)
    if second < enough:
        few, first, second = FEW, second, _seconds(make, work, FEW * TIMES)
    if second >= max(TOO_SHORT, first * MOST_TIMES):  # look again: another process may have taken the time
        first, second = (min(_seconds(make, work, size) for _ in range(3)) for size in (few, few * TIMES))
    assert second < max(TOO_SHORT, first * MOST_TIMES), f"{first:.3f} s, {second:.3f} s"


def _seconds(make: Callable[[int], T], work: Callable[[T], object], size: int) -> float:
    made = make(size)
    begun = time.thread_time()
    work(made)
    return time.thread_time() - begun
